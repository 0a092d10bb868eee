import { type Message, parseMessage, pieceSize } from "./wire.js";

export interface FileChannelHandlers {
  onOpen?(): void;
  /** Null: what came is no message. */
  onMessage(message: Message | null): void;
  onBytes(bytes: Uint8Array<ArrayBuffer>): void;
  /** The channel has ended, and not because this end wanted so. */
  onEnd(): void;
}

/** In bytes that wait to be sent: above the first no more are added until it is down at the second. */
const highWater = 1_048_576;
const lowWater = 262_144;

/** The data channel of one transfer, from its opening to its loss. After its end its handlers hear nothing any more. */
export class FileChannel {
  readonly #channel: RTCDataChannel;
  #handlers: FileChannelHandlers | null;
  #wake: (() => void) | null = null;

  constructor(channel: RTCDataChannel, handlers: FileChannelHandlers) {
    this.#channel = channel;
    this.#handlers = handlers;
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = lowWater;
    channel.onopen = () => this.#handlers?.onOpen?.();
    channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#handle(data);
    channel.onbufferedamountlow = () => this.#wake?.();
    channel.onclose = () => this.handleLoss();
  }

  get ended(): boolean {
    return this.#handlers === null;
  }

  send(message: Message): void {
    this.#push(JSON.stringify(message));
  }

  /** Resolves when they are on their way, which takes as long as the network does; false: the channel has ended. */
  async sendBytes(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    for (let at = 0; at < bytes.length; at += pieceSize) {
      if (!(await this.until(() => this.#channel.bufferedAmount <= highWater))) return false;
      this.#push(bytes.subarray(at, at + pieceSize));
    }
    return !this.ended;
  }

  /** Resolves as soon as `check` says so, which is asked again at each `wake`; false: the channel has ended. One at a time. */
  async until(check: () => boolean): Promise<boolean> {
    while (!this.ended && !check()) await new Promise<void>((resolve) => (this.#wake = resolve));
    return !this.ended;
  }

  wake(): void {
    this.#wake?.();
  }

  /** The last word of the end that has nothing else on its way; the other end hears it, and nothing is heard any more. */
  close(last?: Message): void {
    if (last) this.send(last);
    this.#end();
    this.#channel.close();
  }

  /** The last word behind what is on its way: closing is left to the other end, which then has heard it. */
  conclude(last: Message): void {
    this.send(last);
    this.#end();
  }

  /** The connection below has ended, which says nothing to its channels where this end has closed it. */
  handleLoss(): void {
    const handlers = this.#handlers;
    this.#end();
    handlers?.onEnd();
  }

  #handle(data: unknown): void {
    if (data instanceof ArrayBuffer) this.#handlers?.onBytes(new Uint8Array(data));
    else this.#handlers?.onMessage(typeof data === "string" ? parseMessage(data) : null);
  }

  #push(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.ended) return;
    try {
      // One call for each, because the two are overloads.
      if (typeof data === "string") this.#channel.send(data);
      else this.#channel.send(data);
    } catch {
      // Closing already, or the browser's own buffer is full: in both cases the rest would have a hole before it.
      this.handleLoss();
      this.#channel.close();
    }
  }

  #end(): void {
    this.#handlers = null;
    this.#wake?.();
  }
}
