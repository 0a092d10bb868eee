import type { Correspondent } from "../exchange/exchange.js";
import { type Digest, emptyChain, extend, hex } from "./chain.js";
import { FileChannel } from "./file-channel.js";
import { safeFileName } from "./file-name.js";
import { Rate } from "./rate.js";
import { type FailureReason, type Transfer, type TransferPhase, isEnded } from "./transfer.js";
import { type CancelReason, type Message, blockLength, blockSize, maxNameLength, windowSize } from "./wire.js";

export interface OutgoingOptions {
  /** Names the transfer on both sides: 16 hexadecimal digits. */
  readonly id: string;
  readonly file: File;
  readonly to: Correspondent;
  readonly digest: Digest;
  /** What is shown has changed; `progress`: and is only further on. */
  onChange(progress: boolean): void;
}

/** In milliseconds, twice as long each time; after so many attempts without progress it is given up. */
const firstPause = 1_000;
const mostAttempts = 5;

/** One file to one participant, over as many channels as it takes, one after the other. */
export class Outgoing {
  readonly id: string;
  readonly to: Correspondent;
  readonly #options: OutgoingOptions;
  readonly #rate = new Rate();
  /** The chain at each offset from the last confirmed one on: where the receiver may want to go on. */
  readonly #chains = new Map<number, Uint8Array<ArrayBuffer>>([[0, emptyChain]]);
  #channel: FileChannel | null = null;
  #confirmed = 0;
  /** It has been wanted once. */
  #accepted = false;
  /** On this channel. */
  #asked = false;
  #attempts = 0;
  #retryAt = 0;
  #snapshot: Transfer;

