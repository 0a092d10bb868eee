import type { Correspondent, Exchange } from "../exchange/exchange.js";
import type { Digest } from "./chain.js";
import type { Desk } from "./desk.js";
import type { FileSink, Transfer } from "./transfer.js";

export interface Recipient {
  readonly id: string;
  readonly name: string;
}

export interface FilesState {
  /** To whom a file can be offered at the moment. */
  readonly recipients: readonly Recipient[];
  /** Whom the person has chosen, whether or not that one can be reached; null: everybody. */
  readonly to: Recipient | null;
  /** Newest first. */
  readonly transfers: readonly Transfer[];
}

/** What the labels of channels for files begin with. */
const kind = "file";

/**
 * Files that participants send each other, directly: each goes over a data channel of its own (the messages: wire.ts), in blocks
 * that are checked one by one (chain.ts), and goes on where it was when the connection is lost and comes back. Nothing is
 * received that the person has not accepted, and neither side ever has more than some blocks of it in memory.
 *
 * What does all this is loaded when the first file is offered, in whatever direction.
 */
export class Files {
  readonly #exchange: Exchange;
  readonly #digest: Digest | null;
  readonly #listeners = new Set<(state: FilesState) => void>();
  #desk: Desk | null = null;
  #closed = false;
  #state: FilesState = { recipients: [], to: null, transfers: [] };

  /** `digest`: null where the page has none, because it is not secure: then nothing can be sent or received. */
  constructor(exchange: Exchange, digest: Digest | null) {
    this.#exchange = exchange;
    this.#digest = digest;
    exchange.acceptChannels(kind, (channel, from) => void this.#handleChannel(channel, from));
    exchange.onReach((correspondent) => {
      this.#desk?.handleReach(correspondent);
      this.#update();
    });
    exchange.onLoss((correspondent) => {
      this.#desk?.handleLoss(correspondent);
      this.#update();
    });
  }

  /** Whether this page can send and receive at all. */
  get able(): boolean {
    return this.#digest !== null;
  }

  /** An immutable snapshot. */
  get state(): FilesState {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (state: FilesState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** To whom files go from now on: a participant's id, or null for everybody. */
  choose(to: string | null): void {
    const { recipients, to: before } = this.#state;
    if (to !== before?.id) this.#update({ to: recipients.find(({ id }) => id === to) ?? null });
  }

  /**
   * To the one who was chosen, or to everybody who can be reached now: each of them decides alone. Rejects when what it takes
   * could not be loaded.
   */
  async offer(files: readonly File[]): Promise<void> {
    const { to } = this.#state;
    (await this.#load())?.offer(files, to?.id ?? null);
  }

  /** The person wants it. `open` makes the place for it; it is called at most once. */
  accept(key: string, open: () => Promise<FileSink>): void {
    this.#desk?.accept(key, open);
  }

  decline(key: string): void {
    this.#desk?.decline(key);
  }

  cancel(key: string): void {
    this.#desk?.cancel(key);
  }

  /** Forgets a transfer that has ended, and what arrived by it, if it lies here. */
  remove(key: string): void {
    this.#desk?.remove(key);
  }

  /** These are in the call; who is not will not come back. */
  handlePresence(participants: ReadonlySet<string>): void {
    this.#desk?.handlePresence(participants);
  }

  /** The call has ended; what has arrived stays for whoever is just saving it. */
  close(): void {
    this.#closed = true;
    this.#desk?.close();
  }

  async #handleChannel(channel: RTCDataChannel, from: Correspondent): Promise<void> {
    const early: MessageEvent<unknown>[] = [];
    channel.onmessage = (event: MessageEvent<unknown>) => {
      // An offer, and nothing more before it is answered.
      if (early.push(event) > 1) channel.close();
    };
    try {
      const desk = await this.#load();
      // Whatever has happened to the channel meanwhile, nobody would say so again.
      if (channel.readyState === "closing" || channel.readyState === "closed") return;
      if (desk) {
        desk.handleChannel(channel, from);
        for (const event of early) channel.onmessage(event);
      } else if (this.#closed) {
        channel.close();
      } else {
        (await import("./desk.js")).refuse(channel, "unable");
      }
    } catch {
      // Not loaded, because the server is away: the sender tries again.
      channel.close();
    }
  }

  /** Null when nothing can come of it. */
  async #load(): Promise<Desk | null> {
    if (this.#desk || this.#digest === null || this.#closed) return this.#desk;
    const { Desk } = await import("./desk.js");
    if (!this.#isClosed())
      this.#desk ??= new Desk(this.#exchange, this.#digest, (transfers) => this.#update({ transfers }));
    return this.#desk;
  }

  #isClosed(): boolean {
    return this.#closed;
  }

  #update(change: Partial<FilesState> = {}): void {
    if (this.#closed) return;
    const recipients = this.#exchange.reachable.map(({ id, name }) => ({ id, name }));
    this.#state = { ...this.#state, recipients, ...change };
    for (const listener of this.#listeners) listener(this.#state);
  }
}
