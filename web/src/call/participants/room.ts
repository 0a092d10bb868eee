import {
  type CreateConnection,
  PeerLink,
  type Signal,
  type Source,
  drawConnectionId,
  unlimited,
} from "../../rtc/index.js";
import type {
  Admission,
  Incarnations,
  Participant,
  Result,
  ServerMessage,
  Signalling,
} from "../../signalling/index.js";
import type { Exchange, Port } from "../exchange/exchange.js";
import type { IceServerLease } from "../ice-server-lease.js";
import type { RemoteParticipant } from "../state.js";
import type { Story } from "../story/story.js";
import { cameraBitrate } from "./camera-bitrate.js";
import { Departures } from "./departures.js";
import { RemotePeer } from "./remote-peer.js";

/** What this end sends, by source. */
export type Outgoing = ReadonlyMap<Source, MediaStreamTrack>;

export interface RoomOptions {
  readonly signalling: Pick<Signalling, "offer" | "answer" | "candidate">;
  readonly iceServers: Pick<IceServerLease, "servers" | "fresh">;
  readonly createConnection: CreateConnection;
  readonly outgoing: Outgoing;
  /** What the others tell directly, and the way to tell them. */
  readonly exchange: Pick<Exchange, "handleReady" | "handleMessage" | "handleChannel" | "handleGone">;
  /** Where to write how each connection comes about. */
  readonly story?: Pick<Story, "open"> | undefined;
  readonly onChange: () => void;
  /** A peer misbehaved, or a request of this end broke a rule: for logs. */
  readonly onError: (error: unknown) => void;
}

/** How long (milliseconds) those have to come back whom the server does not list when this end has come back. */
const returnTime = 6_000;

/**
 * The others in the room, from the first admission to a seat until that seat ends. Those already there when somebody
 * arrives offer to the newcomer. What comes from strangers, or belongs to another page load of either end, is dropped.
 *
 * Connections outlive the signalling, of either end: who has come back keeps them, and repeats what may have been lost.
 */
export class Room {
  #self: Participant;
  readonly #options: RoomOptions;
  readonly #peers = new Map<string, RemotePeer>();
  readonly #departures = new Departures((peer) => this.#remove(peer));
  #outgoing: Outgoing;
  #snapshot: readonly RemoteParticipant[] = [];
  #closed = false;

  constructor(admission: Admission, options: RoomOptions) {
    this.#self = admission.self;
    this.#options = options;
    this.#outgoing = options.outgoing;
    for (const participant of admission.participants) this.#peers.set(participant.id, new RemotePeer(participant));
  }

  get self(): Participant {
    return this.#self;
  }

