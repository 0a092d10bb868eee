import type { Source, Sources } from "../../rtc/index.js";

/**
 * What one connection did in about two seconds, out of two reports of `getStats`. Names and units are those of W3C Identifiers for
 * WebRTC's Statistics API wherever it has one; what it counts from the beginning is counted here from the sample before. Null
 * everywhere: this browser does not tell, or not yet.
 */
export interface Sample {
  /** In milliseconds, by the browser's clock. */
  readonly timestamp: number;
  /** In seconds. */
  readonly currentRoundTripTime: number | null;
  /** In bits per second, as congestion control estimates it; Firefox (153) does not tell. */
  readonly availableOutgoingBitrate: number | null;
  /** The TURN server that it goes through: this end's own, if both have one in between. Null: it goes directly. */
  readonly relay: Relay | null;
  readonly sent: Flows<SentFlow>;
  readonly received: Flows<ReceivedFlow>;
}

export interface Relay {
  /** Whose it is. */
  readonly at: "here" | "there";
  /** The URL by which this end reaches its own, or the address at which the other end's is reached; empty where it is not told. */
  readonly address: string;
}

export type Flows<T> = Readonly<Partial<Record<Source, T>>>;

export interface Flow {
  /** In bits per second. */
  readonly bitrate: number;
  readonly packets: number;
  /** Of what is sent: as the other end has reported it. */
  readonly packetsLost: number;
  readonly frameWidth: number | null;
  readonly frameHeight: number | null;
  readonly framesPerSecond: number | null;
}

export interface SentFlow extends Flow {
  /** Share of the time in which the machine was the limit, 0 to 1. Where the browser does not tell: the encoder was busy throughout. */
  readonly cpuLimited: number | null;
  readonly bandwidthLimited: number | null;
}

export interface ReceivedFlow extends Flow {
  /** In seconds. */
  readonly jitter: number | null;
  /** Share of the sound that was made up because packets came too late or never, 0 to 1. */
  readonly concealed: number | null;
  /** Share of the frames that this machine did not get to show, 0 to 1. */
  readonly framesDropped: number | null;
  /** Share of the time in which the picture stood still, 0 to 1. */
  readonly frozen: number | null;
}

type Stats = Readonly<Record<string, unknown>>;
type Report = ReadonlyMap<string, unknown>;

/** Two reports that are further apart than this (milliseconds) tell nothing of now: the page was asleep. */
const longestGap = 15_000;

/** What is sampled between `before` and `now`; null: they cannot be compared. */
export function sampleOf(
  before: Report | null,
  now: Report,
  flows: { readonly sent: Sources; readonly received: Sources },
): Sample | null {
  const pair = selectedPair(now);
  const earlier = before && selectedPair(before);
  const timestamp = number(pair?.["timestamp"]);
  const since = timestamp === null ? null : timestamp - (number(earlier?.["timestamp"]) ?? timestamp);
  if (!before || !pair || timestamp === null || since === null || since <= 0 || since > longestGap) return null;
  const sent: Partial<Record<Source, SentFlow>> = {};
  const received: Partial<Record<Source, ReceivedFlow>> = {};
  for (const stats of now.values()) {
    if (!isRecord(stats)) continue;
    const change = changesOf(stats, before);
    const mid = text(stats["mid"]);
    if (!change || mid === null) continue;
    const sending = flows.sent[mid];
    const receiving = flows.received[mid];
    if (stats["type"] === "outbound-rtp" && sending) sent[sending] = sentFlow(stats, change, now, before);
    if (stats["type"] === "inbound-rtp" && receiving) received[receiving] = receivedFlow(stats, change);
  }
  return {
    timestamp,
    currentRoundTripTime: number(pair["currentRoundTripTime"]),
    availableOutgoingBitrate: number(pair["availableOutgoingBitrate"]),
    relay:
      relayOf(record(now, pair["localCandidateId"]), "here") ??
      relayOf(record(now, pair["remoteCandidateId"]), "there"),
    sent,
    received,
  };
}

/** Firefox (153) tells no URL, and Chromium none of the other end's; both tell the address that the relay has given. */
function relayOf(candidate: Stats | undefined, at: Relay["at"]): Relay | null {
  if (candidate?.["candidateType"] !== "relay") return null;
  return { at, address: text(candidate["url"]) ?? text(candidate["address"]) ?? "" };
}

/** By how much a counter has grown, and in what time. */
interface Change {
  /** Seconds. */
  readonly seconds: number;
  /** Null where it is not told. Never less than 0: a counter that begins anew has counted nothing yet. */
  of(name: string): number | null;
}

