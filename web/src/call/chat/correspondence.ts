import type { Envelope } from "../../rtc/index.js";
import type { Correspondent, Exchange } from "../exchange/exchange.js";
import { Allowance, Allowances } from "../participants/allowance.js";
import { ChatLog } from "./log.js";
import { ChatMemory, type Kept } from "./memory.js";
import { compare, idOf, readMessage, readName, tidy, type Claim, type Entry } from "./message.js";
import { Reconciliation, type Scope } from "./reconciliation.js";
import type { LogLimits } from "./sources.js";
import { longestText, noMessages, type ChatEntry, type ChatOptions, type ChatState, type SendResult } from "./state.js";

export interface CorrespondenceHandlers {
  onState(state: ChatState): void;
  /** A message of others that was written while this page was in the call. */
  onNews(entry: ChatEntry): void;
}

/** 1 MiB of text at most, and a quarter of it for each pair. */
const usualLimits: Readonly<Record<Scope, LogLimits>> = {
  all: { messages: 1_000, length: 524_288 },
  one: { messages: 200, length: 131_072 },
};
/** Private conversations that are kept; of more, those whose last message is the oldest go. */
const mostConversations = 32;
/** Nobody waits for longer ago; milliseconds. */
const oldest = 7 * 24 * 3_600_000;
/** How far before Lamport's clock a message of others may be to move it: further than all that people write in a room. */
const longestStride = 2 ** 20;

/** What is shared with one other participant, as this one or as who one was before the seat was renewed. */
interface Conversation {
  readonly self: string;
  readonly other: { readonly id: string; name: string };
  readonly log: ChatLog;
}

/**
 * What people write to each other: a log of messages that every page keeps for itself and that the pages bring to the same
 * ({@link Reconciliation}); the server sees none of it. To everybody, or to one: each pair has a log of its own, and tells
 * nobody else of it.
 *
 * A message goes straight to those it is for. All the rest, from history for newcomers to what a broken connection has
 * swallowed, comes from logs that are compared. Order is Lamport's, so nobody's clock matters: who has seen a message writes behind it,
 * and what was written without knowing of each other stands in the same order for all.
 *
 * Who may say what: a new message counts as its author's only if it came over the author's own connection (`vouched`). Whatever
 * is passed on of somebody else is a claim: it is shown, and marked, until the author, if it is there, says the same; where the
 * author says otherwise, the author is right. So nobody can put words into the mouth of somebody who is there unnoticed; of
 * those who have left one has to believe the others, and the mark says so. A member can, without being held up: write
 * different things to different people under the same number, place its own message, or one that it invents, earlier or later in the
 * order than it was written, or fill what room the others leave in the log, so that their oldest go early. It takes no more of it than
 * two shares for each name under which it joins; the server limits joins. In nothing of this is a message of others lost
 * that is among the last ({@link ChatLog}).
 *
 * Nor can it drive Lamport's clock to its end (2^53 - 1), from where everybody's messages would stand in no order: a message that is
 * more than 2^20 ahead, which takes a lie, does not move the clock here. What is written in answer to it stands before it, and what
 * honest people write to each other stays in order. Against somebody who drives the clock in smaller steps, with more messages than a
 * log holds of it, that does not help: who hears only the last of them may write before all the others. That
 * is order only.
 */
export class Correspondence {
  readonly #exchange: Pick<Exchange, "reachable" | "post" | "broadcast">;
  readonly #handlers: CorrespondenceHandlers;
  readonly #name: string;
  readonly #limits: Readonly<Record<Scope, LogLimits>>;
  readonly #memory: ChatMemory;
  readonly #log: ChatLog;
  /** Those last written into stand last. */
  readonly #conversations = new Map<string, Conversation>();
  readonly #reconciliation: Reconciliation;
  readonly #sending = new Allowance(10, 1_000);
  /** More than a sender takes for itself: what a connection holds up comes in a burst. What is over, the logs make good. */
  readonly #receiving = new Allowances(20, 500);
  readonly #believing: Allowances;
  readonly #unread = new Set<string>();
  /** All ids that the person at this page has had. */
  readonly #selves = new Set<string>();
  #self: string | null = null;
  #clock = 0;
  /** When this page entered the room, by its clock: what is older is no news. */
  #enteredAt = Infinity;
  #attended = false;
  #state = noMessages;

