import { describe, expect, test } from "vitest";
import type { CandidateFault, TrialFindings } from "../../rtc/trial/index.js";
import { outcomeOf } from "./outcome.js";

const nothing: TrialFindings = {
  refused: false,
  candidates: [],
  faults: [],
  tellsFaults: true,
  complete: true,
  found: null,
  roundTrip: null,
};
const host = { type: "host", protocol: "udp", address: "192.168.1.2" } as const;
const silence: CandidateFault = { code: 701, text: "TURN allocate request timed out.", port: null };

describe("a relay", () => {
  const relay = { type: "relay", protocol: "udp", address: "203.0.113.9" } as const;

  test("works when a message came through it; there and back, the message passed it twice", () => {
    expect(outcomeOf("relay-udp", { ...nothing, candidates: [relay], found: 30, roundTrip: 40 })).toEqual({
      kind: "works",
      roundTrip: 20,
      relay: { address: "203.0.113.9", scope: "public" },
      translated: false,
    });
  });

  test("that gives an address of its own network says so", () => {
    const candidates = [{ ...relay, address: "10.0.0.5" }];
    expect(outcomeOf("relay-udp", { ...nothing, candidates, found: 30, roundTrip: 40 })).toMatchObject({
      kind: "works",
      relay: { scope: "private" },
    });
  });

  test("that gives an address and passes nothing on has failed", () => {
    expect(outcomeOf("relay-tcp", { ...nothing, candidates: [relay], found: 30 })).toMatchObject({
      failure: "no-data",
    });
  });

  test.each([
    [401, "Unauthorized", "credentials"],
    [438, "Stale Nonce", "credentials"],
    [403, "Forbidden", "forbidden"],
    [486, "Allocation Quota Reached", "quota"],
    [508, "Cannot create socket", "capacity"],
    [442, "Unsupported", "error"],
    [701, "TURN allocate request timed out.", "no-answer"],
    [701, "TURN host lookup received error.", "unknown-name"],
    [600, "Address not associated with the desired network interface.", "no-answer"],
  ] as const)("that fails with %i (%s) has failed by %s", (code, text, failure) => {
    const faults = [{ code, text, port: null }];
    expect(outcomeOf("relay-udp", { ...nothing, faults })).toEqual({ kind: "failed", failure, fault: faults[0] });
  });

  test("fails by what the server said, if it said anything", () => {
    const faults = [silence, { ...silence, code: 401, text: "Unauthorized" }, silence];
    expect(outcomeOf("relay-udp", { ...nothing, faults })).toMatchObject({ failure: "credentials" });
  });

  test("about which the browser says nothing has failed all the same", () => {
    expect(outcomeOf("relay-udp", { ...nothing, tellsFaults: false })).toEqual({
      kind: "failed",
      failure: "untold",
      fault: null,
    });
  });

  test("whose address the browser does not take is not to blame", () => {
    expect(outcomeOf("relay-tls", { ...nothing, refused: true })).toMatchObject({ failure: "refused-by-browser" });
  });
});

describe("STUN", () => {
  test("works when it brought an address", () => {
    const outcome = outcomeOf("stun", { ...nothing, candidates: [host], found: 12 });
    expect(outcome).toEqual({ kind: "works", roundTrip: 12, relay: null, translated: true });
  });

  test("works without a word where nothing translates: the answer is the device's own address", () => {
    expect(outcomeOf("stun", { ...nothing, candidates: [host] })).toMatchObject({ kind: "works", translated: false });
  });

  test("is unclear in a browser that tells no errors", () => {
    expect(outcomeOf("stun", { ...nothing, candidates: [host], tellsFaults: false })).toEqual({ kind: "unclear" });
  });

  test("has failed when none of the device's addresses got an answer", () => {
    const faults = [silence];
    expect(outcomeOf("stun", { ...nothing, candidates: [host], faults })).toMatchObject({ failure: "no-answer" });
    expect(outcomeOf("stun", { ...nothing, candidates: [host, host], faults })).toEqual({ kind: "unclear" });
    expect(outcomeOf("stun", { ...nothing, candidates: [host], complete: false })).toEqual({
      kind: "failed",
      failure: "no-answer",
      fault: null,
    });
    expect(outcomeOf("stun", nothing)).toMatchObject({ failure: "untold" });
  });
});
