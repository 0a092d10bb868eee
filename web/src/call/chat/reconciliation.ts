import type { Envelope } from "../../rtc/index.js";
import type { Correspondent, Exchange } from "../exchange/exchange.js";
import { Allowance } from "../participants/allowance.js";
import { readUnwanted, type Unwanted } from "./floors.js";
import { readHoldings } from "./holdings.js";
import { emptySum, type ChatLog, type Extract } from "./log.js";
import { isRecord, type Claim, type Entry, type Position } from "./message.js";

/** Which of the logs that two participants have in common: that of everybody, or that of the two. */
export type Scope = "all" | "one";
export const scopes: readonly Scope[] = ["all", "one"];

export interface ReconciliationHandlers {
  /** The log that is shared with this participant; null: nothing was ever written into it. */
  log(scope: Scope, participant: string): ChatLog | null;
  /** How an entry is told to others. */
  claim(entry: Entry): Claim;
  /** What somebody passes on, unchecked. False: it was too much at once, and is to be asked for again. */
  onClaims(claims: readonly (readonly [Scope, Readonly<Record<string, unknown>>])[], from: Correspondent): boolean;
}

/** How long after a change the others are told (milliseconds): those who were reached have it by then. */
const settling = 1_500;
/** How long an answer may pause. */
const patience = 8_000;
/** How often those are asked again who may still have something that is missing here. */
const again = 20_000;
/** How soon to go on with what a connection had no room for. */
const retry = 250;
/** In UTF-16 code units of JSON, which are at most three bytes each: far from what a data channel takes. */
const longestBatch = 20_000;
/** More than one batch can hold. */
const mostClaims = 400;

interface Peer {
  readonly correspondent: Correspondent;
  /** The sums that it has told. */
  heard: Sums | null;
  told: string;
  /** It may have what is missing here. */
  due: boolean;
  /** It was asked for its own words since it can be reached. */
  vouched: boolean;
  /** The number of the last question to it; 0: none. */
  asked: number;
  /** What it and this page had at that question. */
  askedOf: string;
  /** What it and this page had at the last question that it has answered to the end: as long as that is so, it has no more. */
  learned: string;
  /** How often it may ask. */
  readonly questions: Allowance;
  answer: Answer | null;
}

type Sums = Readonly<Record<Scope, string>>;

/** What somebody asked for and has not been sent yet. */
interface Answer {
  readonly ask: number;
  readonly rest: (readonly [Scope, Entry])[];
}

/**
 * Brings the logs of those who reach each other to the same, whatever was lost on the way: newcomers, reloads, connections that
 * were replaced, and messages that a full channel refused are all one case.
 *
 * Each end tells the other a sum of each log: at first sight, and again when a log has changed and nobody wrote for a moment. Who
 * hears another sum than its own asks (`chat-have`: what it holds), one participant at a time, and gets what it lacks
 * (`chat-log`) in messages of bounded size. What one got that way changes its own sum, and so goes on to those who cannot
 * reach its author.
 *
 * Logs that are full may stay different. Who has answered to the end is asked again when its sum changes, or when something had
 * to go here that it may still have; since nothing is taken twice from where it had to go ({@link ChatLog}), that ends.
 *
 * Who lies about its sum is asked once in a while, in vain.
 */
