import type { Correspondent, Exchange } from "../exchange/exchange.js";

/** Who records the call, as far as their pages say. */
export interface RecordingsState {
  /** The person at this page does. */
  readonly own: boolean;
  readonly others: readonly { readonly id: string; readonly name: string }[];
}

const nobody: RecordingsState = { own: false, others: [] };

/** Tells everybody that somebody records, those who come later too, for as long as it goes on. */
export class Recordings {
  readonly #exchange: Pick<Exchange, "broadcast" | "post">;
  readonly #listeners = new Set<(state: RecordingsState) => void>();
  #state = nobody;

  constructor(exchange: Pick<Exchange, "broadcast" | "post" | "listen" | "onReach" | "onLoss">) {
    this.#exchange = exchange;
    exchange.listen("recording", ({ on }, from) => this.#note(from, on === true));
    exchange.onReach(({ id }) => {
      if (this.#state.own) exchange.post(id, "recording", { on: true });
    });
    // Who is back says it again.
    exchange.onLoss((from) => this.#note(from, false));
  }

  /** A new object after every change. */
  get state(): RecordingsState {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (state: RecordingsState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Before the first picture is kept (true), and after the last one. */
  tell(on: boolean): void {
    if (on === this.#state.own) return;
    this.#exchange.broadcast("recording", { on });
    this.#become({ ...this.#state, own: on });
  }

  #note({ id, name }: Correspondent, on: boolean): void {
    const others = this.#state.others.filter((other) => other.id !== id);
    const known = others.length !== this.#state.others.length;
    if (known === on) return;
    this.#become({ ...this.#state, others: on ? [...others, { id, name }] : others });
  }

  #become(state: RecordingsState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
