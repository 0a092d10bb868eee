import { fingerprintsIn } from "./fingerprints.js";
import { IceRecovery } from "./ice-recovery.js";
import { pathIn } from "./journal/inspection.js";
import { candidateType, type Journal } from "./journal/journal.js";
import { watchChannel, watchConnection } from "./journal/watch.js";
import { type DescriptionSignal, Negotiation, type Signal } from "./negotiation.js";
import { type Envelope, PeerChannel, channelLabel } from "./peer-channel.js";
import { RestartWatch } from "./restart-watch.js";
import type { Source, Sources } from "./source.js";
import { type SendLimits, type SteeredSource, Steering, unlimited } from "./steering.js";
import { Transceivers } from "./transceivers.js";

/** How media reaches the other end at the moment. */
export type LinkPath = "connecting" | "connected" | "interrupted" | "failed";

/** What this end's relay has done for the path so far. */
export type RelayPart =
  /** The servers name none. */
  | "not-offered"
  /** None of those named has given an address. */
  | "not-reached"
  /** An address of a relay was among the candidates. */
  | "reached";

export type CreateConnection = (configuration: RTCConfiguration) => RTCPeerConnection;

export interface PeerLinkOptions {
  /** Names this connection among all that this pair ever has; drawn by the first offerer. */
  readonly id: string;
  /** On a collision of offers the polite end gives way; exactly one end is. */
  readonly polite: boolean;
  /** Exactly one end makes the first offer. */
  readonly offersFirst: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly createConnection: CreateConnection;
  /** Where to write what passes. */
  readonly journal?: Journal | undefined;
}

export interface PeerLinkHandlers {
  /** To be brought to the other end, in order. */
  onSignal(signal: Signal): void;
  /** `path` or a stream may have changed. */
  onChange(): void;
  /** Messages can be posted from now on. */
  onReady(): void;
  onMessage(message: Envelope): void;
  /** The other end has opened a data channel of its own, beside the one for messages. */
  onChannel(channel: RTCDataChannel): void;
  onError(error: unknown): void;
  /**
   * The other end has another connection under this one's name, and speaks of that: this one is of no use any more, and a new
   * one has to take its place. Told of everything from then on that was meant for this link, also after its end.
   */
  onForeign(signal: Signal): void;
  /** No negotiation can mend this connection: only a new one can take its place. */
  onBroken(): void;
  /** Asked before an ICE restart; null: keep the servers there are. */
  freshIceServers(): Promise<readonly RTCIceServer[] | null>;
}

/** After so many restarts without success a person should hear of it; sooner if there never was a path. */
const attemptsUntilFailed = 3;
const attemptsUntilNone = 1;

/**
 * After so many restarts in vain, half a minute, a path that there was is not looked for on the same connection again: browsers
 * get stuck (a Chromium 156 with a Firefox 153 did, after a hundred restarts at random from both ends), and a new one costs little.
 */
const attemptsUntilAnew = 4;

/** How much longer the polite end waits before it restarts ICE (milliseconds): a few round trips. */
const courtesy = 1_000;

/** Everything over one path: fewer candidates to find, to send and to check before the first picture. */
const configuration: RTCConfiguration = { bundlePolicy: "max-bundle" };

/** In bits per second, until somebody says otherwise. */
const screenBitrate = 2_500_000;

/**
 * The media connection to one participant: negotiates, restores itself, and says which stream is what.
 *
 * `send` what is to be sent before `start`, so that the first offer carries it.
 */
export class PeerLink {
  readonly id: string;
  readonly #connection: RTCPeerConnection;
  readonly #negotiation: Negotiation;
  readonly #transceivers: Transceivers;
  readonly #recovery: IceRecovery;
  readonly #watch: RestartWatch;
  readonly #handlers: PeerLinkHandlers;
  readonly #offersFirst: boolean;
  readonly #journal: Journal | undefined;
  #channel: PeerChannel | undefined;
  readonly #steering: Steering;
  #wasConnected = false;
  #suspended = false;
  #relayReached = false;
  /** A restart was wanted when nothing could be negotiated. */
  #restartOwed = false;
  #closed = false;

