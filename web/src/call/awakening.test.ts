import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Awakening, type WorldEvent } from "./awakening.js";

let tell: (event: WorldEvent) => void;
let awoken: number;
let moved: boolean[];
let ended: boolean;
let awakening: Awakening;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  awoken = 0;
  moved = [];
  ended = false;
  awakening = new Awakening(
    (listener) => {
      tell = listener;
      return () => (ended = true);
    },
    (sure) => {
      awoken += 1;
      moved.push(sure);
    },
  );
});
afterEach(() => void vi.useRealTimers());

test.each(["online", "moved"] as const)("a network that is back is another one until shown otherwise: %s", (event) => {
  tell(event);
  expect(moved).toEqual([true]);
});

test("a page that was hidden for long is noticed when it is seen again, a short look elsewhere is not", () => {
  tell("hidden");
  vi.advanceTimersByTime(19_999);
  tell("visible");
  expect(awoken).toBe(0);
  tell("hidden");
  vi.advanceTimersByTime(10_000);
  tell("hidden");
  vi.advanceTimersByTime(10_000);
  tell("visible");
  expect(awoken).toBe(1);
  tell("visible");
  expect(awoken).toBe(1);
  expect(moved).toEqual([false]);
});

test("a computer that slept is noticed by its clock", () => {
  vi.advanceTimersByTime(60_000);
  expect(awoken).toBe(0);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(2_000);
  expect(awoken).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(awoken).toBe(1);
});

test("a clock that was set back is no sleep", () => {
  vi.setSystemTime(5);
  vi.advanceTimersByTime(10_000);
  expect(awoken).toBe(0);
});

test("after its end nothing is noticed any more", () => {
  awakening.close();
  expect(ended).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
