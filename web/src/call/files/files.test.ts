import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Desks, eventually } from "../testing/desks.js";
import { FakeSink, fileOf } from "../testing/fake-files.js";
import { LinkedChannel } from "../testing/linked-pages.js";
import { mostOpen } from "./desk.js";
import { Files } from "./files.js";
import { blockSize, pieceSize, windowSize } from "./wire.js";

// Megabytes are hashed here, and other tests run beside it.
vi.setConfig({ testTimeout: 60_000 });

let desks: Desks;

beforeEach(() => {
  // Only what waits for time to pass; the bytes flow by themselves.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  desks = new Desks();
});

afterEach(() => {
  expect(desks.pages.errors).toEqual([]);
  vi.useRealTimers();
});

describe("a file", () => {
  test("is offered with its name and size, and nothing of it is sent before it is accepted", async () => {
    await desks.offer(fileOf(1_000, "report.pdf"));
    expect(desks.got).toMatchObject({
      direction: "receiving",
      name: "report.pdf",
      size: 1_000,
      participant: { id: "ada", name: "Ada" },
    });
    expect(desks.sink.size).toBe(0);
  });

  test.each([0, 1, blockSize - 1, blockSize, blockSize + 1, 3 * blockSize + 70_000])(
    "of %i bytes arrives as it was sent",
    async (size) => {
      const file = fileOf(size);
      await desks.offer(file);
      desks.accept();
      await desks.until("done", "done");
      expect(await desks.sink.equals(file)).toBe(true);
      expect([desks.sent?.moved, desks.got?.moved]).toEqual([size, size]);
      expect([desks.sink.closed, desks.sink.aborted]).toEqual([1, 0]);
    },
  );

  test("goes to everybody who can be reached, or to one", async () => {
    await desks.ada.offer([fileOf(1), fileOf(2)]);
    expect(desks.ada.state.transfers.map(({ size }) => size)).toEqual([2, 1]);
    desks.ada.choose("bob");
    await desks.ada.offer([fileOf(3)]);
    expect(desks.ada.state.transfers).toHaveLength(3);
    expect(desks.ada.state.recipients).toEqual([{ id: "bob", name: "Bob" }]);
  });

  test("meant for one goes to nobody else, though that one cannot be reached at the moment", async () => {
    desks.ada.choose("bob");
    desks.pages.line.cut();
    desks.pages.ada.handleReady({
      id: "eve",
      incarnation: 1,
      name: "Eve",
      post: () => true,
      openChannel: () => expect.fail("Eve was offered something"),
    });
    expect(desks.ada.state.to).toEqual({ id: "bob", name: "Bob" });
    await desks.ada.offer([fileOf(1)]);
    expect(desks.ada.state.transfers).toEqual([]);
  });

  test("that is declined is not sent", async () => {
    await desks.offer(fileOf(1_000));
    desks.bob.decline(desks.got?.key ?? "");
    await desks.until("declined", "declined");
  });

  test("is accepted once, however often that is pressed", async () => {
    await desks.offer(fileOf(2 * blockSize));
    const opened: FakeSink[] = [];
    for (let press = 0; press < 3; press += 1) {
      desks.bob.accept(desks.got?.key ?? "", () => {
        opened.push(desks.sink);
        return Promise.resolve(desks.sink);
      });
    }
    await desks.until("done", "done");
    expect(opened).toHaveLength(1);
  });

  test("that cannot be read any more says so on both sides", async () => {
    const file = fileOf(2 * blockSize);
    vi.spyOn(file, "slice").mockImplementation(() => {
      throw new DOMException("gone", "NotReadableError");
    });
    await desks.offer(file);
    desks.accept();
    await desks.until("failed", "failed");
    expect([desks.sent?.phase, desks.got?.phase]).toMatchObject([{ reason: "unreadable" }, { reason: "unreadable" }]);
    expect(desks.sink.aborted).toBe(1);
  });

  test("that has arrived is kept until it is not wanted any more", async () => {
    await desks.offer(fileOf(10));
    desks.accept();
    await desks.until("done", "done");
    expect(desks.sink.released).toBe(0);
    desks.bob.remove(desks.got?.key ?? "");
    expect(desks.sink.released).toBe(1);
    expect(desks.bob.state.transfers).toEqual([]);
  });
});

