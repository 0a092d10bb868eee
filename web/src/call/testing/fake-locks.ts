import type { SeatLocks } from "../seat/seat-lock.js";

interface Waiting {
  readonly name: string;
  readonly grant: () => void;
}

/** `navigator.locks` of one browser: exclusive locks, given in the order in which they were asked for. */
export class FakeLocks {
  readonly #held = new Map<string, () => void>();
  #waiting: Waiting[] = [];

  get held(): string[] {
    return [...this.#held.keys()];
  }

  asLocks(): SeatLocks {
    const request = (name: string, { signal }: LockOptions, callback: () => Promise<void>): Promise<void> =>
      new Promise((resolve, reject) => {
        const waiting: Waiting = {
          name,
          grant: () => {
            const release = () => {
              if (this.#held.get(name) === release) this.#held.delete(name);
              this.#give();
              resolve();
            };
            this.#held.set(name, release);
            void callback().then(release);
          },
        };
        signal?.addEventListener("abort", () => {
          if (!this.#waiting.includes(waiting)) return;
          this.#waiting = this.#waiting.filter((other) => other !== waiting);
          reject(new DOMException("aborted", "AbortError"));
        });
        this.#waiting.push(waiting);
        // A browser never answers at once.
        queueMicrotask(() => this.#give());
      });
    return { request } as unknown as SeatLocks;
  }

  /** The page that has the locks is gone. */
  endPage(): void {
    for (const release of [...this.#held.values()]) release();
  }

  #give(): void {
    for (const waiting of [...this.#waiting]) {
      if (this.#held.has(waiting.name)) continue;
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      waiting.grant();
    }
  }
}