export class Reconciliation {
  readonly #exchange: Pick<Exchange, "post">;
  readonly #handlers: ReconciliationHandlers;
  readonly #peers = new Map<string, Peer>();
  #asking: Peer | null = null;
  #asks = 0;
  #tellTimer: ReturnType<typeof setTimeout> | undefined;
  #askTimer: ReturnType<typeof setTimeout> | undefined;
  #againTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(exchange: Pick<Exchange, "post">, handlers: ReconciliationHandlers) {
    this.#exchange = exchange;
    this.#handlers = handlers;
  }

  handleReach(correspondent: Correspondent): void {
    this.handleLoss(correspondent.id);
    const peer: Peer = {
      correspondent,
      heard: null,
      told: "",
      due: false,
      vouched: false,
      asked: 0,
      askedOf: "",
      learned: "",
      questions: new Allowance(12, 2_000),
      answer: null,
    };
    this.#peers.set(correspondent.id, peer);
    if (!this.#tell(peer)) this.handleChange();
  }

  handleLoss(id: string): void {
    const peer = this.#peers.get(id);
    this.#peers.delete(id);
    if (peer && peer === this.#asking) this.#endAsking();
  }

  /** A log has changed. */
  handleChange(): void {
    this.#tellTimer ??= setTimeout(() => this.#tellAll(), settling);
  }

  handleSum({ all, one }: Envelope, from: Correspondent): void {
    const peer = this.#peers.get(from.id);
    if (!peer || typeof all !== "string" || typeof one !== "string") return;
    peer.heard = { all, one };
    peer.due = this.#mayHaveMore(peer);
    if (peer.due) this.#watch();
    this.#consider();
  }

  handleHave(message: Envelope, from: Correspondent): void {
    const peer = this.#peers.get(from.id);
    const { ask } = message;
    if (!peer || typeof ask !== "number" || !peer.questions.take()) return;
    const rest = scopes.flatMap((scope) => {
      const read = readExtract(message[scope]);
      const log = this.#handlers.log(scope, from.id);
      return read && log ? log.lacking(read.unwanted, read.has).map((entry) => [scope, entry] as const) : [];
    });
    peer.answer = { ask, rest };
    this.#answer(peer);
  }

  handleLog({ ask, messages, end }: Envelope, from: Correspondent): void {
    const peer = this.#peers.get(from.id);
    // Nobody tells what it was not asked.
    if (!peer || peer.asked === 0 || ask !== peer.asked || !Array.isArray(messages) || messages.length > mostClaims)
      return;
    const taken = this.#handlers.onClaims(
      messages.filter(isRecord).map((claim) => [claim["private"] === true ? "one" : "all", claim] as const),
      from,
    );
    if (!taken) peer.askedOf = "";
    if (end === true) {
      peer.asked = 0;
      peer.learned = peer.askedOf;
    }
    if (peer !== this.#asking) return;
    if (end === true) this.#endAsking();
    else this.#wait();
  }

  close(): void {
    this.#peers.clear();
    this.#asking = null;
    for (const timer of [this.#tellTimer, this.#askTimer, this.#againTimer, this.#retryTimer]) clearTimeout(timer);
  }

  #sums(id: string): Sums {
    const sum = (scope: Scope): string => this.#handlers.log(scope, id)?.sum ?? emptySum;
    return { all: sum("all"), one: sum("one") };
  }

  #differs({ heard, correspondent }: Peer): boolean {
    const own = this.#sums(correspondent.id);
    return heard !== null && scopes.some((scope) => heard[scope] !== own[scope]);
  }

  /** What both have, as far as it matters for what can be learned from it. */
  #standing({ heard, correspondent: { id } }: Peer): string {
    const dropped = scopes.map((scope) => this.#handlers.log(scope, id)?.dropped ?? 0);
    return [heard?.all, heard?.one, ...dropped].join(" ");
  }

  #mayHaveMore(peer: Peer): boolean {
    return this.#differs(peer) && this.#standing(peer) !== peer.learned;
  }

  /** It has something, or says so, and not the same as there is here. */
  #promises(peer: Peer): boolean {
    const own = this.#sums(peer.correspondent.id);
    return scopes.some((scope) => {
      const heard = peer.heard?.[scope] ?? emptySum;
      return heard !== emptySum && heard !== own[scope];
    });
  }

  #tellAll(): void {
    this.#tellTimer = undefined;
    let refused = false;
    for (const peer of this.#peers.values()) refused = !this.#tell(peer) || refused;
    if ([...this.#peers.values()].some((peer) => this.#mayHaveMore(peer))) this.#watch();
    if (refused) this.handleChange();
  }

  /** Whether it knows; nothing is said twice. */
  #tell(peer: Peer): boolean {
    const { id } = peer.correspondent;
    const sums = this.#sums(id);
    const told = `${sums.all} ${sums.one}`;
    if (told !== peer.told && this.#exchange.post(id, "chat-sum", { ...sums })) peer.told = told;
    return told === peer.told;
  }

  #consider(): void {
    if (this.#asking) return;
    for (const peer of this.#peers.values()) {
      const promises = peer.due && this.#promises(peer);
      peer.due = false;
      if ((promises || this.#owesWord(peer)) && this.#ask(peer)) return;
    }
  }

  /** Others have told what it is said to have said. */
  #owesWord({ correspondent: { id }, vouched, heard }: Peer): boolean {
    if (vouched || heard === null) return false;
    return scopes.some((scope) => this.#handlers.log(scope, id)?.doubts(id) ?? false);
  }

  #ask(peer: Peer): boolean {
    const { id } = peer.correspondent;
    const extract = (scope: Scope): Extract | null => this.#handlers.log(scope, id)?.extract(id) ?? null;
    const ask = ++this.#asks;
    if (!this.#exchange.post(id, "chat-have", { ask, all: extract("all"), one: extract("one") })) {
      // It is asked again with all the others with whom this log differs.
      this.#watch();
      return false;
    }
    peer.vouched = true;
    peer.asked = ask;
    peer.askedOf = this.#standing(peer);
    this.#asking = peer;
    this.#wait();
    return true;
  }

  #wait(): void {
    clearTimeout(this.#askTimer);
    this.#askTimer = setTimeout(() => this.#endAsking(), patience);
  }

  #endAsking(): void {
    clearTimeout(this.#askTimer);
    this.#asking = null;
    this.#consider();
  }

  /** While somebody's log has, or may have, what this one has not. */
  #watch(): void {
    this.#againTimer ??= setTimeout(() => {
      this.#againTimer = undefined;
      for (const peer of this.#peers.values()) {
        if (!this.#mayHaveMore(peer)) continue;
        peer.due = true;
        // What it was told last may have been lost with a channel.
        peer.told = "";
        this.#tell(peer);
        this.#watch();
      }
      this.#consider();
    }, again);
  }

  #answer(peer: Peer): void {
    const { answer, correspondent } = peer;
    while (answer && peer.answer === answer) {
      const [messages, taken] = this.#batch(answer.rest);
      const end = taken === answer.rest.length;
      if (!this.#exchange.post(correspondent.id, "chat-log", { ask: answer.ask, messages, end })) {
        this.#retryTimer ??= setTimeout(() => this.#answerRest(), retry);
        return;
      }
      answer.rest.splice(0, taken);
      if (end) peer.answer = null;
    }
  }

  #answerRest(): void {
    this.#retryTimer = undefined;
    for (const peer of this.#peers.values()) this.#answer(peer);
  }

  #batch(rest: Answer["rest"]): readonly [messages: readonly object[], taken: number] {
    const messages: object[] = [];
    let length = 0;
    for (const [scope, entry] of rest) {
      const claim = { ...this.#handlers.claim(entry), ...(scope === "one" ? { private: true } : {}) };
      length += JSON.stringify(claim).length + 1;
      if (messages.length > 0 && (length > longestBatch || messages.length === mostClaims)) break;
      messages.push(claim);
    }
    return [messages, messages.length];
  }
}

function readExtract(
  value: unknown,
): { readonly unwanted: Unwanted; readonly has: (position: Position) => boolean } | null {
  // There is nothing in it at the other end.
  if (value === null) return { unwanted: { after: null, floors: [] }, has: () => false };
  if (!isRecord(value)) return null;
  const has = readHoldings(value["have"]);
  return has && { unwanted: readUnwanted(value), has };
}