  /** In order of arrival; the same array as before while nothing changed. */
  get snapshot(): readonly RemoteParticipant[] {
    const next = Array.from(this.#peers.values(), (peer) => peer.snapshot);
    const changed = next.length !== this.#snapshot.length || next.some((remote, at) => remote !== this.#snapshot[at]);
    if (changed) this.#snapshot = next;
    return this.#snapshot;
  }

  /** The connections there are, each with whom it leads to. */
  get links(): readonly { readonly id: string; readonly link: PeerLink }[] {
    return Array.from(this.#peers.values()).flatMap(({ id, link }) => (link ? [{ id, link }] : []));
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
      case "away": {
        const peer = this.#peers.get(message.id);
        peer?.handleAway();
        peer?.link?.suspend();
        break;
      }
      case "offer": {
        const peer = this.#sender(message.from, message.incarnations);
        const link = peer && this.#linkForOffer(peer, message.connection);
        void link?.handleDescription(message);
        break;
      }
      case "answer": {
        const link = this.#sender(message.from, message.incarnations)?.link;
        if (link?.id === message.connection) void link.handleDescription(message);
        break;
      }
      case "candidate": {
        const peer = this.#sender(message.from, message.incarnations);
        const link = peer && (peer.link ?? this.#connect(peer, message.connection, false));
        if (link?.id === message.connection) void link.handleCandidate(message.candidate);
        break;
      }
      case "media": {
        const peer = this.#peers.get(message.id);
        if (peer) peer.media = message.media;
        break;
      }
      case "left": {
        const peer = this.#peers.get(message.id);
        if (peer && message.reason === "gone") this.#unlist(peer);
        else if (peer) this.#remove(peer);
        break;
      }
      case "role":
        this.#handleStanding(message.id, { role: message.role });
        break;
      case "hand":
        this.#handleStanding(message.id, { hand: message.hand });
        break;
      default:
        // Of the room as a whole, or the end of the call: others see to it.
        break;
    }
    this.#options.onChange();
  }

  /** Back in the same seat. */
  handleAdmission({ self, participants }: Admission): void {
    this.#self = self;
    const listed = new Set(participants.map(({ id }) => id));
    for (const peer of this.#peers.values()) if (!listed.has(peer.id)) this.#unlist(peer, returnTime);
    for (const participant of participants) {
      const known = this.#peers.get(participant.id);
      // To whom we are new, in whatever way, that one offers: it has been told of us.
      if (known?.incarnation === participant.incarnation) this.#handleReturn(known, participant);
      else this.#add(participant);
    }
    this.#shareUplink();
    this.#options.onChange();
  }

  /** The server is out of reach: nothing can be negotiated, and media goes on. */
  handleLoss(): void {
    for (const peer of this.#peers.values()) peer.link?.suspend();
  }

  /** The network may be another one, or (`moved`) is: what is down is restored at once, and then everything is. */
  hurry(moved: boolean): void {
    for (const peer of this.#peers.values()) peer.link?.hurry(moved);
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
    this.#departures.close();
    for (const peer of this.#peers.values()) this.#closePeer(peer);
    this.#peers.clear();
  }

  #handleWelcome(participant: Participant): void {
    const known = this.#peers.get(participant.id);
    if (known?.incarnation === participant.incarnation) this.#handleReturn(known, participant);
    const peer = known?.incarnation === participant.incarnation ? known : this.#add(participant);
    if (!peer.link) this.#connect(peer, drawConnectionId(), true);
  }

  #handleStanding(id: string, standing: Partial<Pick<Participant, "role" | "hand">>): void {
    if (id === this.#self.id) this.#self = { ...this.#self, ...standing };
    else this.#peers.get(id)?.handleStanding(standing);
  }

  /** The same page load came back, or we did: its media was never touched. */
  #handleReturn(peer: RemotePeer, participant: Participant): void {
    peer.handleParticipant(participant);
    this.#departures.cancel(peer);
    if (!participant.away) peer.link?.resume();
  }

  /** A participant, or page load of one, that was not here before. */
  #add(participant: Participant): RemotePeer {
    const known = this.#peers.get(participant.id);
    if (known) this.#departures.cancel(known);
    if (known) this.#closePeer(known);
    const peer = new RemotePeer(participant, known);
    this.#peers.set(participant.id, peer);
    return peer;
  }

  /** The server does not know this participant any more. The path to it does not lead through the server. */
  #unlist(peer: RemotePeer, patience = 0): void {
    if (!peer.listed && patience === 0) return;
    peer.handleUnlisted();
    peer.link?.suspend();
    this.#departures.cancel(peer);
    this.#departures.expect(peer, patience);
  }

  #sender(from: string, incarnations: Incarnations): RemotePeer | null {
    const peer = this.#peers.get(from);
    return peer?.incarnation === incarnations.from && this.#self.incarnation === incarnations.to ? peer : null;
  }

  /** An offer of a connection that is not known here is the first one of a new connection. */
  #linkForOffer(peer: RemotePeer, connection: string): PeerLink | null {
    const { link } = peer;
    if (link?.id === connection) return link;
    // Making a connection costs far more than naming one.
    if (link && (this.#insists(peer, link) || !peer.replacements.take())) return null;
    return this.#connect(peer, connection, false);
  }

  /** When both ends wait for an answer, the impolite end's offer counts. */
  #insists(peer: RemotePeer, link: PeerLink): boolean {
    return link.offering && !this.#isPolite(peer);
  }

  #isPolite(peer: RemotePeer): boolean {
    return this.#self.id < peer.id;
  }

