import type { Envelope } from "../../rtc/index.js";

/** One page load of another participant, as long as it can be reached directly. */
export interface Correspondent {
  readonly id: string;
  readonly incarnation: number;
  readonly name: string;
}

/** A correspondent, and the way to it. */
export interface Port extends Correspondent {
  /** False when the message was not sent. */
  post(type: string, fields?: Readonly<Record<string, unknown>>): boolean;
  /** Null when the connection has ended. */
  openChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel | null;
}

export type MessageListener = (message: Envelope, from: Correspondent) => void;
export type ChannelListener = (channel: RTCDataChannel, from: Correspondent) => void;

/** Data channels that one correspondent may have open at a time. */
const mostChannels = 64;

/**
 * What participants tell each other directly, from page to page: messages by their type, and data channels by their label. It
 * stays the same object through losses and returns; who can be reached comes and goes.
 *
 * What comes from others is theirs to choose: a listener checks every field. What nobody listens for is dropped; a channel
 * that nobody expects is closed.
 */
export class Exchange {
  readonly #onError: (error: unknown) => void;
  readonly #ports = new Map<string, Port>();
  readonly #messageListeners = new Map<string, MessageListener>();
  /** By the part of the label before the first colon. */
  readonly #channelListeners = new Map<string, ChannelListener>();
  readonly #reachListeners = new Set<(correspondent: Correspondent) => void>();
  readonly #lossListeners = new Set<(correspondent: Correspondent) => void>();
  /** Channels that each correspondent has opened and not closed, by its id. */
  readonly #channels = new Map<string, Set<RTCDataChannel>>();

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Who can be reached at the moment. */
  get reachable(): readonly Correspondent[] {
    return [...this.#ports.values()];
  }

  /** False when it was not sent: the participant cannot be reached, or what waits for it is too much already. */
  post(to: string, type: string, fields?: Readonly<Record<string, unknown>>): boolean {
    return this.#ports.get(to)?.post(type, fields) ?? false;
  }

  /** To everybody who can be reached. */
  broadcast(type: string, fields?: Readonly<Record<string, unknown>>): void {
    for (const port of this.#ports.values()) port.post(type, fields);
  }

  /** One listener for each type. */
  listen(type: string, listener: MessageListener): void {
    this.#messageListeners.set(type, listener);
  }

  /** A data channel to one participant, labelled `kind:name`; null when it cannot be reached. */
  openChannel(to: string, kind: string, name: string, options?: RTCDataChannelInit): RTCDataChannel | null {
    return this.#ports.get(to)?.openChannel(`${kind}:${name}`, options) ?? null;
  }

  /** One listener for each kind. */
  acceptChannels(kind: string, listener: ChannelListener): void {
    this.#channelListeners.set(kind, listener);
  }

  /** Told of each who can be reached from now on, also of one who is back; before any message of it. */
  onReach(listener: (correspondent: Correspondent) => void): void {
    this.#reachListeners.add(listener);
  }

  /** Told of each who cannot be reached any more. */
  onLoss(listener: (correspondent: Correspondent) => void): void {
    this.#lossListeners.add(listener);
  }

  // For those who hold the connections.

  handleReady(port: Port): void {
    this.handleGone(port.id);
    this.#ports.set(port.id, port);
    for (const listener of this.#reachListeners) this.#tell(() => listener(port));
  }

  handleMessage(message: Envelope, from: Correspondent): void {
    const listener = this.#messageListeners.get(message.type);
    if (listener) this.#tell(() => listener(message, from));
  }

  handleChannel(channel: RTCDataChannel, from: Correspondent): void {
    const [kind = ""] = channel.label.split(":", 1);
    const listener = this.#channelListeners.get(kind);
    const open = this.#channels.get(from.id) ?? new Set();
    if (!listener || open.size >= mostChannels) {
      channel.close();
      return;
    }
    this.#channels.set(from.id, open.add(channel));
    channel.addEventListener("close", () => open.delete(channel), { once: true });
    this.#tell(() => listener(channel, from));
  }

  handleGone(id: string): void {
    // Those of a connection that this end closes say nothing of it (W3C WebRTC, 4.4.1.10).
    this.#channels.delete(id);
    const port = this.#ports.get(id);
    if (!port) return;
    this.#ports.delete(id);
    for (const listener of this.#lossListeners) this.#tell(() => listener(port));
  }

  /** A part that fails must not keep the others from hearing. */
  #tell(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#onError(error);
    }
  }
}
