import { LevelMeter } from "./level-meter.js";
import { Speech } from "./speech.js";

export type Meter = Pick<LevelMeter, "amplitude" | "close"> & Partial<Pick<LevelMeter, "running">>;
/** Null where the browser gives no audio processing: then nobody sees themselves speaking. */
export type CreateMeter = (stream: MediaStream) => Meter | null;

export const createLevelMeter: CreateMeter = (stream) => {
  try {
    return new LevelMeter(stream);
  } catch {
    return null;
  }
};

/** For how long after a microphone was opened nobody is seen speaking (milliseconds): the way into a call comes first. */
const patience = 1_000;

/** Whether the person at this end speaks. */
export class OwnSpeech {
  readonly #createMeter: CreateMeter;
  readonly #speech = new Speech();
  #stream: MediaStream | null = null;
  /** Undefined until it is made, late: a page's first audio processing takes a browser (Chromium 156) some 20 ms. */
  #meter: Meter | null | undefined;
  /** When the stream was listened to first. */
  #since: number | null = null;
  #level: number | null = null;

  constructor(createMeter: CreateMeter) {
    this.#createMeter = createMeter;
  }

  get speaking(): boolean {
    return this.#speech.speaking;
  }

  /** As it was heard last, linear; null: nothing can be told, because the browser does not let the page listen. */
  get level(): number | null {
    return this.#level;
  }

  /** Follows another microphone, or none while muted. */
  follow(stream: MediaStream | null): void {
    if (stream === this.#stream) return;
    this.#meter?.close();
    this.#meter = undefined;
    this.#stream = stream;
    this.#since = null;
    this.#level = null;
    if (!stream) this.#speech.stop();
  }

  /** Listens once; returns whether speaking began or ended. */
  listen(now: number): boolean {
    this.#since ??= now;
    if (this.#stream && this.#meter === undefined && now - this.#since >= patience) {
      this.#meter = this.#createMeter(this.#stream);
    }
    const level = this.#meter?.amplitude() ?? null;
    // What does not run gives silence, and that says nothing of the microphone.
    this.#level = this.#meter?.running === false ? null : level;
    return this.#speech.handleLevel(level ?? 0, now);
  }
}
