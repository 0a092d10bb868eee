import type { Flow, ReceivedFlow, Sample, SentFlow } from "./sample.js";

/**
 * How one pair has done lately, in one end's eyes: what marks, sending and the diagnosis are decided by, and what this end tells
 * the other. Shares are 0 to 1, times in seconds, rates in bits per second; null: not known.
 */
export interface Facts {
  readonly roundTripTime: number | null;
  readonly availableOutgoingBitrate: number | null;
  /** Of what this end sent, as the other end has counted. */
  readonly lostSent: number | null;
  readonly lostReceived: number | null;
  readonly jitter: number | null;
  readonly concealed: number | null;
  readonly frozen: number | null;
  /** Frames that came and that this machine did not get to show. */
  readonly framesDropped: number | null;
  /** This machine was too busy to encode the picture as it should be. */
  readonly cpuLimited: number | null;
  readonly bandwidthLimited: number | null;
}

export const noFacts: Facts = {
  roundTripTime: null,
  availableOutgoingBitrate: null,
  lostSent: null,
  lostReceived: null,
  jitter: null,
  concealed: null,
  frozen: null,
  framesDropped: null,
  cpuLimited: null,
  bandwidthLimited: null,
};

/** So many samples are "lately". */
const lately = 3;

/** Of fewer packets nothing is said: a few that are lost of the few that a silent microphone sends are no bad connection. */
const fewestPackets = 25;

export function factsOf(samples: readonly Sample[]): Facts {
  const recent = samples.slice(-lately);
  const newest = recent.at(-1);
  if (!newest) return noFacts;
  const sent = recent.flatMap((sample) => Object.values<SentFlow>(sample.sent));
  const received = recent.flatMap((sample) => Object.values<ReceivedFlow>(sample.received));
  const heard = recent.flatMap(({ received: { microphone } }) => microphone ?? []);
  return {
    roundTripTime: newest.currentRoundTripTime,
    availableOutgoingBitrate: newest.availableOutgoingBitrate,
    lostSent: lostOf(sent, "sent"),
    lostReceived: lostOf(received, "received"),
    jitter: mean(heard.map(({ jitter }) => jitter)),
    concealed: mean(heard.map(({ concealed }) => concealed)),
    frozen: mean(received.map(({ frozen }) => frozen)),
    framesDropped: mean(received.map(({ framesDropped }) => framesDropped)),
    cpuLimited: mean(sent.map(({ cpuLimited }) => cpuLimited)),
    bandwidthLimited: mean(sent.map(({ bandwidthLimited }) => bandwidthLimited)),
  };
}

/** What was lost of what is sent is among what was sent; what was lost of what is received never came. */
function lostOf(flows: readonly Flow[], direction: "sent" | "received"): number | null {
  const lost = flows.reduce((sum, { packetsLost }) => sum + packetsLost, 0);
  const packets = flows.reduce((sum, flow) => sum + flow.packets, 0) + (direction === "received" ? lost : 0);
  return packets < fewestPackets ? null : Math.min(1, lost / packets);
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