  constructor(options: PeerLinkOptions, handlers: PeerLinkHandlers) {
    this.id = options.id;
    this.#handlers = handlers;
    this.#offersFirst = options.offersFirst;
    this.#journal = options.journal;
    const connection = options.createConnection({ ...configuration, iceServers: [...options.iceServers] });
    this.#connection = connection;
    if (options.journal) watchConnection(connection, options.journal);
    this.#transceivers = new Transceivers(
      connection,
      (error) => this.#report(error),
      () => this.#steering.renew(),
    );
    this.#steering = new Steering((source) => this.#transceivers.sender(source));
    this.#steering.limit("screen", { ...unlimited, maxBitrate: screenBitrate });
    this.#recovery = new IceRecovery(() => void this.#restartIce(), options.polite ? courtesy : 0);
    this.#watch = new RestartWatch(connection, () => void this.#restartIce());
    this.#negotiation = new Negotiation(connection, {
      polite: options.polite,
      send: (signal) => {
        if (this.#closed) return;
        if (signal.type === "candidate")
          this.#relayReached ||= candidateType(signal.candidate.candidate ?? "") === "relay";
        this.#journal?.signal("sent", signal);
        handlers.onSignal(signal);
      },
      describe: (sdp) => this.#transceivers.describe(sdp),
      onRemote: (sources) => {
        if (this.#closed) return;
        this.#transceivers.handleRemote(sources);
        this.#recovery.handleNegotiated();
        this.#watch.handleRemote();
        handlers.onChange();
      },
      onForeign: (signal) => handlers.onForeign(signal),
      onError: (error) => this.#report(error),
    });
    connection.onconnectionstatechange = () => this.#handleConnectionState();
    connection.onsignalingstatechange = () => {
      // Only now the senders have encodings that can be limited.
      if (connection.signalingState === "stable") this.#steering.renew();
    };
    connection.ondatachannel = ({ channel }) => {
      if (channel.label !== channelLabel) handlers.onChannel(channel);
      else if (!this.#channel) this.#adopt(channel);
    };
  }

