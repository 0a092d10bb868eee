import { describe, expect, test } from "vitest";
import { type Case, type Culprit, diagnose, diagnoseSelf } from "./diagnosis.js";
import type { Digest } from "./digest.js";
import { type Facts, noFacts } from "./facts.js";

const good: Facts = {
  ...noFacts,
  roundTripTime: 0.03,
  lostSent: 0,
  lostReceived: 0,
  availableOutgoingBitrate: 2_000_000,
};
const calm: Digest = { ...good, microphone: "on", others: 0, othersLosingSent: 0, othersLosingReceived: 0 };

interface Story {
  readonly mine?: Partial<Facts> | null;
  readonly theirs?: Partial<Digest> | null;
  readonly rest?: Partial<Case>;
}

function told({ mine = {}, theirs = {}, rest = {} }: Story): Case {
  return {
    mine: mine && { ...good, ...mine },
    theirs: theirs && { ...calm, ...theirs },
    relayed: false,
    microphone: "on",
    others: 0,
    othersLosingSent: 0,
    othersLosingReceived: 0,
    ...rest,
  };
}

describe("who is to blame", () => {
  test.each<[string, Culprit, Story]>([
    ["all is well", "nothing", {}],
    ["all is well, and the other end tells nothing", "nothing", { theirs: null }],
    ["nothing was counted yet", "unknown", { mine: null }],
    ["the browser tells nothing", "unknown", { mine: noFacts, theirs: null }],
    [
      "their microphone gives nothing",
      "their-microphone",
      { theirs: { microphone: "silent" }, mine: { lostSent: 0.5 } },
    ],
    ["my microphone gives nothing", "my-microphone", { rest: { microphone: "silent" } }],
    ["they are muted", "nothing", { theirs: { microphone: "off" } }],
    ["my machine cannot encode", "my-computer", { mine: { cpuLimited: 0.8, lostSent: 0.2 } }],
    ["my machine cannot show what comes", "my-computer", { mine: { framesDropped: 0.5 } }],
    ["theirs cannot encode", "their-computer", { theirs: { cpuLimited: 0.9 } }],
    ["I lose towards everybody", "my-uplink", { mine: { lostSent: 0.1 }, rest: { others: 3, othersLosingSent: 3 } }],
    ["I lose towards this one of four", "path", { mine: { lostSent: 0.1 }, rest: { others: 3 } }],
    [
      "they lose from everybody",
      "their-downlink",
      { mine: { lostSent: 0.1 }, theirs: { others: 2, othersLosingReceived: 2 }, rest: { others: 2 } },
    ],
    [
      "I lose from everybody",
      "my-downlink",
      { mine: { lostReceived: 0.1 }, rest: { others: 3, othersLosingReceived: 2 } },
    ],
    [
      "they lose towards everybody",
      "their-uplink",
      { mine: { lostReceived: 0.1 }, theirs: { others: 3, othersLosingSent: 3 }, rest: { others: 3 } },
    ],
    ["two people, and my line is thin", "my-uplink", { mine: { lostSent: 0.1, availableOutgoingBitrate: 90_000 } }],
    [
      "two people, and theirs is",
      "their-uplink",
      { mine: { lostReceived: 0.1 }, theirs: { availableOutgoingBitrate: 90_000 } },
    ],
    ["two people, and loss on the way", "path", { mine: { lostReceived: 0.1 } }],
    ["two people, and loss by a relay", "relay", { mine: { lostReceived: 0.1 }, rest: { relayed: true } }],
    ["only they have seen it", "path", { theirs: { lostReceived: 0.2 } }],
    ["a long way", "path", { mine: { roundTripTime: 0.9 } }],
    ["a long way round", "relay", { mine: { roundTripTime: 0.9 }, rest: { relayed: true } }],
    [
      "nothing lost on a thin line of mine",
      "my-uplink",
      { mine: { availableOutgoingBitrate: 150_000, bandwidthLimited: 1 } },
    ],
    [
      "nothing lost on a thin line of theirs",
      "their-uplink",
      { theirs: { availableOutgoingBitrate: 150_000, bandwidthLimited: 1 } },
    ],
  ])("%s: %s", (_, culprit, story) => {
    expect(diagnose(told(story)).culprit).toBe(culprit);
  });

  test("is said with what speaks for it, from the end that has seen it", () => {
    const story = told({
      mine: { lostReceived: 0.1 },
      theirs: { others: 3, othersLosingSent: 3 },
      rest: { others: 3 },
    });
    expect(diagnose(story).evidence).toEqual([
      { at: "here", fact: "lostReceived", value: 0.1 },
      { at: "there", fact: "others-losing-sent", value: 3, of: 3 },
    ]);
    expect(diagnose(told({})).evidence.map(({ fact }) => fact)).toEqual(["lostReceived", "lostSent", "roundTripTime"]);
  });
});

describe("about oneself", () => {
  const uplink = told({ mine: { lostSent: 0.1 }, rest: { others: 2, othersLosingSent: 2 } });
  test.each<[string, Culprit, readonly Case[]]>([
    ["alone", "unknown", []],
    ["all is well", "nothing", [told({}), told({})]],
    ["one's own uplink", "my-uplink", [told({}), uplink]],
    ["a machine that is too busy comes before the network", "my-computer", [uplink, told({ mine: { cpuLimited: 1 } })]],
    [
      "what is bad about one of the others is not one's own",
      "nothing",
      [told({}), told({ theirs: { cpuLimited: 1 } })],
    ],
  ])("%s: %s", (_, culprit, cases) => {
    expect(diagnoseSelf(cases).culprit).toBe(culprit);
  });
});
