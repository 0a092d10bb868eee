import { type Inspection, Inspector } from "../../rtc/journal/inspection.js";
import type { CandidateCount, Direction, Journal, JournalEntry, Milestone } from "../../rtc/journal/journal.js";
import type { Source } from "../../rtc/index.js";
import type { SignallingEntry, SignallingStep } from "../../signalling/index.js";
import { wayOf, type WayReading } from "./way.js";
import type { ConnectionRecord, ConnectionRole, PeerRecord } from "./story.js";

export type * from "../../rtc/journal/inspection.js";
export type * from "../../rtc/journal/journal.js";
export type { ConnectionRole, SignallingStep };

/** A call's story at a moment. All times: milliseconds since the person joined; below zero: before that. */
export interface StoryReading {
  readonly now: number;
  readonly signalling: readonly { readonly at: number; readonly step: SignallingStep }[];
  /** In order of arrival of their newest connections. */
  readonly peers: readonly PeerReading[];
}

export interface PeerReading {
  readonly id: string;
  readonly name: string;
  /** Newest first. */
  readonly connections: readonly ConnectionReading[];
}

export interface ConnectionReading extends ConnectionRole {
  /** 1 is the first one to this participant. */
  readonly number: number;
  readonly openedAt: number;
  /** Null while it is in use. */
  readonly closedAt: number | null;
  readonly milestones: Readonly<Partial<Record<Milestone, number>>>;
  readonly candidates: Readonly<Record<Direction, CandidateCount>>;
  /** Oldest first; before them, so many that were forgotten. */
  readonly entries: readonly JournalEntry[];
  readonly forgotten: number;
  /** What the connection says of itself now; null once it is closed. */
  readonly states: ConnectionStates | null;
  /** Addresses of the STUN and TURN servers that this end may use. */
  readonly iceServers: readonly string[];
  /** Null once the connection is closed. */
  readonly inspection: Inspection | null;
  /** What each stream of the inspection carries, by direction and mid. */
  readonly sources: Readonly<Record<Direction, Readonly<Record<string, Source>>>>;
}

/** In the W3C's own words. */
export interface ConnectionStates {
  readonly connection: RTCPeerConnectionState;
  readonly ice: RTCIceConnectionState;
  readonly gathering: RTCIceGatheringState;
  readonly signaling: RTCSignalingState;
}

/** Rates need the inspection before; it lives as long as its connection's journal. */
const inspectors = new WeakMap<Journal, Inspector>();

export async function readStory(
  begun: number,
  signalling: readonly SignallingEntry[],
  peers: readonly PeerRecord[],
): Promise<StoryReading> {
  return {
    now: performance.now() - begun,
    signalling: signalling.map(({ at, step }) => ({ at: at - begun, step })),
    peers: await Promise.all(
      peers.map(async ({ id, name, connections }) => ({
        id,
        name,
        connections: await Promise.all(connections.map((connection) => readConnection(begun, connection))),
      })),
    ),
  };
}

export async function readWay(journal: Journal): Promise<WayReading | null> {
  const path = journal.connection?.connectionState === "connected" ? (await inspect(journal))?.path : null;
  return path ? wayOf(path) : null;
}

async function readConnection(begun: number, { journal, ...connection }: ConnectionRecord): Promise<ConnectionReading> {
  const inspection = await inspect(journal);
  return {
    ...connection,
    openedAt: journal.openedAt - begun,
    closedAt: journal.closedAt === null ? null : journal.closedAt - begun,
    milestones: Object.fromEntries([...journal.milestones].map(([milestone, at]) => [milestone, at - begun])),
    candidates: journal.candidates,
    entries: journal.entries.map((entry) => ({ ...entry, at: entry.at - begun })),
    forgotten: journal.forgotten,
    states: journal.connection ? statesOf(journal.connection) : null,
    iceServers: journal.connection ? addressesOf(journal.connection) : [],
    inspection,
    sources: journal.sources,
  };
}

async function inspect(journal: Journal): Promise<Inspection | null> {
  const inspector = inspectors.get(journal) ?? new Inspector();
  inspectors.set(journal, inspector);
  try {
    const report = await journal.connection?.getStats();
    // Closed while the browser was counting: there is nothing to see any more.
    return report && journal.closedAt === null ? inspector.inspect(report) : null;
  } catch {
    return null;
  }
}

function statesOf(connection: RTCPeerConnection): ConnectionStates {
  return {
    connection: connection.connectionState,
    ice: connection.iceConnectionState,
    gathering: connection.iceGatheringState,
    signaling: connection.signalingState,
  };
}

/** Never the credentials. */
function addressesOf(connection: RTCPeerConnection): string[] {
  return (connection.getConfiguration().iceServers ?? []).flatMap(({ urls }) => urls);
}
