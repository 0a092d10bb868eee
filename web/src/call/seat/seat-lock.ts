/** The part of `navigator.locks` that is used. */
export type SeatLocks = Pick<LockManager, "request">;

/** How long the document that a reload replaces may take to let go (milliseconds). */
const patience = 1_000;

/**
 * Makes sure that one page at a time has a seat: whatever copied the token into another tab, only the holder of the lock
 * uses it. The browser lets go of it with the page, however that ends.
 */
export class SeatLock {
  readonly #locks: SeatLocks | undefined;
  #id: string | null = null;
  #held = false;
  #acquired: Promise<boolean> = Promise.resolve(false);
  #release: () => void = () => {};

  constructor(locks: SeatLocks | undefined) {
    this.#locks = locks;
  }

  get held(): boolean {
    return this.#held;
  }

  /** Answers whether this page has the seat of the participant `id` for itself. Lets go of any other. */
  acquire(id: string): Promise<boolean> {
    if (this.#id !== id) {
      this.release();
      this.#id = id;
      this.#acquired = this.#acquire(id);
    }
    return this.#acquired;
  }

  release(): void {
    this.#id = null;
    this.#held = false;
    this.#release();
  }

  async #acquire(id: string): Promise<boolean> {
    await new Promise<void>((settle) => {
      const released = new Promise<void>((resolve) => (this.#release = resolve));
      void this.#request(id, released, settle);
    });
    return this.#id === id && this.#held;
  }

  /** Settles when the lock is held, and when it is sure not to be. */
  async #request(id: string, released: Promise<void>, settle: () => void): Promise<void> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), patience);
    try {
      await this.#locks?.request(`parley.seat ${id}`, { signal: limit.signal }, () => {
        clearTimeout(timer);
        if (this.#id === id) this.#held = true;
        settle();
        return released;
      });
    } catch {
      // Somebody else has it, or the browser gives no locks to this page.
    } finally {
      clearTimeout(timer);
      settle();
    }
  }
}
