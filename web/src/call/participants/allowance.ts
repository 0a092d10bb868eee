/** So often in a row, and once more each time this long (milliseconds) has passed. */
const most = 8;
const refill = 5_000;

/** How often a stranger may still ask for something that costs much. */
export class Allowance {
  #left = most;
  #at = performance.now();

  /** Answers whether it may be once more, and counts it. */
  take(): boolean {
    const now = performance.now();
    this.#left = Math.min(most, this.#left + (now - this.#at) / refill);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