  get path(): LinkPath {
    if (this.#connection.connectionState === "connected") return "connected";
    if (this.#recovery.attempts >= (this.#wasConnected ? attemptsUntilFailed : attemptsUntilNone)) return "failed";
    return this.#wasConnected ? "interrupted" : "connecting";
  }

  get relay(): RelayPart {
    if (this.#relayReached) return "reached";
    const urls = (this.#connection.getConfiguration().iceServers ?? []).flatMap((server) => server.urls);
    return urls.some((url) => /^turns?:/i.test(url)) ? "not-reached" : "not-offered";
  }

  /** An offer of this end is under way, or about to be, and has no answer. */
  get offering(): boolean {
    return this.#negotiation.offering || (this.#offersFirst && this.#connection.remoteDescription === null);
  }

  /** The other end has closed this connection, as far as can be told. */
  get abandoned(): boolean {
    return this.#channel?.closed ?? false;
  }

  /** The first offerer offers; the other end waits. */
  start(): void {
    if (!this.#offersFirst) return;
    this.#adopt(this.#connection.createDataChannel(channelLabel));
    this.#transceivers.begin();
    this.#negotiation.begin();
  }

  stream(source: Source): MediaStream | null {
    return this.#transceivers.stream(source);
  }

  /** Sends `track` as `source`, or nothing. */
  send(source: Source, track: MediaStreamTrack | null): void {
    if (!this.#closed) this.#transceivers.send(source, track);
  }

  /** What is sent as `source` from now on keeps to these limits. */
  limit(source: SteeredSource, limits: SendLimits): void {
    if (!this.#closed) this.#steering.limit(source, limits);
  }

  /** By mid, what goes over this connection in each direction: tells the statistics of a camera from those of a screen. */
  get flows(): { readonly sent: Sources; readonly received: Sources } {
    return this.#transceivers.flows;
  }

  /**
   * What the descriptions in use say of both ends' certificates. The browser has made sure that the keys in use belong to them
   * (RFC 8827, section 5.1). Null before a path was ever found.
   */
  get fingerprints(): { readonly own: readonly string[]; readonly other: readonly string[] } | null {
    const { currentLocalDescription: own, currentRemoteDescription: other } = this.#connection;
    if (!this.#wasConnected || !own || !other) return null;
    return { own: fingerprintsIn(own.sdp), other: fingerprintsIn(other.sdp) };
  }

  handleDescription(description: DescriptionSignal): Promise<void> {
    this.#journal?.signal("received", description);
    return this.#negotiation.handleDescription(description);
  }

  handleCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    this.#journal?.signal("received", { type: "candidate", candidate });
    return this.#negotiation.handleCandidate(candidate);
  }

  /** How loud `source` is at the moment: 0 (silent, or nothing arrives) to 1. */
  audioLevel(source: Source): number {
    const [newest] = this.#transceivers.receiver(source)?.getSynchronizationSources() ?? [];
    return newest?.audioLevel ?? 0;
  }

  /** Posts a message on the data channel; false when it could not be sent. */
  post(type: string, fields?: Readonly<Record<string, unknown>>): boolean {
    return this.#channel?.post(type, fields) ?? false;
  }

  /** Whether messages can be posted. */
  get ready(): boolean {
    return this.#channel?.ready ?? false;
  }

  /**
   * A data channel of its own, for what is too much for messages; it needs no negotiation. Null once this link is closed.
   * Labels are the caller's, except that of the messages.
   */
  openChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel | null {
    return this.#closed ? null : this.#connection.createDataChannel(label, options);
  }

  /** What the browser counts and measures on this connection. */
  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  /** Nothing reaches the other end for now: what needs it waits for `resume`. Media is not touched. */
  suspend(): void {
    this.#suspended = true;
    this.#recovery.suspend();
  }

  /** The other end can be reached again, and what was under way in both directions may be lost. */
  resume(): void {
    this.#suspended = false;
    const { connectionState, remoteDescription } = this.#connection;
    if (this.offering) {
      void this.#negotiation.repeatOffer();
      this.#recovery.resume();
    } else {
      const down = (connectionState !== "connected" && remoteDescription !== null) || this.#restartOwed;
      if (connectionState === "connected" && down) void this.#restartIce();
      else if (connectionState === "connected" && this.#relayReached) void this.#renewRelay();
      this.#recovery.resume(down && connectionState !== "connected");
    }
  }

  /** The network may be back, or (`moved`) is another one: see {@link IceRecovery.hurry}. */
  hurry(moved = false): void {
    this.#recovery.hurry(moved);
  }

  close(): void {
    this.#closed = true;
    this.#recovery.close();
    this.#watch.close();
    this.#negotiation.close();
    this.#connection.close();
    this.#journal?.close();
  }

  #adopt(channel: RTCDataChannel): void {
    if (this.#journal) watchChannel(channel, this.#journal);
    this.#channel = new PeerChannel(channel, {
      onReady: () => {
        if (!this.#closed) this.#handlers.onReady();
      },
      onMessage: (message) => {
        if (!this.#closed) this.#handlers.onMessage(message);
      },
      onClose: () => {
        if (!this.#closed) this.#handlers.onChange();
      },
    });
  }

  #handleConnectionState(): void {
    const { connectionState } = this.#connection;
    if (this.#closed) return;
    if (connectionState === "connected") this.#wasConnected = true;
    this.#recovery.handleState(connectionState);
    this.#handlers.onChange();
  }

  /**
   * A path there is, but DTLS over it has failed: an ICE restart keeps the association (RFC 8842), failed as it is. Or restarts
   * do not help; the connection that takes its place and never had a path goes on restarting, however long that takes.
   */
  get #hasFailedForGood(): boolean {
    const { connectionState, iceConnectionState } = this.#connection;
    if (this.#wasConnected && this.#recovery.attempts > attemptsUntilAnew) return true;
    return connectionState === "failed" && (iceConnectionState === "connected" || iceConnectionState === "completed");
  }

  /**
   * The server may have been gone as a whole, and this end's relay with it: a browser sees that some seconds later, and not at
   * all what is to be done. If it was not, media goes on as it did until the new path is found.
   */
  async #renewRelay(): Promise<void> {
    const path = pathIn(await this.#connection.getStats());
    if (path?.local.type === "relay" && !this.#closed && !this.#suspended) void this.#restartIce();
  }

  async #restartIce(): Promise<void> {
    if (this.#hasFailedForGood) {
      this.#handlers.onBroken();
      return;
    }
    this.#handlers.onChange();
    this.#restartOwed = true;
    const iceServers = await this.#handlers.freshIceServers();
    // Out of reach meanwhile: it begins again when that ends.
    if (this.#closed || this.#suspended) return;
    this.#restartOwed = false;
    if (iceServers) this.#useServers(iceServers);
    this.#connection.restartIce();
  }

  #useServers(iceServers: readonly RTCIceServer[]): void {
    try {
      this.#configure(iceServers);
    } catch {
      // One server that a browser does not take (Firefox knows no `stuns:`) must not keep it from the others.
      const taken = iceServers.filter((server) => {
        try {
          this.#configure([server]);
          return true;
        } catch (error) {
          this.#report(error);
          return false;
        }
      });
      this.#configure(taken);
    }
  }

  #configure(iceServers: readonly RTCIceServer[]): void {
    this.#connection.setConfiguration({ ...configuration, iceServers: [...iceServers] });
  }

  #report(error: unknown): void {
    if (!this.#closed) this.#handlers.onError(error);
  }
}
