import type { CreateMeter, Meter } from "./own-speech.js";
import { Speech } from "./speech.js";

/** Speech starts at this linear level, as in {@link Speech}. */
const loud = 0.03;
/** So long (milliseconds) somebody has to be speaking, and so often (readings) be loud: a cough, or two, is no speech. */
const longest = 3_000;
const fewest = 6;
/** It is over when nothing was said for so long, and said anew at most so often (milliseconds). */
const quiet = 10_000;
const rest = 60_000;

/** Who mutes for a word, or comes into a call, is not listened to yet (milliseconds). */
const patience = 1_000;

/** Whether somebody talks on and on and is muted, from levels told a few times a second. */
export class MutedTalk {
  readonly #speech = new Speech();
  #since: number | null = null;
  #readings = 0;
  #heardAt = -Infinity;
  #toldAt = -Infinity;
  #talking = false;

  get talking(): boolean {
    return this.#talking;
  }

  /** Returns whether `talking` changed. */
  handleLevel(level: number, now: number): boolean {
    const before = this.#talking;
    this.#speech.handleLevel(level, now);
    if (this.#speech.speaking) {
      this.#since ??= now;
      this.#heardAt = now;
      if (level >= loud) this.#readings += 1;
    } else {
      this.#since = null;
      this.#readings = 0;
    }
    const goesOn = this.#since !== null && now - this.#since >= longest && this.#readings >= fewest;
    if (goesOn && !before && now - this.#toldAt >= rest) {
      this.#talking = true;
      this.#toldAt = now;
    } else if (before && now - this.#heardAt >= quiet) {
      this.#talking = false;
    }
    return this.#talking !== before;
  }

  /** Unmuted: at once. Returns whether `talking` changed. */
  stop(): boolean {
    const before = this.#talking;
    this.#talking = false;
    this.#since = null;
    this.#readings = 0;
    this.#speech.stop();
    return before;
  }
}

/**
 * Listens at this end to a microphone that is muted, and tells nobody else. A muted track gives silence; a copy of it that is not
 * muted does not, and goes nowhere but here.
 */
export class MutedEar {
  readonly #createMeter: CreateMeter;
  readonly #talk = new MutedTalk();
  #source: MediaStreamTrack | null = null;
  #copy: MediaStreamTrack | null = null;
  #meter: Meter | null = null;
  /** When it was listened to first. */
  #since: number | null = null;

  constructor(createMeter: CreateMeter) {
    this.#createMeter = createMeter;
  }

  get talking(): boolean {
    return this.#talk.talking;
  }

  /** Whether there is anything to listen to, or to tell. */
  get listening(): boolean {
    return this.#source !== null || this.#talk.talking;
  }

  /** Follows the microphone that is muted; null: none is. */
  follow(stream: MediaStream | null): void {
    const [source = null] = stream?.getAudioTracks() ?? [];
    if (source === this.#source) return;
    this.#meter?.close();
    this.#copy?.stop();
    this.#meter = null;
    this.#copy = null;
    this.#source = source;
    this.#since = null;
  }

  /** Listens once; returns whether `talking` changed. */
  listen(now: number): boolean {
    if (!this.#source) return this.#talk.stop();
    // Another one than before: whatever was heard is over, which is news.
    if (this.#since === null && this.#talk.stop()) return true;
    this.#since ??= now;
    if (!this.#copy && now - this.#since >= patience) {
      this.#copy = this.#source.clone();
      this.#copy.enabled = true;
      this.#meter = this.#createMeter(new MediaStream([this.#copy]));
    }
    return this.#talk.handleLevel(this.#meter?.amplitude() ?? 0, now);
  }
}
