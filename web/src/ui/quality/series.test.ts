import { describe, expect, test } from "vitest";
import type { Sample } from "../../call/state.js";
import { enQuality } from "../strings/en-quality.js";
import { lineOf, plotsOf } from "./series.js";
import { evidenceWords, percent } from "./words.js";

const flow = {
  bitrate: 1_300_000,
  packets: 100,
  packetsLost: 4,
  frameWidth: 640,
  frameHeight: 360,
  framesPerSecond: 24,
};
const sample: Sample = {
  timestamp: 1,
  currentRoundTripTime: 0.04,
  availableOutgoingBitrate: null,
  relay: null,
  sent: { camera: { ...flow, cpuLimited: 0, bandwidthLimited: 0 } },
  received: {
    camera: { ...flow, jitter: null, concealed: null, framesDropped: 0, frozen: 0 },
    screen: {
      ...flow,
      frameHeight: 1_080,
      framesPerSecond: 10,
      jitter: null,
      concealed: null,
      framesDropped: 0,
      frozen: 0,
    },
  },
};
const nothing: Sample = { ...sample, currentRoundTripTime: null, sent: {}, received: {} };

describe("the plots of a connection", () => {
  test("have the values of both directions, and a round number at the top", () => {
    const [bitrate, loss, roundTrip, frameRate, resolution] = plotsOf([sample]);
    expect(bitrate).toEqual({ name: "bitrate", sent: [1_300_000], received: [2_600_000], top: 5_000_000 });
    expect(loss?.sent).toEqual([0.04]);
    expect(loss?.received[0]).toBeCloseTo(8 / 208);
    expect(roundTrip).toEqual({ name: "roundTrip", sent: null, received: [0.04], top: 0.1 });
    expect([frameRate?.sent, frameRate?.received]).toEqual([[24], [10]]);
    expect([resolution?.sent, resolution?.received]).toEqual([[360], [1_080]]);
  });

  test("have gaps where nothing flowed", () => {
    for (const { received } of plotsOf([nothing])) expect(received).toEqual([null]);
  });
});

describe("a line", () => {
  const box = { top: 10, width: 100, height: 50, capacity: 5 };

  test("ends at the right edge, is broken by gaps, and never leaves its plot", () => {
    expect(lineOf([0, 10, null, 20], box)).toBe("M25.0 50.0h0L50.0 0.0M100.0 0.0h0");
    expect(lineOf([], box)).toBe("");
  });
});

describe("evidence in words", () => {
  test("has its figure, and the end that saw it", () => {
    expect(evidenceWords({ at: "here", fact: "lostReceived", value: 0.124 }, enQuality, "en")).toBe(
      "Here: 12 % of what should arrive is lost",
    );
    expect(evidenceWords({ at: "there", fact: "others-losing-sent", value: 2, of: 3 }, enQuality, "en")).toBe(
      "There: The same towards 2 of 3 others",
    );
    expect(evidenceWords({ at: "here", fact: "availableOutgoingBitrate", value: 90_000 }, enQuality, "en")).toContain(
      "kbit/s",
    );
    expect(percent(0.004, enQuality, "en")).toBe("0.4 %");
  });

  test("and a verdict have words for each culprit", () => {
    for (const words of Object.values(enQuality.culprits)) {
      const { title, text } = words("Grace");
      expect([title.length > 0, text.length > 0]).toEqual([true, true]);
    }
  });
});
