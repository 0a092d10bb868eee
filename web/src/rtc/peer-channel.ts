/** What travels on the data channel: JSON text with a version and a type. */
export interface Envelope {
  readonly v: 1;
  readonly type: string;
  readonly [field: string]: unknown;
}

export const channelLabel = "parley";

/** In UTF-16 code units; fits the smallest message size that browsers agree on. */
const maxLength = 65_536;

/** In bytes that wait to be sent; far below where browsers close the channel (16 MiB in Chromium 156). */
const maxBuffered = 1_048_576;

export interface PeerChannelHandlers {
  /** The other end's `hello` has come: from now on messages can be posted. */
  onReady(): void;
  onMessage(message: Envelope): void;
  /** Once open, the channel has ended. */
  onClose(): void;
}

/**
 * The data channel of a connection. Each end says `hello` when it opens; until the other end's was heard nothing is
 * posted, so that a page which speaks another version never gets what it cannot read.
 */
export class PeerChannel {
  readonly #channel: RTCDataChannel;
  readonly #handlers: PeerChannelHandlers;
  #ready = false;

  constructor(channel: RTCDataChannel, handlers: PeerChannelHandlers) {
    this.#channel = channel;
    this.#handlers = handlers;
    channel.onopen = () => this.#greet();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#handle(data);
    channel.onclose = () => {
      this.#ready = false;
      handlers.onClose();
    };
    // A channel that arrives from the other end may be open already.
    if (channel.readyState === "open") this.#greet();
  }

  /** Both ends are open and speak the same version. */
  get ready(): boolean {
    return this.#ready;
  }

  /** The channel has ended: the other end closed its connection. */
  get closed(): boolean {
    return this.#channel.readyState === "closed";
  }

  /** False when the message was not sent: the channel is not ready or its buffer full, or the message is too long. */
  post(type: string, fields: Readonly<Record<string, unknown>> = {}): boolean {
    return this.#ready && this.#send({ ...fields, v: 1, type });
  }

  #greet(): void {
    this.#send({ v: 1, type: "hello" });
  }

  #send(message: Envelope): boolean {
    const text = JSON.stringify(message);
    if (this.#channel.readyState !== "open" || text.length > maxLength) return false;
    if (this.#channel.bufferedAmount > maxBuffered) return false;
    try {
      this.#channel.send(text);
    } catch {
      // What a browser can hold is its own affair, and it says so by throwing.
      return false;
    }
    return true;
  }

  #handle(data: unknown): void {
    const message = parseEnvelope(data);
    if (!message) return;
    if (message.type !== "hello") {
      this.#handlers.onMessage(message);
    } else if (!this.#ready) {
      this.#ready = true;
      this.#handlers.onReady();
    }
  }
}

function parseEnvelope(data: unknown): Envelope | null {
  if (typeof data !== "string" || data.length > maxLength) return null;
  try {
    const message: unknown = JSON.parse(data);
    return isEnvelope(message) ? message : null;
  } catch {
    return null;
  }
}

function isEnvelope(value: unknown): value is Envelope {
  return (
    typeof value === "object" &&
    value !== null &&
    "v" in value &&
    value.v === 1 &&
    "type" in value &&
    typeof value.type === "string"
  );
}
