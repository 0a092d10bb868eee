import { limitBitrate } from "./bitrate.js";
import { IceRecovery } from "./ice-recovery.js";
import { Negotiation, type Signal } from "./negotiation.js";
import { type Envelope, PeerChannel, channelLabel } from "./peer-channel.js";
import type { Source, Sources } from "./source.js";
import { Transceivers } from "./transceivers.js";

/** How media reaches the other end at the moment. */
export type LinkPath = "connecting" | "connected" | "interrupted" | "failed";

export type CreateConnection = (configuration: RTCConfiguration) => RTCPeerConnection;

export interface PeerLinkOptions {
  /** On a collision of offers the polite end gives way; exactly one end is. */
  readonly polite: boolean;
  /** Exactly one end makes the first offer. */
  readonly offersFirst: boolean;
  readonly iceServers: readonly RTCIceServer[];
  readonly createConnection: CreateConnection;
}

export interface PeerLinkHandlers {
  /** To be brought to the other end, in order. */
  onSignal(signal: Signal): void;
  /** `path` or a stream may have changed. */
  onChange(): void;
  onMessage(message: Envelope): void;
  onError(error: unknown): void;
  /** Asked before an ICE restart; null: keep the servers there are. */
  freshIceServers(): Promise<readonly RTCIceServer[] | null>;
}

/** After so many restarts without success a person should hear of it. */
const attemptsUntilFailed = 3;

/** How much longer the polite end waits before it restarts ICE (milliseconds): a few round trips. */
const courtesy = 1_000;

/** In bits per second. The camera's is a ceiling: a mesh sends one per participant. */
const screenBitrate = 2_500_000;

/**
 * The media connection to one participant: negotiates, restores itself, and says which stream is what.
 *
 * `send` what is to be sent before `start`, so that the first offer carries it.
 */
export class PeerLink {
  readonly #connection: RTCPeerConnection;
  readonly #negotiation: Negotiation;
  readonly #transceivers: Transceivers;
  readonly #recovery: IceRecovery;
  readonly #handlers: PeerLinkHandlers;
  readonly #offersFirst: boolean;
  #channel: PeerChannel | undefined;
  #cameraBitrate = Infinity;
  #wasConnected = false;
  #closed = false;

  constructor(options: PeerLinkOptions, handlers: PeerLinkHandlers) {
    this.#handlers = handlers;
    this.#offersFirst = options.offersFirst;
    const connection = options.createConnection({ iceServers: [...options.iceServers] });
    this.#connection = connection;
    this.#transceivers = new Transceivers(connection, (error) => this.#report(error));
    this.#recovery = new IceRecovery(() => void this.#restartIce(), options.polite ? courtesy : 0);
    this.#negotiation = new Negotiation(connection, {
      polite: options.polite,
      send: (signal) => {
        if (!this.#closed) handlers.onSignal(signal);
      },
      describe: (sdp) => this.#transceivers.describe(sdp),
      onRemote: (sources) => {
        if (this.#closed) return;
        this.#transceivers.handleRemote(sources);
        handlers.onChange();
      },
      onError: (error) => this.#report(error),
    });
    connection.onconnectionstatechange = () => this.#handleConnectionState();
    connection.onsignalingstatechange = () => {
      // Only now the senders have encodings whose bitrate can be limited.
      if (connection.signalingState === "stable") this.#limitBitrates();
    };
    connection.ondatachannel = ({ channel }) => {
      if (channel.label === channelLabel && !this.#channel) this.#adopt(channel);
    };
  }

  get path(): LinkPath {
    if (this.#connection.connectionState === "connected") return "connected";
    if (this.#recovery.attempts >= attemptsUntilFailed) return "failed";
    return this.#wasConnected ? "interrupted" : "connecting";
  }

  /** The first offerer offers; the other end waits. */
  start(): void {
    if (!this.#offersFirst) return;
    this.#adopt(this.#connection.createDataChannel(channelLabel));
    this.#transceivers.begin();
  }

  stream(source: Source): MediaStream | null {
    return this.#transceivers.stream(source);
  }

  /** Sends `track` as `source`, or nothing. */
  send(source: Source, track: MediaStreamTrack | null): void {
    if (!this.#closed) this.#transceivers.send(source, track);
  }

  /** At most so many bits per second for the camera from now on. */
  limitCamera(bitsPerSecond: number): void {
    this.#cameraBitrate = bitsPerSecond;
    this.#limitBitrates();
  }

  handleDescription(type: "offer" | "answer", sdp: string, sources: Sources): Promise<void> {
    return this.#negotiation.handleDescription(type, sdp, sources);
  }

  handleCandidate(candidate: RTCIceCandidateInit): Promise<void> {
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

  close(): void {
    this.#closed = true;
    this.#recovery.close();
    this.#connection.close();
  }

  #adopt(channel: RTCDataChannel): void {
    this.#channel = new PeerChannel(channel, (message) => this.#handlers.onMessage(message));
  }

  #handleConnectionState(): void {
    const { connectionState } = this.#connection;
    if (this.#closed) return;
    if (connectionState === "connected") this.#wasConnected = true;
    this.#recovery.handleState(connectionState);
    this.#handlers.onChange();
  }

  async #restartIce(): Promise<void> {
    this.#handlers.onChange();
    const iceServers = await this.#handlers.freshIceServers();
    if (this.#closed) return;
    try {
      if (iceServers) this.#connection.setConfiguration({ iceServers: [...iceServers] });
    } catch (error) {
      this.#report(error);
    }
    this.#connection.restartIce();
  }

  #limitBitrates(): void {
    void limitBitrate(this.#transceivers.sender("camera"), this.#cameraBitrate);
    void limitBitrate(this.#transceivers.sender("screen"), screenBitrate);
  }

  #report(error: unknown): void {
    if (!this.#closed) this.#handlers.onError(error);
  }
}
