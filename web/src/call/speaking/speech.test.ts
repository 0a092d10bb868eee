import { expect, test } from "vitest";
import { Speech } from "./speech.js";

/** Tells levels, 200 ms apart, and answers what was shown after each. */
function show(levels: readonly number[]): boolean[] {
  const speech = new Speech();
  return levels.map((level, index) => {
    speech.handleLevel(level, index * 200);
    return speech.speaking;
  });
}

test("a voice is shown at once", () => {
  expect(show([0, 0.2])).toEqual([false, true]);
});

test("the noise of a room is not shown", () => {
  expect(show([0.01, 0.02, 0.025, 0.01])).toEqual([false, false, false, false]);
});

test("a pause between words does not flicker, a longer one ends it", () => {
  expect(show([0.2, 0, 0, 0, 0.2, 0, 0, 0, 0])).toEqual([true, true, true, true, true, true, true, true, false]);
});

test("a voice that goes low is held by less than what starts it", () => {
  expect(show([0.2, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02])).toEqual([true, true, true, true, true, true, true]);
});

test("it says whether something changed", () => {
  const speech = new Speech();
  expect(speech.handleLevel(0, 0)).toBe(false);
  expect(speech.handleLevel(0.2, 200)).toBe(true);
  expect(speech.handleLevel(0.2, 400)).toBe(false);
  expect(speech.stop()).toBe(true);
  expect(speech.stop()).toBe(false);
});
