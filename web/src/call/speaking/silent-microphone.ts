/** Below this linear level there is no room and no person: a microphone that works has a noise of its own (-120 dB). */
const digitalSilence = 1e-6;
/** So long it has to be so (milliseconds): since it was opened, and once it was heard. Processing that removes noise may do the same. */
const patience = { never: 10_000, before: 40_000 };

/** Whether a microphone is on and gives nothing at all: switched off at the headset, or in the system. */
export class SilentMicrophone {
  #since: number | null = null;
  #heard = false;
  #silent = false;

  get silent(): boolean {
    return this.#silent;
  }

  /** `level`: linear; null: nobody can tell at the moment. Returns whether `silent` changed. */
  handleLevel(level: number | null, now: number): boolean {
    const before = this.#silent;
    if (level === null) {
      this.#since = null;
    } else if (level >= digitalSilence) {
      this.#since = null;
      this.#heard = true;
      this.#silent = false;
    } else {
      this.#since ??= now;
      if (now - this.#since >= (this.#heard ? patience.before : patience.never)) this.#silent = true;
    }
    return this.#silent !== before;
  }

  /** Muted, or another microphone. Returns whether `silent` changed. */
  stop(): boolean {
    const before = this.#silent;
    this.#since = null;
    this.#heard = false;
    this.#silent = false;
    return before;
  }
}