describe("cancelling", () => {
  test.each(["ada", "bob"] as const)("by %s in the middle ends it on both sides", async (who) => {
    desks.sink.before = () => new Promise(() => {});
    await desks.offer(fileOf(3 * blockSize));
    desks.accept();
    await desks.until("running", "running");
    desks[who].cancel(desks[who].state.transfers[0]?.key ?? "");
    await desks.until("cancelled", "cancelled");
    const [sent, got] = [desks.sent?.phase, desks.got?.phase];
    const here = { by: "self" };
    const there = { by: "other" };
    expect([sent, got]).toMatchObject(who === "ada" ? [here, there] : [there, here]);
    expect(desks.sink.aborted).toBe(1);
  });

  test("by both at once is the end of it, and each thinks it was the own wish", async () => {
    desks.sink.before = () => new Promise(() => {});
    await desks.offer(fileOf(3 * blockSize));
    desks.accept();
    await desks.until("running", "running");
    desks.ada.cancel(desks.sent?.key ?? "");
    desks.bob.cancel(desks.got?.key ?? "");
    const carried = desks.pages.line.carried;
    await eventually(() => expect(desks.pages.line.carried).toBeGreaterThan(carried));
    expect([desks.sent?.phase, desks.got?.phase]).toMatchObject([{ by: "self" }, { by: "self" }]);
  });

  test("an offer before anybody answered takes it back, also while the place for it is being made", async () => {
    await desks.offer(fileOf(10));
    let open: (sink: FakeSink) => void = () => {};
    desks.bob.accept(desks.got?.key ?? "", () => new Promise((resolve) => (open = resolve)));
    await desks.until("offered", "preparing");
    desks.ada.cancel(desks.sent?.key ?? "");
    await desks.until("cancelled", "cancelled");
    open(desks.sink);
    await eventually(() => expect(desks.sink.aborted).toBe(1));
  });
});

describe("what waits in memory", () => {
  test("at the receiver is one window, however slow the disk is", async () => {
    const file = fileOf(20 * blockSize);
    const stored: (() => void)[] = [];
    desks.sink.before = () => new Promise((resolve) => stored.push(resolve));
    await desks.offer(file);
    desks.accept();
    await eventually(() => expect(stored.length).toBeGreaterThan(0));
    // Until nothing moves any more: what it carried then is one window, its digests, and the few words before.
    for (let before = -1; before !== desks.pages.line.carried;) {
      before = desks.pages.line.carried;
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve));
    }
    expect(desks.pages.line.carried).toBeLessThanOrEqual((windowSize / blockSize) * (blockSize / pieceSize + 1) + 4);
    expect(desks.got?.moved).toBe(0);
    desks.sink.before = () => Promise.resolve();
    stored.shift()?.();
    await desks.until("done", "done");
    expect(await desks.sink.equals(file)).toBe(true);
  });

  test("at the sender is little more than a mebibyte, however slow the network is", async () => {
    await desks.offer(fileOf(6 * blockSize));
    desks.accept();
    await desks.until("running", "running");
    desks.pages.line.paused = true;
    const [channel] = desks.pages.opened.ada;
    await eventually(() => expect(channel?.bufferedAmount).toBeGreaterThan(blockSize));
    expect(channel?.bufferedAmount).toBeLessThanOrEqual(blockSize + 65_536 + 1_000);
    desks.pages.line.resume();
    await desks.until("done", "done");
  });
});

