import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Desks, eventually } from "../testing/desks.js";
import { FakeSink, fileOf } from "../testing/fake-files.js";
import { blockSize } from "./wire.js";

// Megabytes are hashed here, and other tests run beside it.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A block and a bit: every kind of place at which something can break off. */
const size = blockSize + 70_000;

describe("a transfer goes on", () => {
  test("after a loss at any point, without a byte doubled or missing", async () => {
    const whole = new Desks();
    const file = fileOf(size);
    await whole.offer(file);
    whole.accept();
    await whole.until("done", "done");
    const { carried } = whole.pages.line;
    expect(carried).toBeGreaterThan(size / 65_536);

    for (let left = 1; left <= carried; left += 1) {
      const desks = new Desks(left);
      await desks.ada.offer([file]);
      const accepting = (): void => {
        if (desks.got?.phase.kind === "offered") desks.accept();
      };
      desks.bob.subscribe(accepting);
      await eventually(() => expect(desks.pages.line.whole).toBe(false));
      const at = desks.got?.moved ?? 0;
      desks.pages.connect();
      await desks.until("done", "done");
      expect(await desks.sink.equals(file), `cut after ${left}`).toBe(true);
      expect([desks.sink.closed, desks.sink.aborted]).toEqual([1, 0]);
      // What was confirmed before the loss did not come again: only what is left of the file was carried.
      expect(desks.pages.line.carried).toBeLessThanOrEqual(carried - Math.floor((17 * at) / blockSize) + 4);
      expect(desks.pages.errors).toEqual([]);
    }
  });

  test("after one loss after another", async () => {
    const desks = new Desks(20);
    const file = fileOf(6 * size);
    await desks.ada.offer([file]);
    desks.bob.subscribe(() => {
      if (desks.got?.phase.kind === "offered") desks.accept();
    });
    let connections = 1;
    while (desks.got?.phase.kind !== "done" || desks.sent?.phase.kind !== "done") {
      await eventually(() =>
        expect(!desks.pages.line.whole || desks.kinds().every((kind) => kind === "done")).toBe(true),
      );
      if (desks.pages.line.whole) break;
      connections += 1;
      desks.pages.connect(25);
    }
    expect(connections).toBeGreaterThan(5);
    expect(await desks.sink.equals(file)).toBe(true);
  });

  test("when its channel alone is lost", async () => {
    const desks = new Desks();
    const file = fileOf(3 * blockSize);
    let store: () => void = () => {};
    desks.sink.before = () => new Promise((resolve) => (store = resolve));
    await desks.offer(file);
    desks.accept();
    await desks.until("running", "running");
    desks.pages.opened.ada[0]?.close();
    await desks.until("waiting", "waiting");
    desks.sink.before = () => Promise.resolve();
    store();
    await vi.advanceTimersByTimeAsync(2_000);
    await desks.until("done", "done");
    expect(await desks.sink.equals(file)).toBe(true);
    expect(desks.pages.opened.ada).toHaveLength(2);
  });

  test("says that it waits meanwhile, and can be cancelled for good", async () => {
    const desks = new Desks();
    desks.sink.before = () => new Promise(() => {});
    await desks.offer(fileOf(3 * blockSize));
    desks.accept();
    await desks.until("running", "running");
    desks.pages.line.cut();
    expect(desks.kinds()).toEqual(["waiting", "waiting"]);
    desks.bob.cancel(desks.got?.key ?? "");
    desks.pages.connect();
    await desks.until("cancelled", "cancelled");
    expect(desks.sent?.phase).toMatchObject({ by: "other" });
  });

  test("an offer that nobody has answered is there again after a loss, once", async () => {
    const desks = new Desks();
    await desks.offer(fileOf(10));
    desks.pages.line.cut();
    desks.pages.connect();
    await desks.until("offered", "offered");
    expect(desks.bob.state.transfers).toHaveLength(1);
    desks.accept();
    await desks.until("done", "done");
  });

  test("accepted while nobody is there, it begins when the sender is back", async () => {
    const desks = new Desks();
    await desks.offer(fileOf(10));
    desks.pages.line.cut();
    desks.accept();
    await eventually(() => expect(desks.got?.phase.kind).toBe("waiting"));
    desks.pages.connect();
    await desks.until("done", "done");
  });
});

describe("a transfer is given up", () => {
  test("when the other page has been loaded anew, which knows nothing of it", async () => {
    const desks = new Desks();
    desks.sink.before = () => new Promise(() => {});
    await desks.offer(fileOf(3 * blockSize));
    desks.accept();
    await desks.until("running", "running");
    desks.pages.line.cut();
    desks.pages.incarnations = { ada: 2, bob: 2 };
    desks.pages.connect();
    expect([desks.sent?.phase, desks.got?.phase]).toMatchObject([{ reason: "left" }, { reason: "left" }]);
    expect(desks.sink.aborted).toBe(1);
  });

  test("when the other participant has left", async () => {
    const desks = new Desks();
    await desks.offer(fileOf(10));
    desks.ada.handlePresence(new Set(["bob"]));
    expect(desks.sent?.phase.kind).toBe("offered");
    desks.pages.line.cut();
    desks.ada.handlePresence(new Set());
    expect(desks.sent?.phase).toEqual({ kind: "failed", reason: "left" });
  });

  test("when its channel is lost again and again without any progress", async () => {
    const desks = new Desks();
    await desks.offer(fileOf(10));
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await eventually(() => expect(desks.pages.opened.ada).toHaveLength(attempt));
      await eventually(() => expect(desks.pages.opened.ada[attempt - 1]?.readyState).toBe("open"));
      desks.pages.opened.ada[attempt - 1]?.close();
      await eventually(() => expect(desks.sent?.phase.kind).toBe(attempt === 6 ? "failed" : "queued"));
      await vi.advanceTimersByTimeAsync(20_000);
    }
    expect(desks.sent?.phase).toEqual({ kind: "failed", reason: "lost" });
  });

  test("by the receiver, when a sender that is there does not come back to it", async () => {
    const desks = new Desks();
    desks.sink.before = () => new Promise(() => {});
    await desks.offer(fileOf(3 * blockSize));
    desks.accept(new FakeSink());
    await desks.until("running", "running");
    desks.pages.ada.handleGone("bob");
    desks.pages.opened.ada[0]?.other?.close();
    await eventually(() => expect(desks.got?.phase.kind).toBe("waiting"));
    await vi.advanceTimersByTimeAsync(59_000);
    expect(desks.got?.phase.kind).toBe("waiting");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(desks.got?.phase).toEqual({ kind: "failed", reason: "lost" });
  });
});
