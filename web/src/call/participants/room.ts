import { type CreateConnection, PeerLink, type Signal, type Source } from "../../rtc/index.js";
import type {
  Admission,
  Incarnations,
  Participant,
  Result,
  ServerMessage,
  Signalling,
} from "../../signalling/index.js";
import type { IceServerLease } from "../ice-server-lease.js";
import type { RemoteParticipant } from "../state.js";
import { cameraBitrate } from "./camera-bitrate.js";
import { RemotePeer } from "./remote-peer.js";

/** What this end sends, by source. */
export type Outgoing = ReadonlyMap<Source, MediaStreamTrack>;

export interface RoomOptions {
  readonly signalling: Pick<Signalling, "offer" | "answer" | "candidate">;
  readonly iceServers: Pick<IceServerLease, "servers" | "renew">;
  readonly createConnection: CreateConnection;
  readonly outgoing: Outgoing;
  readonly onChange: () => void;
  /** A peer misbehaved, or a request of this end broke a rule: for logs. */
  readonly onError: (error: unknown) => void;
}

/**
 * The others in the room, from one admission until the next or the end. Those already there when somebody arrives offer to
 * the newcomer. What comes from strangers, or belongs to another page load of either end, is dropped.
 */
export class Room {
  readonly self: Participant;
  readonly #options: RoomOptions;
  readonly #peers = new Map<string, RemotePeer>();
  #outgoing: Outgoing;
  #snapshot: readonly RemoteParticipant[] = [];
  #closed = false;

  constructor(admission: Admission, options: RoomOptions) {
    this.self = admission.self;
    this.#options = options;
    this.#outgoing = options.outgoing;
    for (const participant of admission.participants) this.#peers.set(participant.id, new RemotePeer(participant));
  }

  /** In order of arrival; the same array as before while nothing changed. */
  get snapshot(): readonly RemoteParticipant[] {
    const next = Array.from(this.#peers.values(), (peer) => peer.snapshot);
    const changed = next.length !== this.#snapshot.length || next.some((remote, at) => remote !== this.#snapshot[at]);
    if (changed) this.#snapshot = next;
    return this.#snapshot;
  }

  /** Whether anybody could be speaking. */
  get audible(): boolean {
    return Array.from(this.#peers.values()).some((peer) => peer.audible);
  }

  handleMessage(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        this.#handleWelcome(message.participant);
        break;
      case "offer":
      case "answer": {
        const link = this.#linkFor(message.from, message.incarnations);
        void link?.handleDescription(message.type, message.sdp, message.sources);
        break;
      }
      case "candidate": {
        const link = this.#linkFor(message.from, message.incarnations);
        void link?.handleCandidate(message.candidate);
        break;
      }
      case "media": {
        const peer = this.#peers.get(message.id);
        if (peer) peer.media = message.media;
        break;
      }
      case "left":
        this.#remove(message.id);
        break;
    }
    this.#options.onChange();
  }

  /** Sends what `outgoing` holds, to everybody here and to everybody who comes. */
  send(outgoing: Outgoing): void {
    const before = this.#outgoing;
    this.#outgoing = outgoing;
    for (const source of new Set([...before.keys(), ...outgoing.keys()])) {
      const track = outgoing.get(source) ?? null;
      if (track === (before.get(source) ?? null)) continue;
      for (const peer of this.#peers.values()) peer.link?.send(source, track);
    }
  }

  /** Listens once to everybody; returns whether somebody began or ended speaking. */
  listen(now: number): boolean {
    let changed = false;
    for (const peer of this.#peers.values()) changed = peer.listen(now) || changed;
    return changed;
  }

  close(): void {
    this.#closed = true;
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
  }

  #handleWelcome(participant: Participant): void {
    const known = this.#peers.get(participant.id);
    // The same page load came back: its media was never touched.
    if (known?.incarnation === participant.incarnation) {
      known.media = participant.media;
      return;
    }
    known?.close();
    const peer = new RemotePeer(participant);
    this.#peers.set(participant.id, peer);
    this.#connect(peer, true);
  }

  #linkFor(from: string, incarnations: Incarnations): PeerLink | null {
    const peer = this.#peers.get(from);
    if (peer?.incarnation !== incarnations.from || this.self.incarnation !== incarnations.to) return null;
    return peer.link ?? this.#connect(peer, false);
  }

  #connect(peer: RemotePeer, offersFirst: boolean): PeerLink {
    const { createConnection, iceServers, onChange, onError } = this.#options;
    const link = new PeerLink(
      { polite: this.self.id < peer.id, offersFirst, iceServers: iceServers.servers, createConnection },
      {
        onSignal: (signal) => void this.#signal(peer, signal),
        onChange: () => {
          if (!this.#closed) onChange();
        },
        onMessage: () => {},
        onError,
        freshIceServers: () => iceServers.renew(),
      },
    );
    peer.attach(link);
    for (const [source, track] of this.#outgoing) link.send(source, track);
    link.start();
    this.#shareUplink();
    return link;
  }

  async #signal(peer: RemotePeer, signal: Signal): Promise<void> {
    const result = await this.#deliver(peer, signal);
    if (result.ok || this.#closed) return;
    switch (result.error.code) {
      case "unknown-participant":
        if (this.#peers.get(peer.id) !== peer) return;
        this.#remove(peer.id);
        this.#options.onChange();
        break;
      // A `welcome` or `left` is under way; without a connection, everything begins anew once it is back.
      case "stale":
      case "unanswered":
        break;
      default:
        this.#options.onError(new Error(`${signal.type}: ${result.error.code}: ${result.error.message}`));
    }
  }

  #deliver(peer: RemotePeer, signal: Signal): Promise<Result> {
    const { signalling } = this.#options;
    const incarnations = { from: this.self.incarnation, to: peer.incarnation };
    if (signal.type !== "candidate") {
      return signalling[signal.type](peer.id, { incarnations, sdp: signal.sdp, sources: signal.sources });
    }
    const { candidate = "", sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = signal.candidate;
    return signalling.candidate(peer.id, {
      incarnations,
      candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment },
    });
  }

  #remove(id: string): void {
    this.#peers.get(id)?.close();
    this.#peers.delete(id);
    this.#shareUplink();
  }

  #shareUplink(): void {
    const limit = cameraBitrate(this.#peers.size);
    for (const peer of this.#peers.values()) peer.link?.limitCamera(limit);
  }
}
