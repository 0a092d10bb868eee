import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Allowances } from "./allowance.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("each participant has an allowance of its own, which comes back with time", () => {
  const allowances = new Allowances(2, 1_000);
  const taken = (id: string, times: number) => Array.from({ length: times }, () => allowances.take(id));
  expect(taken("ada", 3)).toEqual([true, true, false]);
  expect(taken("bob", 1)).toEqual([true]);
  vi.advanceTimersByTime(1_000);
  expect(taken("ada", 2)).toEqual([true, false]);
});

test("of no more than 64 participants it is remembered what they have taken", () => {
  const allowances = new Allowances(1, 1_000_000);
  for (let count = 0; count < 65; count += 1) allowances.take(String(count));
  expect(allowances.take("64")).toBe(false);
  expect(allowances.take("0")).toBe(true);
});