  #connect(peer: RemotePeer, id: string, offersFirst: boolean): PeerLink {
    const { createConnection, iceServers, story, exchange, onError } = this.#options;
    const role = { polite: this.#isPolite(peer), offersFirst };
    const journal = story?.open(peer.snapshot, role);
    const link: PeerLink = new PeerLink(
      { id, ...role, iceServers: iceServers.servers, createConnection, journal },
      {
        onSignal: (signal) => void this.#signal(peer, link.id, signal),
        onChange: () => this.#handleLinkChange(peer),
        onReady: () => exchange.handleReady(portTo(peer, link)),
        onMessage: (message) => exchange.handleMessage(message, peer),
        onChannel: (channel) => exchange.handleChannel(channel, peer),
        onForeign: (signal) => {
          if (this.#peers.get(peer.id) === peer) this.#handleForeign(peer, link, signal);
        },
        onBroken: () => void this.#connect(peer, drawConnectionId(), true),
        onError,
        freshIceServers: () => iceServers.fresh(),
      },
    );
    exchange.handleGone(peer.id);
    peer.attach(link);
    for (const [source, track] of this.#outgoing) link.send(source, track);
    link.start();
    this.#shareUplink();
    return link;
  }

  /** A signal that was meant for `link` and came from the successor that it has at the other end. */
  #handleForeign(peer: RemotePeer, link: PeerLink, signal: Signal): void {
    const current = peer.link;
    if (signal.type === "candidate") {
      if (current !== link && current?.id === link.id) void current.handleCandidate(signal.candidate);
    } else if (signal.type === "offer") {
      if (current && (this.#insists(peer, current) || !peer.replacements.take())) return;
      void this.#connect(peer, link.id, false).handleDescription(signal);
    } else if (current === link && peer.replacements.take()) {
      // There is nothing at the other end that this offer could go on with.
      this.#connect(peer, drawConnectionId(), true);
    }
  }

  #handleLinkChange(peer: RemotePeer): void {
    if (this.#closed) return;
    // The whole network may be gone with it: asking the server finds out soon.
    if (peer.link?.path === "interrupted") void this.#options.iceServers.fresh();
    if (peer.link?.abandoned) this.#options.exchange.handleGone(peer.id);
    this.#departures.handleChange(peer);
    this.#options.onChange();
  }

  async #signal(peer: RemotePeer, connection: string, signal: Signal): Promise<void> {
    const { listings } = peer;
    const result = await this.#deliver(peer, connection, signal);
    if (result.ok || this.#closed) return;
    switch (result.error.code) {
      case "unknown-participant":
        // Who has come back since then is known again.
        if (this.#peers.get(peer.id) !== peer || peer.listings !== listings) return;
        this.#unlist(peer);
        this.#options.onChange();
        break;
      // A `welcome` or `left` is under way, or this end is about to come back: what is needed is repeated then.
      case "stale":
      case "away":
      case "unanswered":
        break;
      default:
        this.#options.onError(new Error(`${signal.type}: ${result.error.code}: ${result.error.message}`));
    }
  }

  #deliver(peer: RemotePeer, connection: string, signal: Signal): Promise<Result> {
    const { signalling } = this.#options;
    const incarnations = { from: this.#self.incarnation, to: peer.incarnation };
    if (signal.type !== "candidate") {
      const { type, number, sdp, sources } = signal;
      return signalling[type](peer.id, { incarnations, connection, number, sdp, sources });
    }
    const { candidate = "", sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = signal.candidate;
    return signalling.candidate(peer.id, {
      incarnations,
      connection,
      candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment },
    });
  }

  #remove(peer: RemotePeer): void {
    this.#departures.cancel(peer);
    this.#closePeer(peer);
    this.#peers.delete(peer.id);
    this.#shareUplink();
    this.#options.onChange();
  }

  #closePeer(peer: RemotePeer): void {
    this.#options.exchange.handleGone(peer.id);
    peer.close();
  }

  #shareUplink(): void {
    const limit = cameraBitrate(this.#peers.size);
    for (const peer of this.#peers.values()) peer.link?.limit("camera", { ...unlimited, maxBitrate: limit });
  }
}

function portTo(peer: RemotePeer, link: PeerLink): Port {
  return {
    id: peer.id,
    incarnation: peer.incarnation,
    get name() {
      return peer.name;
    },
    post: (type, fields) => link.post(type, fields),
    openChannel: (label, options) => link.openChannel(label, options),
  };
}
