import type { Digest, MicrophoneState } from "./digest.js";
import type { Facts } from "./facts.js";

/** The part of the way between two people that is to blame. */
export type Culprit =
  | "nothing"
  | "my-microphone"
  | "their-microphone"
  | "my-computer"
  | "their-computer"
  | "my-uplink"
  | "my-downlink"
  | "their-uplink"
  | "their-downlink"
  | "relay"
  | "path"
  /** No media flows, or nothing was counted yet. */
  | "unknown";

/** What was seen, and at which end. Shares 0 to 1, seconds, bits per second; the words are the view's. */
export interface Evidence {
  readonly at: "here" | "there";
  readonly fact: keyof Facts | "microphone" | "others-losing-sent" | "others-losing-received" | "relayed";
  readonly value: number;
  /** Of how many others. */
  readonly of?: number;
}

export interface Diagnosis {
  readonly culprit: Culprit;
  /** What speaks for it, most telling first. */
  readonly evidence: readonly Evidence[];
}

/** All that is known of one pair, from both ends. */
export interface Case {
  readonly mine: Facts | null;
  /** Null: the other end has told nothing, because it is older or out of reach. */
  readonly theirs: Digest | null;
  readonly relayed: boolean;
  readonly microphone: MicrophoneState;
  readonly others: number;
  readonly othersLosingSent: number;
  readonly othersLosingReceived: number;
}

/** From here on something is to blame. The same as those of a fair mark. */
export const lossNoticed = 0.03;
const slow = 0.4;
const busy = 0.4;
const dropping = 0.2;
/** Bits per second that are not enough for sound and a small picture. */
const tight = 250_000;

/**
 * Names the culprit. What nobody can hear comes first; then a machine that is too busy, because it loses packets and frames by
 * itself; then the network, at the end that loses in the same direction towards others too. Where only two are in the call,
 * congestion control's word counts: it is an end's own uplink that it measures.
 */
export function diagnose(it: Case): Diagnosis {
  const { mine, theirs } = it;
  if (theirs?.microphone === "silent") return verdict("their-microphone", [there("microphone", 0)]);
  if (it.microphone === "silent") return verdict("my-microphone", [here("microphone", 0)]);
  if (!mine) return verdict("unknown", []);
  const machine = busyMachine(mine, "here") ?? (theirs && busyMachine(theirs, "there"));
  if (machine) return machine;
  return network(it, mine) ?? verdict(hasFacts(mine) ? "nothing" : "unknown", calm(mine));
}

function busyMachine(facts: Facts, at: Evidence["at"]): Diagnosis | null {
  const evidence = (["cpuLimited", "framesDropped"] as const).flatMap((fact): Evidence[] => {
    const value = facts[fact] ?? 0;
    return value >= (fact === "cpuLimited" ? busy : dropping) ? [{ at, fact, value }] : [];
  });
  return evidence.length === 0 ? null : verdict(at === "here" ? "my-computer" : "their-computer", evidence);
}

