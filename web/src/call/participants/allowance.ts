/** How often a stranger may still do something that costs much, or annoys. */
export class Allowance {
  readonly #most: number;
  readonly #refill: number;
  #left: number;
  #at = performance.now();

  /** `most` times in a row, and once more each time that `refill` (milliseconds) has passed. */
  constructor(most = 8, refill = 5_000) {
    this.#most = most;
    this.#refill = refill;
    this.#left = most;
  }

  /** Answers whether it may be once more, and counts it. */
  take(): boolean {
    const now = performance.now();
    this.#left = Math.min(this.#most, this.#left + (now - this.#at) / this.#refill);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** Of how many people it is remembered what they may. */
const mostKept = 64;

/** An {@link Allowance} for each participant, by its id. Of too many, those that were first asked about longest ago begin anew. */
export class Allowances {
  readonly #make: () => Allowance;
  readonly #kept = new Map<string, Allowance>();

  constructor(most: number, refill: number) {
    this.#make = () => new Allowance(most, refill);
  }

  take(participant: string): boolean {
    const allowance = this.#kept.get(participant) ?? this.#make();
    this.#kept.set(participant, allowance);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return allowance.take();
  }
}
