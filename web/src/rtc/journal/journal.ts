import type { DescriptionSignal, Signal } from "../negotiation.js";
import type { Sources } from "../source.js";
import { Ring } from "./ring.js";

/** Seen from this end. */
export type Direction = "sent" | "received";

export type CandidateType = "host" | "srflx" | "prflx" | "relay";

/** Whose state changed; the states are the W3C's own words. */
export type Machine = "connection" | "signaling" | "gathering" | "ice" | "dtls" | "channel";

export type JournalEvent =
  | {
      readonly kind: "offer" | "answer";
      readonly direction: Direction;
      readonly text: DescriptionText;
      /** It names other ICE credentials than the one before it: paths are looked for anew. */
      readonly restart: boolean;
      /** The same one once more, by its number: it, or its answer, may have been lost. */
      readonly again: boolean;
      /** An offer that met one of this end: `yielded`: ours was dropped for it, `ignored`: it was dropped for ours. */
      readonly collision: "yielded" | "ignored" | null;
    }
  /** An empty `text` ends the candidates of its generation. */
  | { readonly kind: "candidate"; readonly direction: Direction; readonly text: string }
  | { readonly kind: "state"; readonly of: Machine; readonly state: string }
  /** ICE sends by this pair of candidates from now on; not every browser says so when it happens. */
  | { readonly kind: "pair"; readonly local: string; readonly remote: string }
  /** The first packet of a received track. */
  | { readonly kind: "packet"; readonly media: "audio" | "video" }
  /** The first picture was shown. */
  | { readonly kind: "frame" };

/** `at`: milliseconds, by `performance.now()`. */
export type JournalEntry = JournalEvent & { readonly at: number; readonly number: number };

/** A session description; only those of the last few are kept, and each only up to a length. */
export interface DescriptionText {
  /** In UTF-16 code units, as it was. */
  readonly length: number;
  /** Null once it was forgotten. */
  readonly sdp: string | null;
}

/** What a connection reaches once; the time of the first time is kept for good. */
export type Milestone =
  "offer" | "answer" | "candidate" | "checking" | "path" | "keys" | "channel" | "audio" | "video" | "frame";

export type CandidateCount = Readonly<Record<CandidateType, number>>;

const maxEntries = 256;
const keptDescriptions = 6;
/** In UTF-16 code units: more than any browser writes for a call like ours; a stranger may send more. */
const maxDescription = 32_768;

/**
 * What passed on one connection, for whoever wants to see how a call works. It only listens, and its size is bounded: the
 * newest entries, the newest descriptions, and a handful of numbers.
 */
export class Journal {
  readonly openedAt = performance.now();
  readonly #polite: boolean;
  readonly #entries = new Ring<JournalEntry>(maxEntries);
  readonly #descriptions = new Ring<{ sdp: string | null }>(keptDescriptions);
  readonly #milestones = new Map<Milestone, number>();
  readonly #candidates = { sent: noCandidates(), received: noCandidates() };
  readonly #sources: Record<Direction, Sources> = { sent: {}, received: {} };
  /** Of the newest description in each direction. */
  readonly #ufrags: Record<Direction, string | null> = { sent: null, received: null };
  /** Numbers of the newest descriptions. */
  readonly #numbers = new Map<string, number>();
  /** The number of this end's offer that has no answer yet. */
  #awaited: number | null = null;
  #connection: RTCPeerConnection | null = null;
  #closedAt: number | null = null;

  /** `polite`: on a collision of offers this end gives way. */
  constructor(polite = false) {
    this.#polite = polite;
  }

  /** Oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.#entries.list;
  }

  /** Entries that had to make room for newer ones. */
  get forgotten(): number {
    return this.#entries.dropped;
  }

  get milestones(): ReadonlyMap<Milestone, number> {
    return this.#milestones;
  }

  /** All that ever passed, by type, without the ends of generations. */
  get candidates(): Readonly<Record<Direction, CandidateCount>> {
    return this.#candidates;
  }

  /** What each mid carries, as the newest description of either end said. */
  get sources(): Readonly<Record<Direction, Sources>> {
    return this.#sources;
  }

  get closedAt(): number | null {
    return this.#closedAt;
  }

  /** The connection to ask for statistics; null once it is closed. */
  get connection(): RTCPeerConnection | null {
    return this.#connection;
  }

  open(connection: RTCPeerConnection): void {
    this.#connection = connection;
  }

  close(): void {
    this.#connection = null;
    this.#closedAt ??= performance.now();
  }

  signal(direction: Direction, signal: Signal): void {
    if (this.#closedAt !== null) return;
    if (signal.type === "candidate") {
      const text = signal.candidate.candidate ?? "";
      const type = candidateType(text);
      if (type) this.#candidates[direction][type] += 1;
      this.add({ kind: "candidate", direction, text });
    } else {
      this.#describe(direction, signal);
      this.#sources[direction] = signal.sources;
    }
  }

  add(event: JournalEvent): void {
    if (this.#closedAt !== null) return;
    const at = performance.now();
    const milestone = milestoneOf(event);
    if (milestone && !this.#milestones.has(milestone)) this.#milestones.set(milestone, at);
    this.#entries.push({ ...event, at, number: this.#entries.pushed + 1 });
  }

  #describe(direction: Direction, { type, number, sdp }: DescriptionSignal): void {
    const text = { length: sdp.length, sdp: cut(sdp) };
    const oldest = this.#descriptions.push(text);
    if (oldest) oldest.sdp = null;
    const again = this.#numbers.get(`${direction} ${type}`) === number;
    this.#numbers.set(`${direction} ${type}`, number);
    const collision = direction === "received" && type === "offer" && !again ? this.#collide() : null;
    if (direction === "sent" && type === "offer") this.#awaited = number;
    if (direction === "received" && type === "answer" && number === this.#awaited) this.#awaited = null;
    const ufrag = /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
    const before = this.#ufrags[direction];
    if (collision !== "ignored") this.#ufrags[direction] = ufrag;
    this.add({ kind: type, direction, text, restart: before !== null && ufrag !== before, again, collision });
  }

  /** A new offer of the other end arrives. */
  #collide(): "yielded" | "ignored" | null {
    if (this.#awaited === null) return null;
    if (!this.#polite) return "ignored";
    this.#awaited = null;
    return "yielded";
  }
}

/** As in the text of a candidate: `… typ host …` (RFC 8839, section 5.1). */
export function candidateType(text: string): CandidateType | null {
  const type = / typ (host|srflx|prflx|relay)\b/.exec(text)?.[1];
  return (type as CandidateType | undefined) ?? null;
}

function noCandidates(): Record<CandidateType, number> {
  return { host: 0, srflx: 0, prflx: 0, relay: 0 };
}

function cut(sdp: string): string {
  return sdp.length <= maxDescription ? sdp : sdp.slice(0, maxDescription);
}

function milestoneOf(event: JournalEvent): Milestone | null {
  switch (event.kind) {
    case "offer":
    case "answer":
    case "candidate":
    case "frame":
      return event.kind;
    case "packet":
      return event.media;
    case "pair":
      return null;
    case "state":
      return stateMilestones[`${event.of} ${event.state}`] ?? null;
  }
}

const stateMilestones: Readonly<Record<string, Milestone>> = {
  "ice checking": "checking",
  "ice connected": "path",
  "ice completed": "path",
  "dtls connected": "keys",
  "channel open": "channel",
};
