import { describe, expect, test } from "vitest";
import { Rate } from "./rate.js";

describe("a rate", () => {
  test("is unknown at first", () => {
    const rate = new Rate();
    expect(rate.at(0)).toBeNull();
    rate.add(0, 0);
    rate.add(100, 1_000);
    expect(rate.at(100)).toBeNull();
  });

  test("is that of the last seconds", () => {
    const rate = new Rate();
    for (let second = 0; second <= 10; second += 1) rate.add(second * 1_000, second * 500);
    expect(rate.at(10_000)).toBe(500);
    for (let second = 11; second <= 20; second += 1) rate.add(second * 1_000, 5_000 + (second - 10) * 2_000);
    expect(rate.at(20_000)).toBe(2_000);
  });

  test("sinks to nothing when nothing comes any more", () => {
    const rate = new Rate();
    for (let second = 0; second <= 3; second += 1) rate.add(second * 1_000, second * 500);
    expect(rate.at(3_000)).toBe(500);
    expect(rate.at(6_000)).toBeLessThan(500);
    expect(rate.at(60_000)).toBe(0);
  });
});
