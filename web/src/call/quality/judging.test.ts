import { describe, expect, test } from "vitest";
import { type Facts, factsOf, noFacts } from "./facts.js";
import { SteadyMark, markOf } from "./mark.js";
import type { Sample } from "./sample.js";
import { Uplink } from "./uplink.js";

const flow = { bitrate: 0, packets: 0, packetsLost: 0, frameWidth: null, frameHeight: null, framesPerSecond: null };

function sampled(sentLost: number, receivedLost: number, packets = 100): Sample {
  return {
    timestamp: 0,
    currentRoundTripTime: 0.05,
    availableOutgoingBitrate: null,
    relay: null,
    sent: { microphone: { ...flow, packets, packetsLost: sentLost, cpuLimited: null, bandwidthLimited: null } },
    received: {
      microphone: {
        ...flow,
        packets: packets - receivedLost,
        packetsLost: receivedLost,
        jitter: 0.01,
        concealed: 0,
        framesDropped: null,
        frozen: null,
      },
    },
  };
}

describe("the facts of a pair", () => {
  test("are those of the last samples, in both directions", () => {
    const samples = [sampled(100, 100), sampled(0, 0), sampled(30, 3), sampled(0, 3)];
    expect(factsOf(samples)).toMatchObject({ lostSent: 0.1, lostReceived: 0.02, roundTripTime: 0.05, jitter: 0.01 });
  });

  test("say nothing of loss where hardly anything was sent", () => {
    expect(factsOf([sampled(2, 2, 6)])).toMatchObject({ lostSent: null, lostReceived: null });
    expect(factsOf([])).toEqual(noFacts);
  });
});

describe("the mark of a pair", () => {
  test.each<[string, Partial<Facts>]>([
    ["good", {}],
    ["good", { lostReceived: 0.02, roundTripTime: 0.2 }],
    ["fair", { lostReceived: 0.05 }],
    ["fair", { roundTripTime: 0.5 }],
    ["bad", { lostSent: 0.12 }],
    ["bad", { roundTripTime: 0.9 }],
    ["bad", { concealed: 0.3 }],
    ["bad", { frozen: 0.6 }],
  ])("is %s for %j", (mark, facts) => {
    expect(markOf({ ...noFacts, ...facts })).toBe(mark);
  });

  test.each<[keyof Facts, number, number]>([
    ["lostReceived", 0.03, 0.1],
    ["lostSent", 0.03, 0.1],
    ["roundTripTime", 0.4, 0.8],
    ["concealed", 0.1, 0.25],
    ["frozen", 0.2, 0.5],
  ])("changes with %s at %d and at %d, not before", (fact, fair, bad) => {
    const just = 0.0001;
    expect([fair - just, fair, bad - just, bad].map((value) => markOf({ ...noFacts, [fact]: value }))).toEqual([
      "good",
      "fair",
      "fair",
      "bad",
    ]);
  });

  test.each<Partial<Facts>>([
    { jitter: 1 },
    { cpuLimited: 1, framesDropped: 1, bandwidthLimited: 1 },
    { availableOutgoingBitrate: 1 },
  ])("is not changed by what people do not see or hear: %j", (facts) => {
    expect(markOf({ ...noFacts, ...facts })).toBe("good");
  });

  test("gets worse after two samples that say so, better after four, and does not flicker", () => {
    const mark = new SteadyMark();
    const bad = { ...noFacts, lostReceived: 0.2 };
    expect([mark.handle(bad), mark.handle(bad)]).toEqual(["good", "bad"]);
    expect([noFacts, noFacts, noFacts, noFacts].map((facts) => mark.handle(facts))).toEqual([
      "bad",
      "bad",
      "bad",
      "good",
    ]);
    expect([bad, noFacts, bad, noFacts, bad].map((facts) => mark.handle(facts))).not.toContain("bad");
  });
});

describe("the picture on a bad uplink", () => {
  const tell = (uplink: Uplink, facts: Partial<Facts>, seconds: number, clock: { now: number }): number[] => {
    const levels: number[] = [];
    for (let passed = 0; passed < seconds; passed += 2) {
      clock.now += 2_000;
      levels.push(uplink.handle({ ...noFacts, ...facts }, clock.now));
    }
    return levels;
  };

  test("steps down, pauses, and comes back one step at a time", () => {
    const [uplink, clock] = [new Uplink(), { now: 0 }];
    expect(tell(uplink, { lostSent: 0.1 }, 12, clock)).toEqual([0, 1, 1, 2, 2, 3]);
    expect(tell(uplink, { lostSent: 0 }, 12, clock)).toEqual([3, 3, 3, 3, 2, 2]);
    expect(tell(uplink, { lostSent: 0 }, 20, clock).at(-1)).toBe(0);
  });

  test("pauses sooner where nearly everything is lost", () => {
    const [uplink, clock] = [new Uplink(), { now: 0 }];
    expect(tell(uplink, { lostSent: 0.4 }, 8, clock)).toEqual([0, 1, 1, 3]);
  });

  test("steps down when congestion control has next to nothing left, though nothing is lost", () => {
    const [uplink, clock] = [new Uplink(), { now: 0 }];
    expect(tell(uplink, { availableOutgoingBitrate: 120_000 }, 8, clock).at(-1)).toBe(2);
    expect(tell(uplink, { availableOutgoingBitrate: 50_000 }, 4, clock).at(-1)).toBe(3);
    // What is measured while nothing is sent keeps nobody from coming back.
    expect(tell(uplink, { availableOutgoingBitrate: 50_000 }, 10, clock).at(-1)).toBe(2);
  });

  test("waits longer after each step up that went wrong", () => {
    const [uplink, clock] = [new Uplink(), { now: 0 }];
    tell(uplink, { lostSent: 0.1 }, 4, clock);
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const begun = clock.now;
      while (uplink.level > 0) tell(uplink, { lostSent: 0 }, 2, clock);
      times.push((clock.now - begun) / 1_000);
      tell(uplink, { lostSent: 0.1 }, 4, clock);
    }
    expect(times).toEqual([10, 18, 34]);
  });

  test("stays as it is where nothing is known, or between good and bad", () => {
    const [uplink, clock] = [new Uplink(), { now: 0 }];
    expect(tell(uplink, {}, 20, clock).at(-1)).toBe(0);
    tell(uplink, { lostSent: 0.1 }, 4, clock);
    expect(tell(uplink, { lostSent: 0.05 }, 60, clock)).not.toContain(0);
  });
});
