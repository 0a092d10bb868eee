import { describe, expect, test } from "vitest";
import { type Case, type Culprit, type Suspect, diagnose, diagnoseSelf } from "./diagnosis.js";
import type { Digest } from "./digest.js";
import { type Facts, noFacts } from "./facts.js";

const good: Facts = {
  ...noFacts,
  roundTripTime: 0.03,
  lostSent: 0,
  lostReceived: 0,
  availableOutgoingBitrate: 2_000_000,
};
const myRelay = { at: "here", address: "turn:turn.example.org:3478" } as const;
const theirRelay = { at: "there", address: "192.0.2.8" } as const;
const fine = { others: 0, losingSent: 0, losingReceived: 0, slow: 0 };
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
    relay: null,
    microphone: "on",
    others: 0,
    othersLosingSent: 0,
    othersLosingReceived: 0,
    beside: { others: 0, losingSent: 0, losingReceived: 0, slow: 0 },
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
    ["two people, and loss on the way", "undecided", { mine: { lostReceived: 0.1 } }],
    ["two people, and only they have seen it", "undecided", { theirs: { lostReceived: 0.2 } }],
    [
      "loss on this connection alone",
      "path",
      { mine: { lostReceived: 0.1 }, theirs: { others: 2 }, rest: { others: 2 } },
    ],
    [
      "loss on this connection alone, by their relay",
      "relay",
      { mine: { lostReceived: 0.1 }, theirs: { others: 2 }, rest: { others: 2, relay: theirRelay } },
    ],
    ["a long way", "path", { mine: { roundTripTime: 0.9 } }],
    ["a long way round", "relay", { mine: { roundTripTime: 0.9 }, rest: { relay: myRelay } }],
    [
      "a long way round, and as long without the relay",
      "path",
      { mine: { roundTripTime: 0.9 }, rest: { others: 1, relay: myRelay, beside: { ...fine, others: 1, slow: 1 } } },
    ],
    [
      "I lose towards all, and none of it goes through my relay",
      "my-uplink",
      { mine: { lostSent: 0.1 }, rest: { others: 2, othersLosingSent: 2, relay: theirRelay } },
    ],
    [
      "I lose towards all, with my relay and without",
      "my-uplink",
      {
        mine: { lostSent: 0.1 },
        rest: {
          others: 2,
          othersLosingSent: 2,
          relay: myRelay,
          beside: { ...fine, others: 1, losingSent: 1 },
        },
      },
    ],
    [
      "I lose towards most, but nothing where my relay is not in between",
      "relay",
      {
        mine: { lostSent: 0.1 },
        rest: { others: 3, othersLosingSent: 2, relay: myRelay, beside: { ...fine, others: 1 } },
      },
    ],
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

describe("what cannot be told apart is named as such", () => {
  test.each<[string, readonly Suspect[], Story]>([
    ["lost on the way there", ["my-uplink", "their-downlink"], { mine: { lostSent: 0.1 } }],
    ["lost on the way here", ["my-downlink", "their-uplink"], { mine: { lostReceived: 0.1 } }],
    ["lost on both ways", ["my-line", "their-line"], { mine: { lostSent: 0.1, lostReceived: 0.2 } }],
    [
      "lost on the way there, as they alone count it",
      ["my-uplink", "their-downlink"],
      { theirs: { lostReceived: 0.2 } },
    ],
    ["the other end tells nothing", ["my-downlink", "their-uplink"], { mine: { lostReceived: 0.1 }, theirs: null }],
    [
      "lost on the way there, by a relay",
      ["my-uplink", "relay", "their-downlink"],
      { mine: { lostSent: 0.1 }, rest: { relay: theirRelay } },
    ],
    [
      "a thin line, or a thin relay",
      ["my-uplink", "relay", "their-downlink"],
      { mine: { lostSent: 0.1, availableOutgoingBitrate: 90_000 }, rest: { relay: myRelay } },
    ],
    [
      "lost towards all, all of it by my relay",
      ["my-uplink", "relay"],
      { mine: { lostSent: 0.1 }, rest: { others: 2, othersLosingSent: 2, relay: myRelay } },
    ],
    [
      "lost from all, all of it by my relay",
      ["my-downlink", "relay"],
      { mine: { lostReceived: 0.1 }, rest: { others: 2, othersLosingReceived: 2, relay: myRelay } },
    ],
  ])("%s: %j", (_, among, story) => {
    expect(diagnose(told(story))).toMatchObject({ culprit: "undecided", among });
    expect(diagnoseSelf([told(story)])).toMatchObject({ culprit: "undecided", among });
  });

  test("with what was counted in both directions, and the relay", () => {
    expect(diagnose(told({ mine: { lostSent: 0.1 }, rest: { relay: theirRelay } })).evidence).toEqual([
      { at: "here", fact: "lostSent", value: 0.1 },
      { at: "here", fact: "lostReceived", value: 0 },
      { at: "there", fact: "relayed", value: 1, address: "192.0.2.8" },
    ]);
  });
});

