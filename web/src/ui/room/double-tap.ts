/** Both within this time (milliseconds) and this distance (pixels of the page), as fingers are quick and exact. */
const time = 350;
const distance = 40;

export interface Tap {
  readonly x: number;
  readonly y: number;
  /** When the finger was put down and lifted (milliseconds). */
  readonly down: number;
  readonly up: number;
}

/** Finds two taps in a row; browsers tell of a double click reliably for a mouse only. */
export class DoubleTap {
  #last: Tap | null = null;

  /** Returns whether this tap is the second of two. */
  handle(tap: Tap): boolean {
    const before = this.#last;
    // What was held for long was no tap.
    this.#last = tap.up - tap.down <= time ? tap : null;
    if (before === null || this.#last === null) return false;
    if (tap.up - before.up > time || Math.hypot(tap.x - before.x, tap.y - before.y) > distance) return false;
    // A third tap begins anew.
    this.#last = null;
    return true;
  }
}
