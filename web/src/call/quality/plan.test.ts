import { describe, expect, test } from "vitest";
import { type Receiver, type ScreenContent, fairShares, sendingPlan, usualBudget } from "./plan.js";
import type { UplinkLevel } from "./uplink.js";

const offer = { camera: true, screen: false, content: "text", budget: usualBudget } as const;
const receiver = (id: string, camera: number | null = null, more: Partial<Receiver> = {}): Receiver => ({
  id,
  shown: camera === null ? null : { camera, screen: 1_000 },
  level: 0,
  ...more,
});

describe("what each of the others gets of the camera", () => {
  test("is as much as it shows, and no picture where it shows none", () => {
    const plan = sendingPlan([receiver("a", 90), receiver("b", 700), receiver("c", 0)], offer);
    expect([...plan.values()].map(({ camera }) => [camera.lines, camera.maxBitrate])).toEqual([
      [90, 150_000],
      [700, 1_200_000],
      [0, 150_000],
    ]);
  });

  test("is all for who has not said how large it shows it", () => {
    expect(sendingPlan([receiver("a")], offer).get("a")?.camera).toMatchObject({
      lines: Infinity,
      maxBitrate: 1_200_000,
    });
  });

  test("is a fair share of the upload: who needs little leaves the rest to the others", () => {
    const plan = sendingPlan([receiver("a", 90), ...["b", "c", "d", "e"].map((id) => receiver(id, 1_080))], offer);
    const bitrates = [...plan.values()].map(({ camera }) => camera.maxBitrate);
    expect(bitrates).toEqual([150_000, 962_500, 962_500, 962_500, 962_500]);
    expect(bitrates.reduce((sum, each) => sum + each, 0)).toBe(usualBudget);
  });

  test("is less towards one whose path is bad, and nothing where even that is too much", () => {
    const levels = ([0, 1, 2, 3] as const).map(
      (level) => sendingPlan([receiver("a", 720, { level })], offer).get("a")?.camera,
    );
    expect(levels.map((camera) => [camera?.lines, camera?.maxBitrate, camera?.maxFramerate])).toEqual([
      [720, 1_200_000, Infinity],
      [360, 600_000, 20],
      [180, 240_000, 12],
      [0, 30_000, Infinity],
    ]);
  });
});

describe("a shared screen", () => {
  const screen = { ...offer, screen: true } as const;

  test("counts twice beside cameras", () => {
    const plan = sendingPlan(
      ["a", "b", "c", "d"].map((id) => receiver(id, 700)),
      screen,
    );
    expect(plan.get("a")).toMatchObject({ screen: { maxBitrate: 666_667 }, camera: { maxBitrate: 333_333 } });
  });

  test("stays sharp when it is text, and smooth when it is motion", () => {
    const shown = receiver("a", 100, { shown: { camera: 100, screen: 400 }, level: 1 });
    expect(sendingPlan([shown], screen).get("a")?.screen).toMatchObject({
      lines: Infinity,
      degradationPreference: "maintain-resolution",
    });
    expect(sendingPlan([shown], { ...screen, content: "motion" }).get("a")?.screen).toMatchObject({
      lines: 400,
      degradationPreference: "maintain-framerate",
    });
  });

  const at = (level: UplinkLevel, content: ScreenContent) => {
    const lines = { shown: { camera: 100, screen: 1_000 }, level };
    const { camera, screen: limits } = sendingPlan([receiver("a", 100, lines)], { ...screen, content }).get("a") ?? {};
    return { camera, screen: limits };
  };

  test("of text comes less often first, then smaller, and pauses last of all; the camera has paused long before", () => {
    const levels = ([0, 1, 2, 3, 4, 5] as const).map((level) => at(level, "text"));
    expect(levels.map(({ screen: limits }) => [limits?.maxFramerate, limits?.lines, limits?.maxBitrate])).toEqual([
      [Infinity, Infinity, 2_500_000],
      [15, Infinity, 1_250_000],
      [8, Infinity, 625_000],
      [4, Infinity, 250_000],
      [2, 540, 100_000],
      [Infinity, 0, 30_000],
    ]);
    expect(levels.map(({ camera }) => (camera?.lines ?? 0) > 0)).toEqual([true, true, true, false, false, false]);
  });

  test("of motion gets smaller first, and never larger than it is shown", () => {
    const levels = ([0, 1, 2, 3, 4, 5] as const).map((level) => at(level, "motion").screen);
    expect(levels.map((limits) => [limits?.maxFramerate, limits?.lines])).toEqual([
      [Infinity, 1_000],
      [Infinity, 540],
      [24, 360],
      [15, 270],
      [8, 180],
      [Infinity, 0],
    ]);
    const small = receiver("a", 100, { shown: { camera: 100, screen: 200 }, level: 2 });
    expect(sendingPlan([small], { ...screen, content: "motion" }).get("a")?.screen.lines).toBe(200);
  });

  test("gets what a camera that pauses leaves", () => {
    const tight = { ...screen, budget: 90_000 };
    const limits = (level: UplinkLevel) => sendingPlan([receiver("a", 700, { level })], tight).get("a");
    expect(limits(2)).toMatchObject({ camera: { maxBitrate: 30_000 }, screen: { maxBitrate: 60_000 } });
    expect(limits(3)).toMatchObject({ camera: { lines: 0 }, screen: { maxBitrate: 90_000 } });
  });

  test("is not sent to who does not look at it", () => {
    const away = receiver("a", 100, { shown: { camera: 100, screen: 0 } });
    expect(sendingPlan([away], screen).get("a")?.screen.lines).toBe(0);
  });
});

test("nobody gets more than wanted, nothing is left over, and a picture is never less than one", () => {
  const wish = (key: string, want: number, weight = 1) => ({ key, want, weight });
  expect(
    Object.fromEntries(fairShares([wish("a", 100_000), wish("b", 900_000), wish("c", 900_000)], 1_000_000)),
  ).toEqual({
    a: 100_000,
    b: 450_000,
    c: 450_000,
  });
  expect(fairShares([wish("a", 500_000)], 0).get("a")).toBe(30_000);
  expect(fairShares([], 1_000).size).toBe(0);
});
