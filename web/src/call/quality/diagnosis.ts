import type { Digest, MicrophoneState } from "./digest.js";
import type { Facts } from "./facts.js";
import type { Relay } from "./sample.js";

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
  /** One of several, and what is known does not tell which: {@link Diagnosis.among}. */
  | "undecided"
  /** No media flows, or nothing was counted yet. */
  | "unknown";

/** Between which it may be undecided. A line is an uplink and a downlink. */
export type Suspect =
  "my-uplink" | "my-downlink" | "my-line" | "their-uplink" | "their-downlink" | "their-line" | "relay";

/** What was seen, and at which end. Shares 0 to 1, seconds, bits per second; the words are the view's. */
export interface Evidence {
  readonly at: "here" | "there";
  readonly fact:
    | keyof Facts
    | "microphone"
    | "others-losing-sent"
    | "others-losing-received"
    /** There is a relay in between, {@link Evidence.address}; it is that of the end at which this was seen. */
    | "relayed"
    /** So many connections through the own relay are as bad. */
    | "others-relayed"
    /** So many that do not go through it are not. */
    | "others-beside";
  readonly value: number;
  /** Of how many others. */
  readonly of?: number;
  /** Of a relay: its URL or its address. */
  readonly address?: string;
}

export interface Diagnosis {
  readonly culprit: Culprit;
  /** Where that is undecided. */
  readonly among?: readonly Suspect[];
  /** What speaks for it, most telling first. */
  readonly evidence: readonly Evidence[];
}

/** All that is known of one pair, from both ends. */
export interface Case {
  readonly mine: Facts | null;
  /** Null: the other end has told nothing, because it is older or out of reach. */
  readonly theirs: Digest | null;
  readonly relay: Relay | null;
  readonly microphone: MicrophoneState;
  readonly others: number;
  readonly othersLosingSent: number;
  readonly othersLosingReceived: number;
  /** Of the others, those who are reached without this end's own relay. */
  readonly beside: {
    readonly others: number;
    readonly losingSent: number;
    readonly losingReceived: number;
    readonly slow: number;
  };
}

/** From here on something is to blame. The same as those of a fair mark. */
export const lossNoticed = 0.03;
export const slow = 0.4;
const busy = 0.4;
const dropping = 0.2;
/** Bits per second that are not enough for sound and a small picture. */
const tight = 250_000;

/**
 * Names the culprit. What nobody can hear comes first; then a machine that is too busy, because it loses packets and frames by
 * itself; then the network, at the end that loses in the same direction towards others too. Where only two are in the call,
 * congestion control's word counts, since uplinks are what is thin most often; without it both ends are as likely, and it is said so.
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
  const { theirs } = it;
  // Each direction as both of its ends have counted it: a report may be late, or lost like what it reports.
  const sent = Math.max(mine.lostSent ?? 0, theirs?.lostReceived ?? 0);
  const received = Math.max(mine.lostReceived ?? 0, theirs?.lostSent ?? 0);
  const roundTrip = mine.roundTripTime ?? theirs?.roundTripTime ?? 0;
  const delay: Evidence[] = roundTrip >= slow ? [here("roundTripTime", roundTrip)] : [];
  const ways = {
    sent: [mine.lostSent === null ? there("lostReceived", sent) : here("lostSent", sent)],
    received: [mine.lostReceived === null ? there("lostSent", received) : here("lostReceived", received)],
  };
  const counted = { ...ways, delay, both: Math.min(sent, received) >= lossNoticed };
  if (sent >= lossNoticed && sent >= received) return lossOnTheWayThere(it, mine, counted);
  if (received >= lossNoticed) return lossOnTheWayHere(it, counted);
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
  if (delay.length === 0) return null;
  // Whoever is as far away without the relay is not far away because of it.
  if (it.relay?.at === "here" && most(it.beside.slow, it.beside.others)) return verdict("path", [...delay]);
  return between(it, delay);
}

/** What was counted in each direction, and whether both lose much. */
interface Counted {
  readonly sent: readonly Evidence[];
  readonly received: readonly Evidence[];
  readonly delay: readonly Evidence[];
  readonly both: boolean;
}

function lossOnTheWayThere(it: Case, mine: Facts, counted: Counted): Diagnosis {
  const { theirs, others, othersLosingSent, beside } = it;
  const seen = [...counted.sent, ...counted.delay];
  if (most(othersLosingSent, others))
    return ownLine(it, "my-uplink", beside.losingSent, [...seen, here("others-losing-sent", othersLosingSent, others)]);
  if (theirs && most(theirs.othersLosingReceived, theirs.others))
    return verdict("their-downlink", [
      ...seen,
      there("others-losing-received", theirs.othersLosingReceived, theirs.others),
    ]);
  const thin = isTight(mine) ? [here("availableOutgoingBitrate", mine.availableOutgoingBitrate ?? 0)] : [];
  if (others === 0 && thin.length > 0 && !it.relay) return verdict("my-uplink", [...seen, ...thin]);
  if (nobodyToCompare(it)) return undecided(it, ["my-uplink", "their-downlink"], counted, [...seen, ...thin]);
  return between(it, seen);
}

