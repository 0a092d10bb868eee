import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { IceRecovery } from "./ice-recovery.js";

let restarts: number[];
let recovery: IceRecovery;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  restarts = [];
  recovery = new IceRecovery(() => void restarts.push(Date.now()));
});
afterEach(() => void vi.useRealTimers());

describe("a connection that failed", () => {
  test("is restarted ever more slowly, and never given up", () => {
    recovery.handleState("failed");
    vi.advanceTimersByTime(121_000);
    expect(restarts).toEqual([1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000, 121_000]);
    expect(recovery.attempts).toBe(8);
  });

  test("keeps its pace when every attempt says again that it failed", () => {
    recovery.handleState("failed");
    vi.advanceTimersByTime(1_000);
    recovery.handleState("connecting");
    recovery.handleState("failed");
    vi.advanceTimersByTime(2_000);
    expect(restarts).toEqual([1_000, 3_000]);
  });

  test("is left alone while checks run, as long as they may take", () => {
    recovery.handleState("failed");
    vi.advanceTimersByTime(1_000);
    recovery.handleState("connecting");
    vi.advanceTimersByTime(19_999);
    expect(restarts).toEqual([1_000]);
    vi.advanceTimersByTime(1);
    expect(restarts).toEqual([1_000, 21_000]);
  });

  test("begins anew, without delay, once it was connected in between", () => {
    recovery.handleState("failed");
    vi.advanceTimersByTime(7_000);
    recovery.handleState("connected");
    expect(recovery.attempts).toBe(0);
    vi.advanceTimersByTime(3_000);
    recovery.handleState("failed");
    vi.advanceTimersByTime(1_000);
    expect(restarts).toEqual([1_000, 3_000, 7_000, 11_000]);
  });
});

test("the end that waits longer leaves the first move to the other", () => {
  recovery = new IceRecovery(() => void restarts.push(Date.now()), 1_000);
  recovery.handleState("failed");
  vi.advanceTimersByTime(1_999);
  expect(restarts).toEqual([]);
  // The other end's restart arrived.
  recovery.handleState("connecting");
  vi.advanceTimersByTime(1_000);
  expect(restarts).toEqual([]);
});

describe("a connection that is disconnected", () => {
  test("gets time to come back by itself", () => {
    recovery.handleState("connected");
    recovery.handleState("disconnected");
    vi.advanceTimersByTime(1_999);
    recovery.handleState("connected");
    vi.advanceTimersByTime(60_000);
    expect(restarts).toEqual([]);
  });

  test("is restarted when it does not", () => {
    recovery.handleState("disconnected");
    vi.advanceTimersByTime(2_000);
    expect(restarts).toEqual([2_000]);
  });

  test("is restarted sooner when it fails meanwhile", () => {
    recovery.handleState("disconnected");
    vi.advanceTimersByTime(500);
    recovery.handleState("failed");
    vi.advanceTimersByTime(1_000);
    expect(restarts).toEqual([1_500]);
  });
});

test("nothing happens after it was closed", () => {
  recovery.handleState("failed");
  recovery.close();
  vi.advanceTimersByTime(60_000);
  expect(restarts).toEqual([]);
});

describe("a path that is never found", () => {
  test("is looked for anew when the checks never end", () => {
    recovery.handleState("connecting");
    vi.advanceTimersByTime(45_000);
    expect(restarts).toEqual([20_000, 40_000]);
    expect(recovery.attempts).toBe(2);
  });

  test("is looked for anew when there is nothing to check", () => {
    vi.advanceTimersByTime(60_000);
    recovery.handleNegotiated();
    recovery.handleNegotiated();
    vi.advanceTimersByTime(20_000);
    expect(restarts).toEqual([80_000]);
  });

  test("fails as soon as the browser says so", () => {
    recovery.handleNegotiated();
    recovery.handleState("connecting");
    vi.advanceTimersByTime(15_000);
    recovery.handleState("failed");
    vi.advanceTimersByTime(1_000);
    expect(restarts).toEqual([16_000]);
  });

  test("gets its time again once the other end is in reach", () => {
    recovery.handleNegotiated();
    vi.advanceTimersByTime(19_000);
    recovery.suspend();
    vi.advanceTimersByTime(19_000);
    recovery.resume();
    vi.advanceTimersByTime(20_000);
    expect(restarts).toEqual([58_000]);
  });

  test("that was found after all is left alone", () => {
    recovery.handleNegotiated();
    recovery.handleState("connecting");
    recovery.handleState("connected");
    recovery.handleNegotiated();
    vi.advanceTimersByTime(60_000);
    expect(restarts).toEqual([]);
  });
});

