import { save } from "../files/save.js";
import type { RecordingEnd } from "./delivery.js";
import type { KeptRecording, Shelf } from "./shelf.js";

/** What there is to say of recordings where no call is shown. */
export interface LeftState {
  /** Recordings whose page is gone, and which the person has not got yet. */
  readonly left: readonly KeptRecording[];
  /** What becomes of the one that was made when the call ended here; null: there was none. */
  readonly outcome: "saving" | RecordingEnd | null;
}

/** Finds the recordings that were left behind, and has them until the person has decided. */
export class LeftRecordings {
  readonly #open: () => Promise<Pick<Shelf, "marked" | "sweep" | "take"> | null>;
  readonly #listeners = new Set<() => void>();
  /** Each is waited for once. */
  readonly #awaited = new Set<string>();
  #state: LeftState = { left: [], outcome: null };

  constructor(open: () => Promise<Pick<Shelf, "marked" | "sweep" | "take"> | null>) {
    this.#open = open;
  }

  /** A new object after every change. */
  get state(): LeftState {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Those that are still made, here or in another tab, are left behind once their page is gone. */
  async look(): Promise<void> {
    const shelf = await this.#open();
    if (shelf === null) return;
    void shelf.sweep();
    for (const id of shelf.marked) {
      if (this.#awaited.has(id)) continue;
      this.#awaited.add(id);
      void shelf.take(id).then((recording) => this.#add(id, recording));
    }
  }

  /** Rejects when it cannot be read. */
  async save(recording: KeptRecording): Promise<void> {
    const whole = await recording.join();
    save(whole, recording.name);
    recording.handleSaved();
    this.#remove(recording);
  }

  async discard(recording: KeptRecording): Promise<void> {
    this.#remove(recording);
    await recording.remove();
  }

  report(outcome: LeftState["outcome"]): void {
    this.#become({ ...this.#state, outcome });
  }

  #add(id: string, recording: KeptRecording | null): void {
    if (recording === null) this.#awaited.delete(id);
    else this.#become({ ...this.#state, left: [...this.#state.left, recording] });
  }

  #remove(recording: KeptRecording): void {
    this.#become({ ...this.#state, left: this.#state.left.filter((each) => each !== recording) });
  }

  #become(state: LeftState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
