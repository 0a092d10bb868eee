import type { Exchange } from "../exchange/exchange.js";
import { Allowance, Allowances } from "../participants/allowance.js";

export const reactionKinds = ["thumbs-up", "heart", "laughing", "surprised", "applause"] as const;
export type ReactionKind = (typeof reactionKinds)[number];

/** One reaction, as long as it is shown. */
export interface Reaction {
  /** Larger for each that comes later. */
  readonly id: number;
  /** The participant's id; null: the person at this page. */
  readonly from: string | null;
  readonly name: string;
  readonly kind: ReactionKind;
}

/** How long each is shown, in milliseconds. */
const shownFor = 4_000;
/** How many are shown at a time; of more, the oldest go. */
const most = 40;

/** What people show each other for a moment, without a word. Nothing of it stays, and who comes later missed it. */
export class Reactions {
  readonly #exchange: Pick<Exchange, "broadcast">;
  readonly #name: string;
  readonly #sending = new Allowance(5, 1_000);
  /** More than a sender takes for itself: what a connection holds up comes in a burst. What is over is dropped. */
  readonly #receiving = new Allowances(8, 700);
  readonly #listeners = new Set<(state: readonly Reaction[]) => void>();
  #last = 0;
  #state: readonly Reaction[] = [];

  constructor(exchange: Pick<Exchange, "broadcast" | "listen">, name: string) {
    this.#exchange = exchange;
    this.#name = name;
    exchange.listen("reaction", ({ kind }, from) => {
      if (isReactionKind(kind) && this.#receiving.take(from.id)) this.#show(from.id, from.name, kind);
    });
  }

  /** Those that are shown at the moment, in order; a new list after every change. */
  get state(): readonly Reaction[] {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (state: readonly Reaction[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Shows it to everybody who can be reached, and here; false: too many at once (five, and then one a second). */
  send(kind: ReactionKind): boolean {
    if (!this.#sending.take()) return false;
    this.#exchange.broadcast("reaction", { kind });
    this.#show(null, this.#name, kind);
    return true;
  }

  #show(from: string | null, name: string, kind: ReactionKind): void {
    const reaction = { id: ++this.#last, from, name, kind };
    this.#become([...this.#state, reaction].slice(-most));
    setTimeout(() => this.#become(this.#state.filter((other) => other !== reaction)), shownFor);
  }

  #become(state: readonly Reaction[]): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

function isReactionKind(value: unknown): value is ReactionKind {
  return (reactionKinds as readonly unknown[]).includes(value);
}