function lossOnTheWayHere(it: Case, counted: Counted): Diagnosis {
  const { theirs, others, othersLosingReceived, beside } = it;
  const seen = [...counted.received, ...counted.delay];
  if (most(othersLosingReceived, others))
    return ownLine(it, "my-downlink", beside.losingReceived, [
      ...seen,
      here("others-losing-received", othersLosingReceived, others),
    ]);
  if (theirs && most(theirs.othersLosingSent, theirs.others))
    return verdict("their-uplink", [...seen, there("others-losing-sent", theirs.othersLosingSent, theirs.others)]);
  const thin =
    theirs && isTight(theirs) ? [there("availableOutgoingBitrate", theirs.availableOutgoingBitrate ?? 0)] : [];
  if (theirs?.others === 0 && thin.length > 0 && !it.relay) return verdict("their-uplink", [...seen, ...thin]);
  if (nobodyToCompare(it)) return undecided(it, ["my-downlink", "their-uplink"], counted, [...seen, ...thin]);
  return between(it, seen);
}

/** It is lost towards most of the others. That is one's own line, or one's own relay if all that is bad goes through it. */
function ownLine(
  it: Case,
  line: "my-uplink" | "my-downlink",
  losingBeside: number,
  seen: readonly Evidence[],
): Diagnosis {
  const { relay, beside } = it;
  if (relay?.at !== "here" || most(losingBeside, beside.others)) return verdict(line, seen);
  if (beside.others === 0)
    return { culprit: "undecided", among: [line, "relay"], evidence: [...seen, ...relayed(relay)] };
  return between(it, seen);
}

/** It is neither end's line, as far as is known. */
function between({ relay, beside }: Case, seen: readonly Evidence[]): Diagnosis {
  if (!relay) return verdict("path", seen);
  const fine = beside.others - Math.max(beside.losingSent, beside.losingReceived, beside.slow);
  const without = relay.at === "here" && fine > 0 ? [here("others-beside", fine, beside.others)] : [];
  return verdict("relay", [...seen, ...relayed(relay), ...without]);
}

/** Neither end has anybody else, so that a line cannot be told from the other end's. */
function nobodyToCompare({ theirs, others }: Case): boolean {
  return others === 0 && (theirs?.others ?? 0) === 0;
}

function undecided(
  { relay }: Case,
  [own, other]: readonly [Suspect, Suspect],
  { sent, received, both }: Counted,
  seen: readonly Evidence[],
): Diagnosis {
  const lines: readonly [Suspect, Suspect] = both ? ["my-line", "their-line"] : [own, other];
  // The other direction, too: it is lost there as well, or it is fine and speaks for both downlinks or both uplinks.
  const rest = [...sent, ...received].filter((each) => !seen.includes(each));
  return {
    culprit: "undecided",
    among: relay ? [lines[0], "relay", lines[1]] : lines,
    evidence: [...seen, ...rest, ...(relay ? relayed(relay) : [])],
  };
}

function relayed({ at, address }: Relay): readonly Evidence[] {
  return [{ at, fact: "relayed", value: 1, ...(address === "" ? {} : { address }) }];
}

/** About oneself: what holds towards everybody is one's own. `cases`: one for each of the others. */
export function diagnoseSelf(cases: readonly Case[]): Diagnosis {
  const verdicts = cases.map(diagnose);
  const own = (["my-microphone", "my-computer", "my-uplink", "my-downlink"] as const)
    .map((culprit) => verdicts.find((each) => each.culprit === culprit))
    .find((each) => each !== undefined);
  const first = own ?? ownRelay(cases, verdicts) ?? verdicts.find(({ culprit }) => culprit === "undecided");
  if (first) return first;
  const fine = verdicts.find(({ culprit }) => culprit === "nothing");
  // What is bad about one of the others is not bad about oneself.
  return verdict(verdicts.some(({ culprit }) => culprit !== "unknown") ? "nothing" : "unknown", fine?.evidence ?? []);
}

/** The own relay, where most of what goes through it is bad. One of several connections may be bad because of the other end. */
function ownRelay(cases: readonly Case[], verdicts: readonly Diagnosis[]): Diagnosis | null {
  const through = verdicts.filter((_, index) => cases[index]?.relay?.at === "here");
  const bad = through.filter(({ culprit }) => culprit === "relay");
  const [worst] = bad;
  if (!worst || !most(bad.length, through.length)) return null;
  if (through.length === 1) return cases.length === 1 ? worst : null;
  return verdict("relay", [...worst.evidence, here("others-relayed", bad.length, through.length)]);
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
