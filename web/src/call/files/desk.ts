import type { Correspondent, Exchange } from "../exchange/exchange.js";
import { Allowance } from "../participants/allowance.js";
import type { Digest } from "./chain.js";
import { Incoming, type Offer } from "./incoming.js";
import { Outgoing } from "./outgoing.js";
import { type FileSink, type Transfer, isEnded } from "./transfer.js";
import { type DeclineReason, type Message, parseMessage } from "./wire.js";

/** Transfers that one participant may have open at a time, in one direction; what waits for its turn is not counted. */
export const mostOpen = 8;
/** Offers of one participant in a row, and one more each time this long (milliseconds) has passed. */
const mostOffers = 32;
const offerRefill = 2_000;
/** Of those that have ended, the oldest are forgotten. */
const mostEnded = 100;
/** In milliseconds: how long a sender that can be reached may leave what it began. */
const patience = 60_000;
/** In milliseconds. */
const tick = 1_000;
const progressInterval = 250;

/** A channel's label: the kind by which it was brought here, and the transfer's id. */
const idPattern = /^file:([0-9a-f]{16})$/;

/** All transfers of a call, in both directions: who may begin one, whose turn it is, and when it is given up. */
export class Desk {
  readonly #exchange: Exchange;
  readonly #digest: Digest;
  readonly #onChange: (transfers: readonly Transfer[]) => void;
  readonly #outgoing = new Set<Outgoing>();
  readonly #incoming = new Map<string, Incoming>();
  /** Incoming and outgoing, in the order in which they began. */
  readonly #all: (Outgoing | Incoming)[] = [];
  readonly #allowances = new Map<string, Allowance>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #told = 0;
  #closed = false;

  /** `onChange` is told all of them, newest first, after every change. */
  constructor(exchange: Exchange, digest: Digest, onChange: (transfers: readonly Transfer[]) => void) {
    this.#exchange = exchange;
    this.#digest = digest;
    this.#onChange = onChange;
  }

  /** To one participant, or (null) to everybody who can be reached now: each of them decides alone. */
  offer(files: readonly File[], to: string | null = null): void {
    for (const recipient of this.#exchange.reachable) {
      if (to !== null && recipient.id !== to) continue;
      for (const file of files) {
        const outgoing = new Outgoing({
          id: drawId(),
          file,
          to: recipient,
          digest: this.#digest,
          onChange: (progress) => this.#update(progress),
        });
        this.#outgoing.add(outgoing);
        this.#all.push(outgoing);
      }
    }
    this.#update();
  }

  /** The person wants it. `open` makes the place for it. */
  accept(key: string, open: () => Promise<FileSink>): void {
    const incoming = this.#find(key);
    if (incoming instanceof Incoming) void incoming.accept(open);
  }

  decline(key: string): void {
    const incoming = this.#find(key);
    if (incoming instanceof Incoming) incoming.decline();
  }

  cancel(key: string): void {
    this.#find(key)?.cancel();
  }

  /** Forgets a transfer that has ended, and what arrived by it, if it lies here. */
  remove(key: string): void {
    const transfer = this.#find(key);
    if (transfer?.ended) this.#forget(transfer);
    this.#update();
  }

