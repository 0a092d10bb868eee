import { describe, expect, test } from "vitest";
import { noFacts } from "./facts.js";
import { type ScreenContent, sendingPlan, soundBitrate, usualBudget } from "./plan.js";
import { Uplink, type UplinkLevel } from "./uplink.js";

interface Second {
  readonly level: UplinkLevel;
  /** Bits per second of each, as the plan lets them be. */
  readonly camera: number;
  readonly screen: number;
  /** Of all that is sent, sound included. */
  readonly lost: number;
}

/**
 * A line that carries so much (bits per second) and drops the rest, whatever it is, with nobody at this end to tell how much that
 * is: what is lost, over the last three samples, is all there is to go by, as in Firefox.
 */
class Line {
  capacity: number;
  readonly #uplink = new Uplink();
  readonly #sending: { readonly camera: boolean; screen: boolean; readonly content: ScreenContent };
  #now = 0;
  #losses: readonly number[] = [];

  constructor(capacity: number, sending: { camera: boolean; screen: boolean; content?: ScreenContent }) {
    this.capacity = capacity;
    this.#sending = { content: "text", ...sending };
  }

  get level(): UplinkLevel {
    return this.#uplink.level;
  }

  endShare(): void {
    this.#sending.screen = false;
  }

  /** One sample after the other, for so long. */
  pass(seconds: number): Second[] {
    return Array.from({ length: seconds / 2 }, () => this.#sample());
  }

  #sample(): Second {
    const { camera: hasCamera, screen: hasScreen } = this.#sending;
    const receiver = { id: "a", shown: { camera: 700, screen: 1_000 }, level: this.#uplink.level };
    const limits = sendingPlan([receiver], { ...this.#sending, budget: usualBudget }).get("a");
    const camera = hasCamera && limits && limits.camera.lines > 0 ? limits.camera.maxBitrate : 0;
    const screen = hasScreen && limits && limits.screen.lines > 0 ? limits.screen.maxBitrate : 0;
    const sent = soundBitrate + camera + screen;
    const lost = Math.max(0, sent - this.capacity) / sent;
    this.#now += 2_000;
    this.#losses = [...this.#losses, lost].slice(-3);
    const lostSent = this.#losses.reduce((sum, each) => sum + each, 0) / this.#losses.length;
    this.#uplink.handle({ ...noFacts, lostSent }, this.#now, hasScreen);
    return { level: this.#uplink.level, camera, screen, lost };
  }
}

describe("on a line that is too thin", () => {
  test("a camera and a screen give way until the sound gets through: the camera first, then the screen", () => {
    const line = new Line(60_000, { camera: true, screen: true });
    const seconds = line.pass(20);
    const [cameraGone, screenGone] = [
      seconds.findIndex((each) => each.camera === 0),
      seconds.findIndex((each) => each.screen === 0),
    ];
    expect(cameraGone).toBeGreaterThan(0);
    expect(screenGone).toBeGreaterThan(cameraGone);
    expect(seconds.at(-1)).toMatchObject({ level: 5, lost: 0 });
  });

  test.each<[string, ScreenContent, number]>([
    ["text", "text", 160_000],
    ["motion", "motion", 160_000],
    ["text on a wider one", "text", 320_000],
  ])("a share of %s goes on as far as there is room beside the sound", (_, content, capacity) => {
    const line = new Line(capacity, { camera: true, screen: true, content });
    const settled = line.pass(120).slice(10);
    expect(settled.every(({ level }) => level < 5)).toBe(true);
    expect(settled.some(({ lost, screen, camera }) => lost === 0 && screen > 0 && camera === 0)).toBe(true);
    // Now and then more is tried, and found to be too much.
    expect(settled.filter(({ lost }) => lost > 0.03).length / settled.length).toBeLessThan(0.4);
  });

  test("a share alone pauses, too, and comes back whole when the line does", () => {
    const line = new Line(60_000, { camera: false, screen: true });
    expect(line.pass(20).at(-1)).toMatchObject({ level: 5, screen: 0 });
    line.capacity = 10_000_000;
    const back = line.pass(120);
    expect(back.map(({ level }) => level).filter((level, index, all) => level !== all[index - 1])).toEqual([
      5, 4, 3, 2, 1, 0,
    ]);
    expect(back.at(-1)).toMatchObject({ screen: 2_500_000, lost: 0 });
  });

  test("a pause is tried again ever more rarely, so that most of the time the sound is whole", () => {
    const line = new Line(60_000, { camera: false, screen: true });
    line.pass(20);
    const later = line.pass(600);
    expect(later.some(({ screen }) => screen > 0)).toBe(true);
    expect(later.filter(({ lost }) => lost > 0.03).length / later.length).toBeLessThan(0.15);
  });

  test("a share that ends leaves the level of a camera that pauses, and the next one begins there", () => {
    const line = new Line(60_000, { camera: true, screen: true });
    line.pass(20);
    line.endShare();
    line.pass(2);
    expect(line.level).toBe(3);
  });
});

describe("the smallest screen", () => {
  const loseAt = (lost: number): UplinkLevel => {
    const uplink = new Uplink();
    let level: UplinkLevel = 0;
    for (let now = 0; now < 60_000; now += 2_000) level = uplink.handle({ ...noFacts, lostSent: lost }, now, true);
    return level;
  };

  test("stays where packets are lost whatever is sent, since the sound would gain nothing by its pause", () => {
    expect(loseAt(0.12)).toBe(4);
  });

  test("goes where a fifth is lost, or where congestion control has no room for it", () => {
    expect(loseAt(0.25)).toBe(5);
    const uplink = new Uplink();
    let level: UplinkLevel = 0;
    for (let now = 0; now < 24_000; now += 2_000)
      level = uplink.handle({ ...noFacts, availableOutgoingBitrate: 50_000 }, now, true);
    expect(level).toBe(5);
  });
});