describe("a disk", () => {
  test("that is full ends it, and the sender hears that it could not be stored", async () => {
    desks.sink.before = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
    await desks.offer(fileOf(3 * blockSize));
    desks.accept();
    await desks.until("failed", "failed");
    expect([desks.sent?.phase, desks.got?.phase]).toMatchObject([{ reason: "unsaved" }, { reason: "full" }]);
    expect(desks.sink.aborted).toBe(1);
  });

  test("that offers no place at all is told as well", async () => {
    await desks.offer(fileOf(10));
    desks.bob.accept(desks.got?.key ?? "", () => Promise.reject(new Error("no place")));
    await desks.until("failed", "failed");
    expect([desks.sent?.phase, desks.got?.phase]).toMatchObject([{ reason: "unsaved" }, { reason: "unsaved" }]);
  });
});

describe("many files", () => {
  test("to one participant take turns", async () => {
    const count = mostOpen + 3;
    await desks.ada.offer(Array.from({ length: count }, (_, size) => fileOf(size + 1)));
    await eventually(() => expect(desks.bob.state.transfers).toHaveLength(mostOpen));
    expect(desks.ada.state.transfers.filter(({ phase }) => phase.kind === "queued")).toHaveLength(3);
    while (desks.bob.state.transfers.some(({ phase }) => phase.kind !== "done")) {
      for (const { key, phase } of desks.bob.state.transfers) {
        if (phase.kind === "offered") desks.bob.accept(key, () => Promise.resolve(new FakeSink()));
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    await eventually(() =>
      expect(desks.ada.state.transfers.map(({ phase }) => phase.kind)).toEqual(Array(count).fill("done")),
    );
    expect(desks.bob.state.transfers).toHaveLength(count);
  });
});

describe("the end of a call", () => {
  test("ends what is under way and listens to nobody any more", async () => {
    desks.sink.before = () => new Promise(() => {});
    await desks.offer(fileOf(3 * blockSize));
    desks.accept();
    await desks.until("running", "running");
    desks.bob.close();
    expect(desks.sink.aborted).toBe(1);
    await eventually(() => expect(desks.sent?.phase.kind).toBe("cancelled"));
    await desks.ada.offer([fileOf(1)]);
    await eventually(() => expect(desks.pages.opened.ada[1]?.readyState).toBe("closed"));
  });

  test("without hashes nothing is offered, and what others offer is declined", async () => {
    const unable = new Files(desks.pages.bob, null);
    expect(unable.able).toBe(false);
    await unable.offer([fileOf(1)]);
    await desks.ada.offer([fileOf(1)]);
    await eventually(() => expect(desks.sent?.phase).toEqual({ kind: "declined", reason: "unable" }));
    expect(unable.state.transfers).toEqual([]);
  });
});

describe("while what it takes is being loaded", () => {
  test("an offer that arrives is not lost", async () => {
    const sent: unknown[] = [];
    const channel = new LinkedChannel("file:0123456789abcdef", desks.pages.line);
    channel.readyState = "open";
    channel.send = (data) => void sent.push(data);
    desks.pages.bob.handleChannel(channel.asChannel(), { id: "ada", incarnation: 1, name: "Ada" });
    channel.onmessage?.({ data: JSON.stringify({ type: "offer", name: "early.txt", size: 5 }) });
    await eventually(() => expect(desks.got).toMatchObject({ name: "early.txt", phase: { kind: "offered" } }));
  });

  test("who sends more than an offer is cut off", async () => {
    const channel = new LinkedChannel("file:0123456789abcdef", desks.pages.line);
    channel.readyState = "open";
    desks.pages.bob.handleChannel(channel.asChannel(), { id: "ada", incarnation: 1, name: "Ada" });
    channel.onmessage?.({ data: JSON.stringify({ type: "offer", name: "early.txt", size: 5 }) });
    channel.onmessage?.({ data: new ArrayBuffer(5) });
    await eventually(() => expect(channel.readyState).toBe("closed"));
    expect(desks.got).toBeUndefined();
  });
});
