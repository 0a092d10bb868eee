import { LevelMeter } from "../../call/index.js";

/** Between two readings (milliseconds): often enough to look alive. */
const interval = 80;

/** Tells how loud a stream is, again and again, while there is one. */
export class LevelWatch {
  readonly #onLevel: (level: number) => void;
  #stream: MediaStream | null = null;
  #meter: LevelMeter | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onLevel Told the level, 0 to 1. */
  constructor(onLevel: (level: number) => void) {
    this.#onLevel = onLevel;
  }

  follow(stream: MediaStream | null): void {
    if (stream === this.#stream) return;
    clearInterval(this.#timer);
    this.#meter?.close();
    this.#meter = null;
    this.#stream = stream;
    if (stream === null) return;
    try {
      const meter = new LevelMeter(stream);
      this.#meter = meter;
      this.#timer = setInterval(() => this.#onLevel(meter.level()), interval);
    } catch {
      // A browser without audio processing shows no level; the microphone works all the same.
    }
  }
}