  constructor(options: OutgoingOptions) {
    const { id, file, to } = options;
    this.id = id;
    this.to = to;
    this.#options = options;
    this.#snapshot = {
      key: `to ${to.id} ${id}`,
      direction: "sending",
      participant: { id: to.id, name: to.name },
      name: safeFileName(file.name),
      size: file.size,
      moved: 0,
      phase: { kind: "queued" },
    };
  }

  get snapshot(): Transfer {
    return this.#snapshot;
  }

  get ended(): boolean {
    return isEnded(this.#snapshot.phase);
  }

  /** It has a channel. */
  get attached(): boolean {
    return this.#channel !== null;
  }

  /** It wants a channel at this time (milliseconds). */
  isDue(now: number): boolean {
    return !this.ended && !this.attached && now >= this.#retryAt;
  }

  /** A channel of its own, which may still be opening. */
  attach(rtcChannel: RTCDataChannel): void {
    const channel = new FileChannel(rtcChannel, {
      onOpen: () => this.#offer(channel),
      onMessage: (message) => this.#handleMessage(channel, message),
      // Only this end sends bytes.
      onBytes: () => this.#breakOff("violation"),
      onEnd: () => this.#handleEnd(),
    });
    this.#channel = channel;
    this.#asked = false;
    if (!this.#accepted) this.#become({ kind: "offered" });
    if (rtcChannel.readyState === "open") this.#offer(channel);
  }

  /** The way to the receiver is there again. */
  hurry(): void {
    this.#retryAt = 0;
    this.#attempts = 0;
  }

  handleLoss(): void {
    this.#channel?.handleLoss();
  }

  /** The receiver's page is not there any more. */
  handleDeparture(reason: "left"): void {
    if (!this.ended) this.#end({ kind: "failed", reason });
  }

  cancel(): void {
    if (this.ended) return;
    this.#channel?.conclude({ type: "cancel", reason: "cancelled" });
    this.#end({ kind: "cancelled", by: "self" });
  }

  /** Time has passed: how fast it is has changed. */
  refresh(): void {
    if (this.#snapshot.phase.kind === "running") this.#become(this.#running());
  }

  #offer(channel: FileChannel): void {
    const { file } = this.#options;
    channel.send({ type: "offer", name: file.name.slice(-maxNameLength), size: file.size });
  }

  #handleMessage(channel: FileChannel, message: Message | null): void {
    switch (message?.type) {
      case "accept":
        this.#handleAccept(channel, message.offset);
        break;
      case "confirm":
        this.#handleConfirm(channel, message.offset);
        break;
      case "done":
        // It may have been done before, and the word of it was lost.
        if (!this.#chains.has(this.#snapshot.size)) {
          this.#breakOff("violation");
          return;
        }
        channel.close();
        this.#snapshot = { ...this.#snapshot, moved: this.#snapshot.size };
        this.#end({ kind: "done", saved: null });
        break;
      case "decline":
        if (this.#accepted) {
          this.#breakOff("violation");
          return;
        }
        channel.close();
        this.#end({ kind: "declined", reason: message.reason });
        break;
      case "cancel":
        channel.close();
        this.#end(cancellation(message.reason));
        break;
      default:
        this.#breakOff("violation");
    }
  }

  #handleAccept(channel: FileChannel, offset: number): void {
    const chain = this.#chains.get(offset);
    if (this.#asked || chain === undefined) {
      this.#breakOff("violation");
      return;
    }
    this.#asked = true;
    this.#accepted = true;
    this.#rate.reset();
    this.#confirm(offset);
    this.#become(this.#running());
    void this.#send(channel, offset, chain);
  }

  #handleConfirm(channel: FileChannel, offset: number): void {
    if (!this.#asked || !this.#chains.has(offset)) {
      this.#breakOff("violation");
      return;
    }
    this.#confirm(offset);
    this.#become(this.#running(), true);
    channel.wake();
  }

  /** Whatever lies before is kept by the receiver, and never wanted again. */
  #confirm(offset: number): void {
    if (offset > this.#confirmed) this.#attempts = 0;
    this.#confirmed = offset;
    for (const before of this.#chains.keys()) if (before < offset) this.#chains.delete(before);
    this.#rate.add(performance.now(), offset);
    this.#snapshot = { ...this.#snapshot, moved: offset };
  }

  async #send(channel: FileChannel, begin: number, beginChain: Uint8Array<ArrayBuffer>): Promise<void> {
    const { file, digest } = this.#options;
    let chain = beginChain;
    for (let offset = begin; offset < file.size;) {
      const begun = offset;
      if (!(await channel.until(() => begun - this.#confirmed <= windowSize - blockSize))) return;
      const block = await readBlock(file, offset);
      if (channel.ended) return;
      if (block === null) {
        this.#breakOff("unreadable");
        return;
      }
      chain = await extend(chain, block, digest);
      offset += block.length;
      if (!(await channel.sendBytes(block))) return;
      this.#chains.set(offset, chain);
      channel.send({ type: "block", digest: hex(chain) });
    }
  }

  #running(): TransferPhase {
    return { kind: "running", rate: this.#rate.at(performance.now()) };
  }

  /** This end gives up. */
  #breakOff(reason: CancelReason & FailureReason): void {
    if (this.ended) return;
    if (reason === "violation") this.#channel?.close({ type: "cancel", reason });
    else this.#channel?.conclude({ type: "cancel", reason });
    this.#end({ kind: "failed", reason });
  }

  /** The channel is lost. */
  #handleEnd(): void {
    this.#channel = null;
    if (this.ended) return;
    this.#attempts += 1;
    this.#retryAt = performance.now() + firstPause * 2 ** (this.#attempts - 1);
    if (this.#attempts > mostAttempts) this.#end({ kind: "failed", reason: "lost" });
    else this.#become({ kind: this.#accepted ? "waiting" : "queued" });
  }

  #end(phase: TransferPhase): void {
    this.#channel = null;
    this.#chains.clear();
    this.#become(phase);
  }

  #become(phase: TransferPhase, progress = false): void {
    this.#snapshot = { ...this.#snapshot, phase };
    this.#options.onChange(progress);
  }
}

/** Null when it cannot be read: it was deleted, changed, or is on a stick that was pulled out. */
async function readBlock(file: File, offset: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const length = blockLength(offset, file.size);
  try {
    const bytes = new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
    return bytes.length === length ? bytes : null;
  } catch {
    return null;
  }
}

function cancellation(reason: CancelReason): TransferPhase {
  // What only a sender can say, a receiver has not said.
  if (reason === "cancelled" || reason === "unreadable") return { kind: "cancelled", by: "other" };
  return { kind: "failed", reason };
}
