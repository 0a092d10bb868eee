import type { Correspondent } from "../exchange/exchange.js";
import { type Digest, emptyChain, extend, hex } from "./chain.js";
import { FileChannel } from "./file-channel.js";
import { safeFileName } from "./file-name.js";
import { Rate } from "./rate.js";
import {
  type FailureReason,
  type FileSink,
  type SavedFile,
  type Transfer,
  type TransferPhase,
  isEnded,
} from "./transfer.js";
import { type CancelReason, type Message, blockLength, pieceSize, windowSize } from "./wire.js";

export type Offer = Message & { readonly type: "offer" };

export interface IncomingOptions {
  readonly id: string;
  readonly offer: Offer;
  readonly from: Correspondent;
  readonly digest: Digest;
  /** What is shown has changed; `progress`: and is only further on. */
  onChange(progress: boolean): void;
}

/**
 * One file from one participant, over as many channels as it takes, one after the other. Each block is checked, then stored, then
 * confirmed; what is held in memory is at most one window. Who sends what was not asked for, or more than it said, is cut off.
 */
export class Incoming {
  readonly id: string;
  readonly from: Correspondent;
  readonly #options: IncomingOptions;
  readonly #rate = new Rate();
  #channel: FileChannel | null = null;
  /** Bytes may come on this channel. */
  #asked = false;
  #sink: FileSink | null = null;
  /** All blocks before this offset are checked and stored; the chain there. */
  #stored = 0;
  #chain = emptyChain;
  /** Where what has come so far ends. */
  #received = 0;
  /** The block that is coming in, from `#received - #filled` on. */
  #block: Uint8Array<ArrayBuffer> | null = null;
  #filled = 0;
  /** Blocks are checked and stored one after the other. */
  #work: Promise<void> = Promise.resolve();
  /** Since when it has no channel (milliseconds). */
  #alone = 0;
  #snapshot: Transfer;

