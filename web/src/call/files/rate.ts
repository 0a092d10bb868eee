/** In milliseconds: how far back is looked. */
const span = 4_000;
/** In milliseconds: in less, nothing can be said. */
const least = 500;

/** How fast something grows that only grows. */
export class Rate {
  #samples: { readonly at: number; readonly value: number }[] = [];

  /** At `now` (milliseconds) it is `value`. */
  add(now: number, value: number): void {
    this.#samples.push({ at: now, value });
    this.#forget(now);
  }

  /** Per second; null while nothing can be said. */
  at(now: number): number | null {
    this.#forget(now);
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (!first || !last || now - first.at < least) return null;
    return (1_000 * (last.value - first.value)) / (now - first.at);
  }

  reset(): void {
    this.#samples = [];
  }

  /** The newest of those that are too old stays, as the beginning. */
  #forget(now: number): void {
    while (this.#samples[1] !== undefined && this.#samples[1].at <= now - span) this.#samples.shift();
  }
}
