import { type Facts, noFacts } from "./facts.js";

/** What one end tells the other of how things are there, so that both can name the part that is to blame. */
export interface Digest extends Facts {
  readonly microphone: MicrophoneState;
  /** Connections to people other than the one who is told, and how many of those lose much in each direction. */
  readonly others: number;
  readonly othersLosingSent: number;
  readonly othersLosingReceived: number;
}

/** `silent`: on, and nothing but digital silence comes of it. */
export type MicrophoneState = "on" | "off" | "silent";

/** No call has more people. */
const mostOthers = 64;

/** The largest value that is believed, by field. */
const bounds: Readonly<Record<keyof Facts, number>> = {
  roundTripTime: 60,
  availableOutgoingBitrate: 10_000_000_000,
  lostSent: 1,
  lostReceived: 1,
  jitter: 60,
  concealed: 1,
  frozen: 1,
  framesDropped: 1,
  cpuLimited: 1,
  bandwidthLimited: 1,
};

const factNames = Object.keys(bounds) as (keyof Facts)[];

/** As it travels: what is not known is left out, and nobody needs more than three digits. */
export function writeDigest(digest: Digest): Readonly<Record<string, number | string>> {
  const { microphone, others, othersLosingSent, othersLosingReceived } = digest;
  const facts = factNames.flatMap((name) => {
    const value = digest[name];
    return value === null ? [] : [[name, Number(value.toPrecision(3))] as const];
  });
  return { ...Object.fromEntries(facts), microphone, others, othersLosingSent, othersLosingReceived };
}

/** Null where it is not what it should be: half of a lie is not evidence. */
export function readDigest(message: Readonly<Record<string, unknown>>): Digest | null {
  const facts: Record<keyof Facts, number | null> = { ...noFacts };
  for (const name of factNames) {
    const value = message[name];
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value >= 0 && value <= bounds[name])) return null;
    facts[name] = value;
  }
  const { microphone } = message;
  const others = count(message["others"], mostOthers);
  const othersLosingSent = count(message["othersLosingSent"], others ?? 0);
  const othersLosingReceived = count(message["othersLosingReceived"], others ?? 0);
  if (microphone !== "on" && microphone !== "off" && microphone !== "silent") return null;
  if (others === null || othersLosingSent === null || othersLosingReceived === null) return null;
  return { ...facts, microphone, others, othersLosingSent, othersLosingReceived };
}

function count(value: unknown, most: number): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most ? value : null;
}