function network(it: Case, mine: Facts): Diagnosis | null {
  const { theirs, relayed } = it;
  // Each direction as both of its ends have counted it: a report may be late, or lost like what it reports.
  const sent = Math.max(mine.lostSent ?? 0, theirs?.lostReceived ?? 0);
  const received = Math.max(mine.lostReceived ?? 0, theirs?.lostSent ?? 0);
  const roundTrip = mine.roundTripTime ?? theirs?.roundTripTime ?? 0;
  const through: Evidence[] = relayed ? [here("relayed", 1)] : [];
  const delay: Evidence[] = roundTrip >= slow ? [here("roundTripTime", roundTrip)] : [];
  if (sent >= lossNoticed && sent >= received) {
    const seen = [mine.lostSent === null ? there("lostReceived", sent) : here("lostSent", sent), ...delay];
    if (most(it.othersLosingSent, it.others))
      return verdict("my-uplink", [...seen, here("others-losing-sent", it.othersLosingSent, it.others)]);
    if (theirs && most(theirs.othersLosingReceived, theirs.others))
      return verdict("their-downlink", [
        ...seen,
        there("others-losing-received", theirs.othersLosingReceived, theirs.others),
      ]);
    if (it.others === 0 && isTight(mine))
      return verdict("my-uplink", [...seen, here("availableOutgoingBitrate", mine.availableOutgoingBitrate ?? 0)]);
    return verdict(relayed ? "relay" : "path", [...seen, ...through]);
  }
  if (received >= lossNoticed) {
    const seen = [mine.lostReceived === null ? there("lostSent", received) : here("lostReceived", received), ...delay];
    if (most(it.othersLosingReceived, it.others))
      return verdict("my-downlink", [...seen, here("others-losing-received", it.othersLosingReceived, it.others)]);
    if (theirs && most(theirs.othersLosingSent, theirs.others))
      return verdict("their-uplink", [...seen, there("others-losing-sent", theirs.othersLosingSent, theirs.others)]);
    if (theirs?.others === 0 && isTight(theirs))
      return verdict("their-uplink", [
        ...seen,
        there("availableOutgoingBitrate", theirs.availableOutgoingBitrate ?? 0),
      ]);
    return verdict(relayed ? "relay" : "path", [...seen, ...through]);
  }
  // Nothing is lost, and yet the picture is poor: somebody's line is too thin for it.
  if (isTight(mine) && (mine.bandwidthLimited ?? 0) >= busy)
    return verdict("my-uplink", [
      here("availableOutgoingBitrate", mine.availableOutgoingBitrate ?? 0),
      here("bandwidthLimited", mine.bandwidthLimited ?? 0),
    ]);
  if (theirs && isTight(theirs) && (theirs.bandwidthLimited ?? 0) >= busy)
    return verdict("their-uplink", [
      there("availableOutgoingBitrate", theirs.availableOutgoingBitrate ?? 0),
      there("bandwidthLimited", theirs.bandwidthLimited ?? 0),
    ]);
  return delay.length === 0 ? null : verdict(relayed ? "relay" : "path", [...delay, ...through]);
}

/** About oneself: what holds towards everybody is one's own. `cases`: one for each of the others. */
export function diagnoseSelf(cases: readonly Case[]): Diagnosis {
  const verdicts = cases.map(diagnose);
  const own = (["my-microphone", "my-computer", "my-uplink", "my-downlink"] as const)
    .map((culprit) => verdicts.find((each) => each.culprit === culprit))
    .find((each) => each !== undefined);
  if (own) return own;
  const fine = verdicts.find(({ culprit }) => culprit === "nothing");
  // What is bad about one of the others is not bad about oneself.
  return verdict(verdicts.some(({ culprit }) => culprit !== "unknown") ? "nothing" : "unknown", fine?.evidence ?? []);
}

/** What shows that all is well. */
function calm(facts: Facts): readonly Evidence[] {
  return (["lostReceived", "lostSent", "roundTripTime"] as const).flatMap((fact) => {
    const value = facts[fact];
    return value === null ? [] : [here(fact, value)];
  });
}

function hasFacts(facts: Facts): boolean {
  return Object.values<number | null>({ ...facts }).some((value) => value !== null);
}

function isTight({ availableOutgoingBitrate }: Facts): boolean {
  return availableOutgoingBitrate !== null && availableOutgoingBitrate < tight;
}

function most(part: number, whole: number): boolean {
  return whole > 0 && part * 2 > whole;
}

function verdict(culprit: Culprit, evidence: readonly Evidence[]): Diagnosis {
  return { culprit, evidence };
}

function here(fact: Evidence["fact"], value: number, of?: number): Evidence {
  return { at: "here", fact, value, ...(of === undefined ? {} : { of }) };
}

function there(fact: Evidence["fact"], value: number, of?: number): Evidence {
  return { at: "there", fact, value, ...(of === undefined ? {} : { of }) };
}
