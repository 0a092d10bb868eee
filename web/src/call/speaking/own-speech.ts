import { LevelMeter } from "./level-meter.js";
import { Speech } from "./speech.js";

export type Meter = Pick<LevelMeter, "amplitude" | "close">;
/** Null where the browser gives no audio processing: then nobody sees themselves speaking. */
export type CreateMeter = (stream: MediaStream) => Meter | null;

export const createLevelMeter: CreateMeter = (stream) => {
  try {
    return new LevelMeter(stream);
  } catch {
    return null;
  }
};

/** Whether the person at this end speaks. */
export class OwnSpeech {
  readonly #createMeter: CreateMeter;
  readonly #speech = new Speech();
  #stream: MediaStream | null = null;
  #meter: Meter | null = null;

  constructor(createMeter: CreateMeter) {
    this.#createMeter = createMeter;
  }

  get speaking(): boolean {
    return this.#speech.speaking;
  }

  /** Follows another microphone, or none while muted. */
  follow(stream: MediaStream | null): void {
    if (stream === this.#stream) return;
    this.#meter?.close();
    this.#stream = stream;
    this.#meter = stream && this.#createMeter(stream);
    if (!stream) this.#speech.stop();
  }

  /** Listens once; returns whether speaking began or ended. */
  listen(now: number): boolean {
    return this.#speech.handleLevel(this.#meter?.amplitude() ?? 0, now);
  }
}
