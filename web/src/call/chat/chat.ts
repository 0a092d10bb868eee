import type { Envelope } from "../../rtc/index.js";
import type { Correspondent, Exchange } from "../exchange/exchange.js";
import type { Correspondence } from "./correspondence.js";
import { chatKey, noMessages, type ChatEntry, type ChatOptions, type ChatState, type SendResult } from "./state.js";

const messageTypes = ["chat", "chat-sum", "chat-have", "chat-log"];
/** What waits for the rest to be loaded; of more, the logs make good what is dropped. */
const mostWaiting = 100;
/** How soon (milliseconds) it is tried again to load the rest when something comes for it. */
const retry = 10_000;

/**
 * What people write to each other. This is its outside; what keeps the messages ({@link Correspondence}) is loaded once the
 * room has been entered, since nobody needs it earlier.
 */
export class Chat {
  readonly #exchange: Exchange;
  readonly #options: ChatOptions;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<(state: ChatState) => void>();
  readonly #newsListeners = new Set<(entry: ChatEntry) => void>();
  #inside: Correspondence | null = null;
  #loading: Promise<Correspondence> | null = null;
  #triedAt = -Infinity;
  #waiting: (readonly [Envelope, Correspondent])[] = [];
  #state = noMessages;
  #self: string | null = null;
  #attended = false;
  #closed = false;

  constructor(exchange: Exchange, options: ChatOptions, onError: (error: unknown) => void) {
    this.#exchange = exchange;
    this.#options = options;
    this.#onError = onError;
    exchange.onReach((correspondent) => this.#inside?.handleReach(correspondent));
    exchange.onLoss((correspondent) => this.#inside?.handleLoss(correspondent));
    for (const type of messageTypes) exchange.listen(type, (message, from) => this.#handle(message, from));
  }

  /** An immutable snapshot; a new object after every change. */
  get state(): ChatState {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (state: ChatState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Told of each message of others that was written while this page was in the call. Returns what ends it. */
  onNews(listener: (entry: ChatEntry) => void): () => void {
    this.#newsListeners.add(listener);
    return () => void this.#newsListeners.delete(listener);
  }

  /** Settles when messages can be written; rejects when what that takes could not be loaded. */
  async ready(): Promise<void> {
    await this.#load();
  }

  /**
   * Writes to everybody (`to`: null), also to those who come while somebody is there who has the message; or to one participant, who
   * gets it as soon as it can be reached. At most 4000 UTF-16 code units, ten messages at once and then one a second.
   */
  send(text: string, to: { readonly id: string; readonly name: string } | null): SendResult {
    return this.#inside?.send(text, to) ?? "not-joined";
  }

  /** Whether the person looks at the messages: then they are read as they come. */
  set attended(attended: boolean) {
    this.#attended = attended;
    if (this.#inside) this.#inside.attended = attended;
  }

  /** Who one is in the room. */
  handleSelf(id: string): void {
    if (this.#self === id) return;
    this.#self = id;
    if (this.#inside) this.#inside.handleSelf(id);
    else this.#try();
  }

  /** The page is being left, and its next load may return to the seat. */
  rest(): void {
    this.#inside?.rest();
  }

  /** The call has ended here. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#inside?.close();
  }

  /** It has ended for good: the next page load is to know nothing of it. */
  forget(): void {
    this.#inside?.forget();
    try {
      this.#options.storage?.removeItem(chatKey(this.#options.server, this.#options.room));
    } catch {
      // What cannot be written cannot be read either.
    }
  }

  #handle(message: Envelope, from: Correspondent): void {
    if (this.#inside) {
      this.#inside.handleMessage(message, from);
      return;
    }
    if (this.#waiting.length < mostWaiting) this.#waiting.push([message, from]);
    if (!this.#closed && performance.now() - this.#triedAt > retry) this.#try();
  }

  /** Without the rest nothing is lost that others have; it is tried again. */
  #try(): void {
    this.#load().catch(this.#onError);
  }

  #load(): Promise<Correspondence> {
    this.#triedAt = performance.now();
    this.#loading ??= import("./correspondence.js").then(
      ({ Correspondence }) => this.#open(Correspondence),
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }

  #open(Inside: typeof Correspondence): Correspondence {
    const inside = new Inside(this.#exchange, this.#options, {
      onState: (state) => {
        this.#state = state;
        for (const listener of this.#listeners) listener(state);
      },
      onNews: (entry) => {
        for (const listener of this.#newsListeners) listener(entry);
      },
    });
    this.#inside = inside;
    inside.attended = this.#attended;
    if (this.#closed) {
      inside.close();
      return inside;
    }
    if (this.#self !== null) inside.handleSelf(this.#self);
    for (const correspondent of this.#exchange.reachable) inside.handleReach(correspondent);
    for (const [message, from] of this.#waiting.splice(0)) inside.handleMessage(message, from);
    return inside;
  }
}
