import { describe, expect, test } from "vitest";
import { type Digest, readDigest, writeDigest } from "./digest.js";
import { noFacts } from "./facts.js";

const digest: Digest = {
  ...noFacts,
  roundTripTime: 0.0512,
  availableOutgoingBitrate: 1_230_000,
  lostSent: 0,
  lostReceived: 0.25,
  microphone: "on",
  others: 3,
  othersLosingSent: 0,
  othersLosingReceived: 2,
};

test("a digest arrives as it was written", () => {
  const wire: unknown = JSON.parse(JSON.stringify({ v: 1, type: "quality-digest", ...writeDigest(digest) }));
  expect(readDigest(wire as Record<string, unknown>)).toEqual(digest);
});

test("what is not known is not sent", () => {
  expect(
    Object.keys(
      writeDigest({ ...noFacts, microphone: "off", others: 0, othersLosingSent: 0, othersLosingReceived: 0 }),
    ),
  ).toEqual(["microphone", "others", "othersLosingSent", "othersLosingReceived"]);
});

describe("a digest that is not what it should be says nothing at all", () => {
  const wire = writeDigest(digest);
  test.each<[string, Record<string, unknown>]>([
    ["nothing", {}],
    ["text for a number", { ...wire, lostSent: "0" }],
    ["more lost than there was", { ...wire, lostSent: 1.01 }],
    ["less than nothing", { ...wire, jitter: -1 }],
    ["no number", { ...wire, concealed: Number.NaN }],
    ["without end", { ...wire, availableOutgoingBitrate: Infinity }],
    ["null", { ...wire, roundTripTime: null }],
    ["an object", { ...wire, frozen: { valueOf: () => 1 } }],
    ["a microphone nobody knows", { ...wire, microphone: "<b>on</b>" }],
    ["no microphone", { ...wire, microphone: undefined }],
    ["too many others", { ...wire, others: 1_000_000 }],
    ["half a person", { ...wire, others: 1.5 }],
    ["more that lose than there are", { ...wire, othersLosingSent: 4 }],
  ])("%s", (_, hostile) => {
    expect(readDigest(hostile)).toBeNull();
  });
});
