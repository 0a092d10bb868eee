import { Journal } from "../../rtc/index.js";
import type { SignallingLog } from "../../signalling/index.js";
import type { StoryReading } from "./reading.js";
import type { WayReading } from "./way.js";

/** How a connection to a participant came about. */
export interface ConnectionRole {
  /** On a collision of offers this end gives way. */
  readonly polite: boolean;
  /** This end made the first offer. */
  readonly offersFirst: boolean;
}

export interface PeerRecord {
  readonly id: string;
  readonly name: string;
  /** Newest first. */
  readonly connections: readonly ConnectionRecord[];
}

export interface ConnectionRecord extends ConnectionRole {
  /** 1 is the first one to this participant. */
  readonly number: number;
  readonly journal: Journal;
}

/** Connections kept for each participant, and participants: with nobody in sight any more, the oldest go. */
const maxConnections = 4;
const maxPeers = 24;

/**
 * How this call came about and what carries it, for whoever wants to see. It costs next to nothing while nobody looks: what
 * makes sense of it is loaded by the first `read`.
 */
export class Story {
  /** When the person joined, by `performance.now()`. */
  #begun = performance.now();
  #signalling: SignallingLog | null = null;
  readonly #peers = new Map<string, PeerRecord>();

  /** The person has asked to join. */
  begin(): void {
    this.#begun = performance.now();
  }

  /** The way to the server is this one now. */
  follow(signalling: SignallingLog): void {
    this.#signalling = signalling;
  }

  /** A connection to a participant begins; what passes on it goes into the journal. */
  open(participant: { readonly id: string; readonly name: string }, role: ConnectionRole): Journal {
    const { id, name } = participant;
    const journal = new Journal(role.polite);
    const before = this.#peers.get(id)?.connections ?? [];
    const connection = { ...role, number: (before[0]?.number ?? 0) + 1, journal };
    this.#peers.delete(id);
    this.#peers.set(id, { id, name, connections: [connection, ...before].slice(0, maxConnections) });
    this.#forgetOldest();
    return journal;
  }

  /** A picture of this participant has been shown. */
  handlePicture(participantId: string): void {
    const journal = this.#peers.get(participantId)?.connections[0]?.journal;
    if (journal && !journal.milestones.has("frame")) journal.add({ kind: "frame" });
  }

  /** Everything as it is now, and what the browser tells of the connections. */
  async read(): Promise<StoryReading> {
    const { readStory } = await import("./reading.js");
    return readStory(this.#begun, this.#signalling?.entries ?? [], [...this.#peers.values()]);
  }

  /** How media goes to this participant now; null: not at all, or nobody knows. */
  async readWay(participantId: string): Promise<WayReading | null> {
    const { readWay } = await import("./reading.js");
    const journal = this.#peers.get(participantId)?.connections[0]?.journal;
    return journal ? readWay(journal) : null;
  }

  #forgetOldest(): void {
    for (const { id, connections } of this.#peers.values()) {
      if (this.#peers.size <= maxPeers) return;
      if (connections.every(({ journal }) => journal.closedAt !== null)) this.#peers.delete(id);
    }
  }
}