  constructor(options: IncomingOptions) {
    const { id, offer, from } = options;
    this.id = id;
    this.from = from;
    this.#options = options;
    this.#snapshot = {
      key: `from ${from.id} ${id}`,
      direction: "receiving",
      participant: { id: from.id, name: from.name },
      name: safeFileName(offer.name),
      size: offer.size,
      moved: 0,
      phase: { kind: "offered" },
    };
  }

  get snapshot(): Transfer {
    return this.#snapshot;
  }

  get ended(): boolean {
    return isEnded(this.#snapshot.phase);
  }

  /** Since when the sender has not been heard of (`performance.now()`); null while there is a channel. */
  get aloneSince(): number | null {
    return this.#channel ? null : this.#alone;
  }

  /** A channel on which this offer has come, the first one or another one after a loss. */
  attach(rtcChannel: RTCDataChannel, offer: Offer): void {
    this.#channel?.close();
    const channel = new FileChannel(rtcChannel, {
      onMessage: (message) => this.#handleMessage(message),
      onBytes: (bytes) => this.#handleBytes(bytes),
      onEnd: () => this.#handleEnd(),
    });
    this.#channel = channel;
    this.#asked = false;
    const { phase } = this.#snapshot;
    if (phase.kind === "done") {
      this.#part({ type: "done" });
      return;
    }
    if (phase.kind === "declined") {
      this.#part({ type: "decline", reason: phase.reason });
      return;
    }
    if (this.ended) {
      this.#part({ type: "cancel", reason: "cancelled" });
      return;
    }
    if (offer.name !== this.#options.offer.name || offer.size !== this.#snapshot.size) {
      this.#breakOff("violation");
      return;
    }
    if (this.#sink) void this.#ask(channel);
  }

  /** The person wants it. `open` makes the place for it; called at most once. */
  async accept(open: () => Promise<FileSink>): Promise<void> {
    if (this.#snapshot.phase.kind !== "offered") return;
    this.#become({ kind: "preparing" });
    let sink: FileSink;
    try {
      sink = await open();
    } catch (error) {
      this.#breakOff("unsaved", storageFailure(error));
      return;
    }
    // The sender may have changed its mind meanwhile.
    if (this.ended) {
      sink.abort();
      return;
    }
    this.#sink = sink;
    if (this.#channel) await this.#ask(this.#channel);
    else this.#become({ kind: "waiting" });
  }

  decline(): void {
    if (this.#snapshot.phase.kind !== "offered") return;
    this.#part({ type: "decline", reason: "declined" });
    this.#end({ kind: "declined", reason: "declined" });
  }

  cancel(): void {
    if (this.ended) return;
    this.#part({ type: "cancel", reason: "cancelled" });
    this.#end({ kind: "cancelled", by: "self" });
  }

  handleLoss(): void {
    this.#channel?.handleLoss();
  }

  /** The sender's page is not there any more, or has not been heard of for too long. */
  handleDeparture(reason: "left" | "lost"): void {
    if (this.ended) return;
    this.#part({ type: "cancel", reason: "cancelled" });
    this.#end({ kind: "failed", reason });
  }

  /** Time has passed: how fast it is has changed. */
  refresh(): void {
    if (this.#snapshot.phase.kind === "running") this.#become(this.#running());
  }

  /** What has arrived is not wanted any more. */
  release(): void {
    const { phase } = this.#snapshot;
    if (phase.kind === "done") phase.saved?.release();
  }

  /** From where on the bytes shall come. What an earlier channel brought is stored first. */
  async #ask(channel: FileChannel): Promise<void> {
    await this.#work;
    if (channel !== this.#channel || this.ended) return;
    this.#received = this.#stored;
    this.#block = null;
    this.#filled = 0;
    this.#asked = true;
    this.#rate.reset();
    this.#rate.add(performance.now(), this.#stored);
    channel.send({ type: "accept", offset: this.#stored });
    this.#become(this.#running());
    if (this.#snapshot.size === 0) this.#work = this.#finish();
  }

  #handleMessage(message: Message | null): void {
    if (message?.type === "block") {
      this.#handleBlock(message.digest);
    } else if (message?.type === "cancel") {
      this.#part();
      this.#end(cancellation(message.reason));
    } else {
      this.#breakOff("violation");
    }
  }

  #handleBytes(bytes: Uint8Array<ArrayBuffer>): void {
    const { size } = this.#snapshot;
    const begin = this.#received - this.#filled;
    const length = blockLength(begin, size);
    const expected = this.#asked && bytes.length > 0 && bytes.length <= pieceSize;
    const fits = this.#filled + bytes.length <= length && this.#received + bytes.length - this.#stored <= windowSize;
    if (!expected || !fits) {
      this.#breakOff("violation");
      return;
    }
    this.#block ??= new Uint8Array(length);
    this.#block.set(bytes, this.#filled);
    this.#filled += bytes.length;
    this.#received += bytes.length;
  }

  #handleBlock(digest: string): void {
    const block = this.#block;
    if (block === null || this.#filled < block.length) {
      this.#breakOff("violation");
      return;
    }
    this.#block = null;
    this.#filled = 0;
    this.#work = this.#work.then(() => this.#keep(block, digest));
  }

  async #keep(block: Uint8Array<ArrayBuffer>, digest: string): Promise<void> {
    if (this.ended) return;
    let chain: Uint8Array<ArrayBuffer>;
    try {
      chain = await extend(this.#chain, block, this.#options.digest);
      if (hex(chain) !== digest) {
        this.#breakOff("damaged");
        return;
      }
      await this.#sink?.write(block);
    } catch (error) {
      this.#breakOff("unsaved", storageFailure(error));
      return;
    }
    if (isEnded(this.#snapshot.phase)) return;
    this.#chain = chain;
    this.#stored += block.length;
    this.#rate.add(performance.now(), this.#stored);
    this.#snapshot = { ...this.#snapshot, moved: this.#stored };
    if (this.#asked) this.#channel?.send({ type: "confirm", offset: this.#stored });
    if (this.#stored === this.#snapshot.size) await this.#finish();
    else this.#become(this.#channel ? this.#running() : this.#snapshot.phase, true);
  }

  async #finish(): Promise<void> {
    const sink = this.#sink;
    let saved: SavedFile | null;
    try {
      saved = sink ? await sink.close() : null;
    } catch (error) {
      this.#breakOff("unsaved", storageFailure(error));
      return;
    }
    if (this.ended) return saved?.release();
    this.#sink = null;
    this.#part({ type: "done" });
    this.#end({ kind: "done", saved });
  }

  #running(): TransferPhase {
    return { kind: "running", rate: this.#rate.at(performance.now()) };
  }

  /** This end gives up. */
  #breakOff(reason: CancelReason & FailureReason, shown: FailureReason = reason): void {
    if (this.ended) {
      this.#part();
      return;
    }
    this.#part({ type: "cancel", reason });
    this.#end({ kind: "failed", reason: shown });
  }

  /** Closes the channel there is, if any, with a last word: nothing more can come on it. */
  #part(last?: Message): void {
    const channel = this.#channel;
    this.#channel = null;
    this.#alone = performance.now();
    channel?.close(last);
  }

  /** The channel is lost. */
  #handleEnd(): void {
    this.#channel = null;
    this.#asked = false;
    this.#alone = performance.now();
    if (this.#snapshot.phase.kind === "running") this.#become({ kind: "waiting" });
  }

  #end(phase: TransferPhase): void {
    this.#block = null;
    this.#sink?.abort();
    this.#sink = null;
    this.#become(phase);
  }

  #become(phase: TransferPhase, progress = false): void {
    this.#snapshot = { ...this.#snapshot, phase };
    this.#options.onChange(progress);
  }
}

/** Whether there is too little room, which a person can change, or something else. */
function storageFailure(error: unknown): "full" | "unsaved" {
  return error instanceof Error && error.name === "QuotaExceededError" ? "full" : "unsaved";
}

function cancellation(reason: CancelReason): TransferPhase {
  if (reason === "unreadable" || reason === "violation") return { kind: "failed", reason };
  return { kind: "cancelled", by: "other" };
}
