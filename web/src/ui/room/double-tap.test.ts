import { expect, test } from "vitest";
import { DoubleTap, type Tap } from "./double-tap.js";

/** What is answered to taps, each of 80 ms. */
function tap(...taps: readonly { readonly at: number; readonly x?: number; readonly held?: number }[]): boolean[] {
  const taker = new DoubleTap();
  return taps.map(({ at, x = 0, held = 80 }) => taker.handle({ x, y: 0, down: at - held, up: at } satisfies Tap));
}

test("two taps in a row are found", () => {
  expect(tap({ at: 100 }, { at: 300 })).toEqual([false, true]);
});

test("taps that are slow, far apart or long are taps of their own", () => {
  expect(tap({ at: 100 }, { at: 600 })).toEqual([false, false]);
  expect(tap({ at: 100 }, { at: 300, x: 90 })).toEqual([false, false]);
  expect(tap({ at: 1_000, held: 900 }, { at: 1_200 })).toEqual([false, false]);
  expect(tap({ at: 100 }, { at: 1_000, held: 800 }, { at: 1_200 })).toEqual([false, false, false]);
});

test("a third tap begins anew", () => {
  expect(tap({ at: 100 }, { at: 300 }, { at: 500 }, { at: 700 })).toEqual([false, true, false, true]);
});