describe("while the other end is out of reach", () => {
  test("nothing is attempted, and nothing counts as an attempt", () => {
    recovery.handleState("failed");
    recovery.suspend();
    recovery.handleState("disconnected");
    recovery.handleState("failed");
    vi.advanceTimersByTime(600_000);
    expect(restarts).toEqual([]);
    expect(recovery.attempts).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("what failed meanwhile is restarted at once when that ends, and then from the beginning", () => {
    recovery.handleState("failed");
    vi.advanceTimersByTime(20_000);
    recovery.suspend();
    restarts = [];
    vi.advanceTimersByTime(100_000);
    recovery.resume(true);
    expect(recovery.attempts).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect(restarts).toEqual([120_000, 122_000, 124_000, 128_000]);
  });

  test("what came back by itself is left alone", () => {
    recovery.handleState("failed");
    recovery.suspend();
    recovery.handleState("connected");
    recovery.resume();
    vi.advanceTimersByTime(60_000);
    expect(restarts).toEqual([]);
  });

  test("a path that is disconnected gets its time to come back once that ends", () => {
    recovery.suspend();
    recovery.handleState("disconnected");
    recovery.resume();
    vi.advanceTimersByTime(2_000);
    expect(restarts).toEqual([2_000]);
  });
});

describe("when the network may be another one", () => {
  test.each(["disconnected", "failed"] as const)("a connection that is %s is restarted at once", (state) => {
    recovery.handleState(state);
    recovery.hurry();
    expect(restarts).toEqual([0]);
  });

  test("a connection that stands, or looks for a path, is left alone", () => {
    recovery.handleState("connected");
    recovery.hurry();
    recovery.handleState("connecting");
    recovery.hurry();
    expect(restarts).toEqual([]);
  });

  test("one that breaks soon afterwards is given no time to come back by itself, once", () => {
    recovery.handleState("connected");
    recovery.hurry();
    vi.advanceTimersByTime(6_000);
    recovery.handleState("disconnected");
    expect(restarts).toEqual([6_000]);
    recovery.handleState("connected");
    recovery.handleState("disconnected");
    expect(restarts).toEqual([6_000]);
    vi.advanceTimersByTime(2_000);
    expect(restarts).toEqual([6_000, 8_000]);
  });

  test("one that breaks long afterwards gets its time", () => {
    recovery.handleState("connected");
    recovery.hurry();
    vi.advanceTimersByTime(20_000);
    recovery.handleState("disconnected");
    expect(restarts).toEqual([]);
  });

  test("and is, for sure, what stands is restarted once, and what still looks for a path looks anew", () => {
    recovery.handleState("connected");
    recovery.hurry(true);
    vi.advanceTimersByTime(60_000);
    expect(restarts).toEqual([0]);
    recovery.handleState("connecting");
    recovery.hurry(true);
    expect(restarts).toEqual([0, 60_000]);
    recovery.handleState("connected");
    vi.advanceTimersByTime(60_000);
    expect(restarts).toEqual([0, 60_000]);
  });

  test("nothing is done for what has not begun, or is closed", () => {
    recovery.hurry(true);
    recovery.handleState("connected");
    recovery.close();
    recovery.hurry(true);
    expect(restarts).toEqual([]);
  });

  test("one that cannot be negotiated now waits until it can", () => {
    recovery.handleState("failed");
    recovery.suspend();
    recovery.hurry();
    expect(restarts).toEqual([]);
  });
});
