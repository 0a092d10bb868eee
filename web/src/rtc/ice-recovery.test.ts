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

  test("is left alone while checks run", () => {
    recovery.handleState("failed");
    vi.advanceTimersByTime(1_000);
    recovery.handleState("connecting");
    vi.advanceTimersByTime(60_000);
    expect(restarts).toEqual([1_000]);
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
    vi.advanceTimersByTime(3_999);
    recovery.handleState("connected");
    vi.advanceTimersByTime(60_000);
    expect(restarts).toEqual([]);
  });

  test("is restarted when it does not", () => {
    recovery.handleState("disconnected");
    vi.advanceTimersByTime(4_000);
    expect(restarts).toEqual([4_000]);
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
