import type { Correspondent, Exchange } from "../exchange/exchange.js";

/** Who records the call, as far as their pages say. */
export interface RecordingsState {
  /** The person at this page does. */
  readonly own: boolean;
  readonly others: readonly { readonly id: string; readonly name: string }[];
}

const nobody: RecordingsState = { own: false, others: [] };

/** How soon to tell again who could not be told because too much waits for them already (milliseconds). */
const retry = 250;

/**
 * Tells everybody that somebody records, those who come later too, for as long as it goes on. Who cannot be told at the moment is told
 * as soon as it can be: nobody is to be recorded without knowing.
 *
 * A lost path says nothing: who recorded when it was lost does so still, until their page says otherwise, another page load stands in its
 * place, or they leave.
 */
export class Recordings {
  readonly #exchange: Pick<Exchange, "post" | "reachable">;
  readonly #listeners = new Set<(state: RecordingsState) => void>();
  /** Who records, by id: the page load that has said so. */
  readonly #sources = new Map<string, number>();
  /** Those who can be reached and have not been told yet how it is now. */
  readonly #due = new Set<string>();
  /** Those who have ever been told, and may therefore believe what is no longer so. */
  readonly #told = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state = nobody;

  constructor(exchange: Pick<Exchange, "post" | "reachable" | "listen" | "onReach" | "onLoss">) {
    this.#exchange = exchange;
    exchange.listen("recording", ({ on }, from) => this.#note(from, on === true));
    exchange.onReach((from) => {
      // Another page load records nothing before it says so.
      if (this.#sources.get(from.id) !== from.incarnation) this.#note(from, false);
      this.#owe(from.id);
      this.#pay();
    });
    // What was told last may have been lost with the path; who is back is told anew.
    exchange.onLoss(({ id }) => void this.#due.delete(id));
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
    // What nobody has heard of needs no end.
    this.#due.clear();
    this.#become({ ...this.#state, own: on });
    for (const { id } of this.#exchange.reachable) this.#owe(id);
    this.#pay();
  }

  /** These are in the call; who is not does not record it. */
  handlePresence(participants: ReadonlySet<string>): void {
    for (const id of this.#told) if (!participants.has(id)) this.#told.delete(id);
    for (const id of this.#sources.keys()) if (!participants.has(id)) this.#sources.delete(id);
    const others = this.#state.others.filter(({ id }) => participants.has(id));
    if (others.length !== this.#state.others.length) this.#become({ ...this.#state, others });
  }

  /** The call has ended here. */
  close(): void {
    this.#due.clear();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #owe(id: string): void {
    if (this.#state.own || this.#told.has(id)) this.#due.add(id);
  }

  #pay(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const id of this.#due) {
      if (!this.#exchange.post(id, "recording", { on: this.#state.own })) continue;
      this.#due.delete(id);
      this.#told.add(id);
    }
    if (this.#due.size > 0) this.#timer = setTimeout(() => this.#pay(), retry);
  }

  #note({ id, name, incarnation }: Correspondent, on: boolean): void {
    if (on) this.#sources.set(id, incarnation);
    else this.#sources.delete(id);
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