function changesOf(stats: Stats, before: Report): Change | null {
  const earlier = record(before, stats["id"]);
  const milliseconds = (number(stats["timestamp"]) ?? 0) - (number(earlier?.["timestamp"]) ?? 0);
  if (!earlier || milliseconds <= 0 || milliseconds > longestGap) return null;
  return {
    seconds: milliseconds / 1_000,
    of: (name) => {
      const [now, then] = [number(stats[name]), number(earlier[name])];
      return now === null ? null : Math.max(0, now - (then ?? 0));
    },
  };
}

function sentFlow(stats: Stats, change: Change, now: Report, before: Report): SentFlow {
  const remote = record(now, stats["remoteId"]);
  const limits = record(new Map([["now", stats["qualityLimitationDurations"]]]), "now");
  const earlier = record(new Map([["then", record(before, stats["id"])?.["qualityLimitationDurations"]]]), "then");
  const limited = (reason: string): number | null => {
    const seconds = number(limits?.[reason]);
    return seconds === null ? null : share(seconds - (number(earlier?.[reason]) ?? 0), change.seconds);
  };
  const encoding = change.of("totalEncodeTime");
  return {
    bitrate: ((change.of("bytesSent") ?? 0) * 8) / change.seconds,
    packets: change.of("packetsSent") ?? 0,
    packetsLost: (remote && lostSince(remote, before)) ?? 0,
    ...picture(stats, change, "framesEncoded"),
    cpuLimited:
      limited("cpu") ??
      (encoding === null || stats["kind"] !== "video" ? null : Number(encoding > 0.9 * change.seconds)),
    bandwidthLimited: limited("bandwidth"),
  };
}

/** Reports come once in a while: without a new one nothing is known to be lost. */
function lostSince(remote: Stats, before: Report): number | null {
  const earlier = record(before, remote["id"]);
  const [now, then] = [number(remote["packetsLost"]), number(earlier?.["packetsLost"])];
  return now === null || then === null ? null : Math.max(0, now - then);
}

function receivedFlow(stats: Stats, change: Change): ReceivedFlow {
  const samples = change.of("totalSamplesReceived");
  const concealed = change.of("concealedSamples");
  const decoded = change.of("framesDecoded");
  const dropped = change.of("framesDropped");
  const frozen = change.of("totalFreezesDuration");
  return {
    bitrate: ((change.of("bytesReceived") ?? 0) * 8) / change.seconds,
    packets: change.of("packetsReceived") ?? 0,
    packetsLost: change.of("packetsLost") ?? 0,
    ...picture(stats, change, "framesDecoded"),
    jitter: number(stats["jitter"]),
    // What is filled in while nobody sends anything is silence, and nothing is missing.
    concealed:
      samples === null || samples === 0 || concealed === null
        ? null
        : share(concealed - (change.of("silentConcealedSamples") ?? 0), samples),
    framesDropped:
      decoded === null || dropped === null || decoded + dropped === 0 ? null : share(dropped, decoded + dropped),
    // A pause that is longer than the time between two samples was one of the sender's: a camera that was off.
    frozen: frozen === null || frozen > 2 * change.seconds ? null : share(frozen, change.seconds),
  };
}

function picture(
  stats: Stats,
  change: Change,
  counter: string,
): Pick<Flow, "frameWidth" | "frameHeight" | "framesPerSecond"> {
  const frames = change.of(counter);
  return {
    frameWidth: number(stats["frameWidth"]),
    frameHeight: number(stats["frameHeight"]),
    // Counted, since browsers leave the last figure standing when a picture stops.
    framesPerSecond: frames === null || stats["kind"] !== "video" ? null : frames / change.seconds,
  };
}

/** The transport's word is the specification's and comes first; Firefox marks the pair itself. */
function selectedPair(report: Report): Stats | undefined {
  const all = [...report.values()].filter(isRecord);
  const transport = all.find(({ type }) => type === "transport");
  return (
    record(report, transport?.["selectedCandidatePairId"]) ??
    all.find(({ type, selected }) => type === "candidate-pair" && selected === true)
  );
}

function share(part: number, whole: number): number {
  return Math.min(1, Math.max(0, part / whole));
}

function record(report: Report, id: unknown): Stats | undefined {
  const stats = typeof id === "string" ? report.get(id) : undefined;
  return isRecord(stats) ? stats : undefined;
}

function isRecord(value: unknown): value is Stats {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
