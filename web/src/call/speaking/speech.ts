/** Linear audio levels, as browsers report them for received audio: speech starts above, and ends below. */
const startLevel = 0.03;
const endLevel = 0.015;
/** People pause between words; what is shown should not flicker (milliseconds). */
const hold = 800;

/** Whether somebody speaks, from audio levels told a few times a second. */
export class Speech {
  #speaking = false;
  #heardAt = -Infinity;

  get speaking(): boolean {
    return this.#speaking;
  }

  /** Returns whether `speaking` changed. */
  handleLevel(level: number, now: number): boolean {
    const before = this.#speaking;
    if (level >= (before ? endLevel : startLevel)) {
      this.#heardAt = now;
      this.#speaking = true;
    } else if (before && now - this.#heardAt >= hold) {
      this.#speaking = false;
    }
    return this.#speaking !== before;
  }

  /** Muted: at once. Returns whether `speaking` changed. */
  stop(): boolean {
    const before = this.#speaking;
    this.#speaking = false;
    return before;
  }
}
