/** The newest items, up to a number. */
export class Ring<T> {
  readonly #capacity: number;
  #items: T[] = [];
  #pushed = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Oldest first. */
  get list(): readonly T[] {
    return this.#items;
  }

  /** How many there ever were. */
  get pushed(): number {
    return this.#pushed;
  }

  get dropped(): number {
    return this.#pushed - this.#items.length;
  }

  /** Gives the item that had to go, if one had to. */
  push(item: T): T | undefined {
    this.#pushed += 1;
    this.#items.push(item);
    return this.#items.length > this.#capacity ? this.#items.shift() : undefined;
  }
}