test("a relay is named with its address, the round trip through it, and those who are reached without it", () => {
  const beside = { ...fine, others: 2, slow: 0 };
  const story = told({ mine: { roundTripTime: 0.9 }, rest: { others: 3, relay: myRelay, beside } });
  expect(diagnose(story)).toEqual({
    culprit: "relay",
    evidence: [
      { at: "here", fact: "roundTripTime", value: 0.9 },
      { at: "here", fact: "relayed", value: 1, address: myRelay.address },
      { at: "here", fact: "others-beside", value: 2, of: 2 },
    ],
  });
  const nameless = told({ mine: { roundTripTime: 0.9 }, rest: { relay: { at: "here", address: "" } } });
  expect(diagnose(nameless).evidence.at(-1)).toEqual({ at: "here", fact: "relayed", value: 1 });
});

describe("about oneself", () => {
  const far = told({ mine: { roundTripTime: 0.9 }, rest: { others: 2, relay: myRelay } });
  const lossy = told({
    mine: { lostSent: 0.1 },
    theirs: { others: 2 },
    rest: { others: 2, othersLosingSent: 1, relay: myRelay, beside: { ...fine, others: 1 } },
  });
  const uplink = told({ mine: { lostSent: 0.1 }, rest: { others: 2, othersLosingSent: 2 } });
  test.each<[string, Culprit, readonly Case[]]>([
    ["alone", "unknown", []],
    ["all is well", "nothing", [told({}), told({})]],
    ["one's own uplink", "my-uplink", [told({}), uplink]],
    ["a machine that is too busy comes before the network", "my-computer", [uplink, told({ mine: { cpuLimited: 1 } })]],
    ["the only connection goes round by the own relay", "relay", [far]],
    ["most of what goes through the own relay is slow", "relay", [far, far, told({ rest: { relay: myRelay } })]],
    ["what goes through the own relay loses, and the rest does not", "relay", [lossy, lossy, told({})]],
    ["one of those through the own relay is slow", "nothing", [far, told({ rest: { relay: myRelay } }), told({})]],
    ["the only one through it is slow: that may be the other end", "nothing", [far, told({})]],
    [
      "the others' relays are not one's own",
      "nothing",
      Array.from({ length: 2 }, () => told({ mine: { roundTripTime: 0.9 }, rest: { relay: theirRelay } })),
    ],
    [
      "what is bad about one of the others is not one's own",
      "nothing",
      [told({}), told({ theirs: { cpuLimited: 1 } })],
    ],
  ])("%s: %s", (_, culprit, cases) => {
    expect(diagnoseSelf(cases).culprit).toBe(culprit);
  });

  test("the own relay is named with how many connections it spoils", () => {
    expect(diagnoseSelf([lossy, lossy, told({})]).evidence).toEqual([
      { at: "here", fact: "lostSent", value: 0.1 },
      { at: "here", fact: "relayed", value: 1, address: myRelay.address },
      { at: "here", fact: "others-beside", value: 1, of: 1 },
      { at: "here", fact: "others-relayed", value: 2, of: 2 },
    ]);
  });
});