  constructor(
    exchange: Pick<Exchange, "reachable" | "post" | "broadcast">,
    options: ChatOptions,
    handlers: CorrespondenceHandlers,
    limits = usualLimits,
  ) {
    this.#exchange = exchange;
    this.#handlers = handlers;
    this.#name = options.name;
    this.#limits = limits;
    this.#memory = new ChatMemory(options.storage, options.server, options.room);
    this.#log = new ChatLog(this.#limits.all, drawSeries());
    this.#believing = new Allowances(this.#limits.all.messages + this.#limits.one.messages, 200);
    this.#reconciliation = new Reconciliation(exchange, {
      log: (scope, id) => (scope === "all" ? this.#log : (this.#conversation(id)?.log ?? null)),
      claim: (entry) => this.#claim(entry),
      onClaims: (claims, from) => {
        const results = claims.map(([scope, claim]) => this.#believe(scope, claim, from));
        if (results.includes("changed")) this.#handleChange();
        return !results.includes("too-much");
      },
    });
  }

  get state(): ChatState {
    return this.#state;
  }

  send(text: string, to: { readonly id: string; readonly name: string } | null): SendResult {
    const tidied = tidy(text);
    const self = this.#self;
    if (self === null) return "not-joined";
    if (tidied === "") return "empty";
    if (tidied.length > longestText) return "too-long";
    if (!this.#sending.take()) return "too-fast";
    const log = to ? this.#converse(to).log : this.#log;
    const message = {
      lamport: Math.min(this.#clock + 1, Number.MAX_SAFE_INTEGER),
      series: log.series,
      number: log.nextNumber(),
      text: tidied,
    };
    this.#put(log, { ...message, author: self, name: this.#name, at: Date.now(), ...firstHand(self) });
    if (to) this.#exchange.post(to.id, "chat", { ...message, private: true });
    else this.#exchange.broadcast("chat", message);
    this.#handleChange();
    return "sent";
  }

  /** Whether the person looks at the messages: then they are read as they come. */
  set attended(attended: boolean) {
    this.#attended = attended;
    if (attended && this.#unread.size > 0) {
      this.#unread.clear();
      this.#handleRead();
    }
  }

  /** Who one is in the room. */
  handleSelf(id: string): void {
    if (this.#self === id) return;
    this.#self = id;
    this.#selves.add(id);
    this.#enteredAt = Math.min(this.#enteredAt, Date.now());
    for (const kept of this.#memory.read(id)) this.#remember(kept);
    this.#update();
  }

  /** The page is being left, and its next load may return to the seat. */
  rest(): void {
    this.#memory.flush();
  }

  /** The call has ended here. */
  close(): void {
    this.#memory.flush();
    this.#reconciliation.close();
  }

  /** It has ended for good: the next page load is to know nothing of it. */
  forget(): void {
    this.#memory.forget();
  }

  handleReach(correspondent: Correspondent): void {
    this.#reconciliation.handleReach(correspondent);
    this.#update();
  }

  handleLoss({ id }: Correspondent): void {
    this.#reconciliation.handleLoss(id);
    this.#update();
  }

  handleMessage(message: Envelope, from: Correspondent): void {
    switch (message.type) {
      case "chat":
        this.#handleLive(message, from);
        break;
      case "chat-sum":
        this.#reconciliation.handleSum(message, from);
        break;
      case "chat-have":
        this.#reconciliation.handleHave(message, from);
        break;
      case "chat-log":
        this.#reconciliation.handleLog(message, from);
        break;
    }
  }

  #handleLive(message: Envelope, from: Correspondent): void {
    const read = readMessage({ ...message, author: from.id }, from.id);
    if (!read || this.#self === null || !this.#receiving.take(from.id)) return;
    const log = message["private"] === true ? this.#converse(from).log : this.#log;
    const entry: Entry = { ...read, name: from.name, at: Date.now(), ...firstHand(from.id) };
    const known = log.has(entry);
    if (!this.#put(log, entry)) return;
    if (!known) this.#handleNew(entry, message["private"] === true ? from.id : null);
    this.#handleChange();
  }

  #believe(
    scope: Scope,
    claim: Readonly<Record<string, unknown>>,
    from: Correspondent,
  ): "changed" | "unchanged" | "too-much" {
    const message = readMessage(claim, from.id);
    if (!message || this.#self === null) return "unchanged";
    const vouched = claim["author"] === undefined;
    const mine = message.author === this.#self;
    if (scope === "one" && !mine && message.author !== from.id) return "unchanged";
    const log = scope === "one" ? this.#converse(from).log : this.#log;
    const known = log.has(message);
    if (!known && !this.#believing.take(from.id)) return "too-much";
    const { age } = claim;
    const at = Date.now() - (typeof age === "number" && age > 0 ? Math.min(age, oldest) : 0);
    const name = this.#nameOf(message.author, from, claim["name"]);
    const heard = vouched || claim["heard"] === true;
    const entry: Entry = { ...message, name, at, vouched, teller: from.id, heard };
    if (!this.#put(log, entry)) return "unchanged";
    if (!known) this.#handleNew(entry, scope === "one" ? from.id : null);
    return "changed";
  }

  #remember({ entry, other, read }: Kept): void {
    if (!this.#put(other ? this.#converse(other).log : this.#log, entry)) return;
    if (!read) this.#handleNew(entry, other?.id ?? null);
  }

  #put(log: ChatLog, entry: Entry): boolean {
    if (!log.put(entry)) return false;
    const own = entry.vouched && this.#selves.has(entry.author);
    if (own || entry.lamport <= this.#clock + longestStride) this.#clock = Math.max(this.#clock, entry.lamport);
    return true;
  }

  /** `other`: with whom it is private. */
  #handleNew(entry: Entry, other: string | null): void {
    if (!this.#attended && !this.#selves.has(entry.author)) this.#unread.add(idAmongAll(entry, other));
  }

  #claim({ author, name, series, number, lamport, text, at, vouched }: Entry): Claim {
    // Of what one has said oneself, and knows only from others, one says that others say so.
    const own = author === this.#self && vouched;
    const age = Math.max(0, Math.round(Date.now() - at));
    const others = { author, name, ...(vouched ? { heard: true as const } : {}) };
    return { ...(own ? {} : others), series, number, lamport, text, age };
  }

  #nameOf(author: string, from: Correspondent, told: unknown): string {
    if (author === from.id) return from.name;
    if (this.#selves.has(author)) return this.#name;
    return this.#exchange.reachable.find(({ id }) => id === author)?.name ?? readName(told);
  }

  #conversation(other: string): Conversation | undefined {
    return this.#conversations.get(`${this.#self ?? ""} ${other}`);
  }

  /** The conversation with somebody, as the one that was written into last. */
  #converse({ id, name }: { readonly id: string; readonly name: string }): Conversation {
    const self = this.#self ?? "";
    const key = `${self} ${id}`;
    const conversation = this.#conversations.get(key) ?? {
      self,
      other: { id, name },
      log: new ChatLog(this.#limits.one, drawSeries()),
    };
    if (name !== "") conversation.other.name = name;
    this.#conversations.delete(key);
    this.#conversations.set(key, conversation);
    const [first] = this.#conversations.keys();
    if (this.#conversations.size > mostConversations && first !== undefined) this.#conversations.delete(first);
    return conversation;
  }

  #handleChange(): void {
    this.#reconciliation.handleChange();
    const known = new Set(this.#state.entries.map(({ id }) => id));
    this.#update();
    this.#memory.note(() => ({ self: this.#self ?? "", kept: this.#kept() }));
    for (const entry of this.#state.entries) {
      if (known.has(entry.id) || entry.mine || entry.at < this.#enteredAt) continue;
      this.#handlers.onNews(entry);
    }
  }

  #handleRead(): void {
    this.#update();
    this.#memory.note(() => ({ self: this.#self ?? "", kept: this.#kept() }));
  }

  #kept(): readonly Kept[] {
    return this.#all()
      .filter(([, conversation]) => conversation === null || conversation.self === this.#self)
      .map(([entry, conversation]) => {
        const other = conversation?.other ?? null;
        return { entry, other, read: !this.#unread.has(idAmongAll(entry, other?.id ?? null)) };
      });
  }

  #all(): (readonly [Entry, Conversation | null])[] {
    const all: (readonly [Entry, Conversation | null])[] = this.#log.entries.map((entry) => [entry, null]);
    for (const conversation of this.#conversations.values()) {
      for (const entry of conversation.log.entries) all.push([entry, conversation]);
    }
    return all.sort(([a], [b]) => compare(a, b));
  }

  #update(): void {
    const entries = this.#all().map(([entry, conversation]) => this.#show(entry, conversation));
    const ids = new Set(entries.map(({ id }) => id));
    for (const id of this.#unread) if (!ids.has(id)) this.#unread.delete(id);
    const reachable = this.#exchange.reachable.map(({ id }) => id);
    this.#state = { joined: this.#self !== null, entries, unread: this.#unread.size, reachable };
    this.#handlers.onState(this.#state);
  }

  #show(entry: Entry, conversation: Conversation | null): ChatEntry {
    const { author, name, text, at, vouched } = entry;
    const other = conversation && { id: conversation.other.id, name: conversation.other.name };
    const id = idAmongAll(entry, other?.id ?? null);
    return { id, author, name, mine: this.#selves.has(author), text, at, other, vouched, unread: this.#unread.has(id) };
  }
}

/** What the author says itself. */
function firstHand(author: string): Pick<Entry, "vouched" | "teller" | "heard"> {
  return { vouched: true, teller: author, heard: true };
}

/** Nothing keeps a stranger from using a series twice: in what it writes to everybody, and in private. */
function idAmongAll(entry: Entry, other: string | null): string {
  return other === null ? idOf(entry) : `${idOf(entry)} ${other}`;
}

function drawSeries(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz012345";
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => letters[byte % letters.length]).join("");
}
