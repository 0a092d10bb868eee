import { beforeEach, describe, expect, test, vi } from "vitest";
import { eventually } from "../testing/desks.js";
import { LinkedPages } from "../testing/linked-pages.js";
import { AppData, type AppEvent, maxDataSize, mostLanes } from "./app-data.js";

// Megabytes are hashed here, and other tests run beside it.
vi.setConfig({ testTimeout: 60_000 });

let pages: LinkedPages;
let ada: AppData;
let bob: AppData;
let heard: AppEvent[];

beforeEach(() => {
  pages = new LinkedPages();
  ada = new AppData(pages.ada);
  bob = new AppData(pages.bob);
  heard = [];
  bob.subscribe((event) => void heard.push(event));
  pages.connect();
});

const data = (): (string | ArrayBuffer)[] => heard.flatMap((event) => (event.kind === "data" ? [event.data] : []));

describe("an application", () => {
  test("is told who can be reached, and who cannot any more", () => {
    pages.line.cut();
    pages.connect();
    expect(heard.map(({ kind }) => kind)).toEqual(["reach", "loss", "reach"]);
    expect(heard[0]).toEqual({ kind: "reach", id: "ada", name: "Ada" });
  });

  test("gets what was sent, in order, with the channel and the sender", async () => {
    expect(ada.send("drawing", "one")).toEqual(["bob"]);
    ada.send("drawing", "two");
    ada.send("drawing", new Uint8Array([1, 2, 3]).subarray(1));
    await eventually(() => expect(data()).toHaveLength(3));
    expect(data()).toEqual(["one", "two", new Uint8Array([2, 3]).buffer]);
    expect(heard[1]).toMatchObject({ kind: "data", channel: "drawing", from: "ada", name: "Ada" });
    expect(pages.opened.ada).toHaveLength(1);
  });

  test("names whom it wants to reach, and hears who was", () => {
    expect(ada.send("a", "x", { to: "bob" })).toEqual(["bob"]);
    expect(ada.send("a", "x", { to: ["bob", "nobody"] })).toEqual(["bob"]);
    expect(ada.send("a", "x", { to: [] })).toEqual([]);
    pages.line.cut();
    expect(ada.send("a", "x")).toEqual([]);
  });

  test("has one data channel for each name and kind", async () => {
    const open = vi.spyOn(pages.ada, "openChannel");
    ada.send("a", "1");
    ada.send("a", "2", { ordered: false });
    ada.send("a", "3", { ordered: false, reliable: false });
    ada.send("a", "4", { ordered: false, reliable: false });
    ada.send("b", "5");
    expect(open.mock.calls.map(([, , name, options]) => [name, options])).toEqual([
      ["a", { ordered: true }],
      ["a", { ordered: false }],
      ["a", { ordered: false, maxRetransmits: 0 }],
      ["b", { ordered: true }],
    ]);
    await eventually(() => expect(data()).toHaveLength(5));
  });

  test("goes on with new channels after a loss", async () => {
    ada.send("a", "before");
    await eventually(() => expect(data()).toEqual(["before"]));
    pages.line.cut();
    pages.connect();
    ada.send("a", "after");
    await eventually(() => expect(data()).toEqual(["before", "after"]));
  });

  test("opens another channel where one was closed", async () => {
    ada.send("a", "before");
    await eventually(() => expect(data()).toEqual(["before"]));
    pages.opened.ada[0]?.close();
    await eventually(() => expect(pages.opened.ada[0]?.readyState).toBe("closed"));
    expect(ada.send("a", "after")).toEqual(["bob"]);
    await eventually(() => expect(data()).toEqual(["before", "after"]));
  });

  test.each(["", "a b", "a:b", "ä", "x".repeat(65)])("cannot name a channel %j", (name) => {
    expect(() => ada.send(name, "x")).toThrow(TypeError);
  });

  test("sends 64 KiB at a time and not more, counted in bytes", async () => {
    ada.send("a", new ArrayBuffer(maxDataSize));
    ada.send("a", "ä".repeat(maxDataSize / 2));
    await eventually(() => expect(data()).toHaveLength(2));
    expect(() => ada.send("a", new ArrayBuffer(maxDataSize + 1))).toThrow(RangeError);
    expect(() => ada.send("a", "ä".repeat(maxDataSize / 2 + 1))).toThrow(RangeError);
  });

  test("hears that too much waits, before and after the channel is open", async () => {
    const block = new ArrayBuffer(maxDataSize);
    const most = 1_048_576 / maxDataSize;
    for (let at = 0; at < most; at += 1) expect(ada.send("a", block)).toEqual(["bob"]);
    expect(ada.send("a", block)).toEqual([]);
    await eventually(() => expect(data()).toHaveLength(most));
    pages.line.paused = true;
    for (let at = 0; at < most; at += 1) expect(ada.send("a", block)).toEqual(["bob"]);
    expect(ada.send("a", block)).toEqual([]);
  });

  test(`may have ${mostLanes} channels`, () => {
    for (let at = 0; at < mostLanes; at += 1) ada.send(`channel-${at}`, "x");
    expect(() => ada.send("one-more", "x")).toThrow(RangeError);
    expect(ada.send("channel-0", "x")).toEqual(["bob"]);
  });
});

describe("a stranger", () => {
  test.each(["app:", "app:a b", `app:${"x".repeat(65)}`])("cannot open %j", async (label) => {
    pages.ada.openChannel("bob", "app", label.slice(4));
    await eventually(() => expect(pages.opened.ada[0]?.readyState).toBe("closed"));
  });

  test("cannot open more channels than an application has", async () => {
    for (let at = 0; at <= mostLanes; at += 1) pages.ada.openChannel("bob", "app", `channel-${at}`);
    await eventually(() => expect(pages.opened.ada.at(-1)?.readyState).toBe("closed"));
    expect(pages.opened.ada.filter(({ readyState }) => readyState === "open")).toHaveLength(mostLanes);
  });

  test.each(["x".repeat(maxDataSize + 1), new Uint8Array(maxDataSize + 1)])(
    "loses its channel when it sends too much at once",
    async (sent) => {
      pages.ada.openChannel("bob", "app", "a");
      const [channel] = pages.opened.ada;
      await eventually(() => expect(channel?.readyState).toBe("open"));
      channel?.send(sent);
      await eventually(() => expect(channel?.readyState).toBe("closed"));
      expect(data()).toEqual([]);
    },
  );
});