  handleChannel(channel: RTCDataChannel, from: Correspondent): void {
    const id = idPattern.exec(channel.label)?.[1];
    if (id === undefined || this.#closed) {
      channel.close();
      return;
    }
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = typeof data === "string" ? parseMessage(data) : null;
      if (message?.type === "offer") this.#handleOffer(channel, from, id, message);
      else channel.close();
    };
  }

  handleReach({ id, incarnation }: Correspondent): void {
    for (const transfer of [...this.#all]) {
      const { id: other, incarnation: before } = transfer instanceof Outgoing ? transfer.to : transfer.from;
      if (other !== id) continue;
      if (before !== incarnation) transfer.handleDeparture("left");
      else if (transfer instanceof Outgoing) transfer.hurry();
    }
    this.#update();
  }

  handleLoss({ id }: Correspondent): void {
    for (const transfer of [...this.#all]) {
      if ((transfer instanceof Outgoing ? transfer.to : transfer.from).id === id) transfer.handleLoss();
    }
    this.#update();
  }

  /** These are in the call; who is not will not come back. */
  handlePresence(participants: ReadonlySet<string>): void {
    for (const transfer of [...this.#all]) {
      if (!participants.has(transfer.snapshot.participant.id)) transfer.handleDeparture("left");
    }
  }

  /** The call has ended; what has arrived stays for whoever is just saving it. */
  close(): void {
    this.#closed = true;
    for (const transfer of this.#all) transfer.cancel();
    clearInterval(this.#timer);
  }

  #find(key: string): Outgoing | Incoming | undefined {
    return this.#all.find(({ snapshot }) => snapshot.key === key);
  }

  #handleOffer(channel: RTCDataChannel, from: Correspondent, id: string, offer: Offer): void {
    const key = `${from.id} ${from.incarnation} ${id}`;
    const known = this.#incoming.get(key);
    if (known) {
      known.attach(channel, offer);
      return;
    }
    if (!this.#mayOffer(from)) {
      refuse(channel, "too-many");
      return;
    }
    const incoming = new Incoming({
      id,
      offer,
      from,
      digest: this.#digest,
      onChange: (progress) => this.#update(progress),
    });
    this.#incoming.set(key, incoming);
    this.#all.push(incoming);
    incoming.attach(channel, offer);
    this.#update();
  }

  #mayOffer({ id }: Correspondent): boolean {
    let allowance = this.#allowances.get(id);
    if (!allowance) this.#allowances.set(id, (allowance = new Allowance(mostOffers, offerRefill)));
    const open = [...this.#incoming.values()].filter((each) => each.from.id === id && !each.ended);
    return open.length < mostOpen && allowance.take();
  }

  /** Gives a channel to each that wants one and may have it. */
  #pump(): void {
    const now = performance.now();
    for (const outgoing of this.#outgoing) {
      const { id, to } = outgoing;
      // Counted anew for each: attaching is told, and may have given others their channel.
      const open = [...this.#outgoing].filter((other) => other.attached && other.to.id === to.id).length;
      const channel = open < mostOpen && outgoing.isDue(now) ? this.#exchange.openChannel(to.id, "file", id) : null;
      if (channel) outgoing.attach(channel);
    }
  }

  #tick(): void {
    const now = performance.now();
    const reachable = new Set(this.#exchange.reachable.map(({ id }) => id));
    for (const transfer of this.#all) {
      transfer.refresh();
      if (!(transfer instanceof Incoming) || transfer.ended || !reachable.has(transfer.from.id)) continue;
      if (transfer.aloneSince !== null && now - transfer.aloneSince > patience) transfer.handleDeparture("lost");
    }
    this.#update();
  }

  /** `progress`: somebody is only further on, which nobody has to be told of at once. */
  #update(progress = false): void {
    if (this.#closed) return;
    const now = performance.now();
    if (progress && now - this.#told < progressInterval) return;
    this.#told = now;
    this.#pump();
    this.#forgetOldest();
    const busy = this.#all.some(({ ended }) => !ended);
    if (!busy) clearInterval(this.#timer);
    this.#timer = busy ? (this.#timer ?? setInterval(() => this.#tick(), tick)) : undefined;
    this.#onChange(this.#all.map(({ snapshot }) => snapshot).reverse());
  }

  #forgetOldest(): void {
    const ended = this.#all.filter(({ snapshot }) => isEnded(snapshot.phase));
    for (const transfer of ended.slice(0, Math.max(0, ended.length - mostEnded))) this.#forget(transfer);
  }

  #forget(transfer: Outgoing | Incoming): void {
    this.#all.splice(this.#all.indexOf(transfer), 1);
    if (transfer instanceof Outgoing) {
      this.#outgoing.delete(transfer);
      return;
    }
    transfer.release();
    for (const [key, each] of this.#incoming) if (each === transfer) this.#incoming.delete(key);
  }
}

/** The one word on a channel that nothing is to come of. */
export function refuse(channel: RTCDataChannel, reason: DeclineReason): void {
  channel.onmessage = null;
  channel.send(JSON.stringify({ type: "decline", reason } satisfies Message));
  channel.close();
}

/** 16 hexadecimal digits. */
function drawId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
