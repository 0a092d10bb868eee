/** Keeps the screen from going dark while people look at each other without touching it. */
export class WakeLock {
  #wanted = false;
  #sentinel: WakeLockSentinel | null = null;
  /** The browser lets go whenever the page is hidden. */
  readonly #handleVisibility = (): void => void this.#request();

  hold(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    document.addEventListener("visibilitychange", this.#handleVisibility);
    void this.#request();
  }

  release(): void {
    if (!this.#wanted) return;
    this.#wanted = false;
    document.removeEventListener("visibilitychange", this.#handleVisibility);
    this.#drop();
  }

  /** Whether `hold` was asked for last. */
  get held(): boolean {
    return this.#wanted;
  }

  async #request(): Promise<void> {
    if (!this.#wanted || document.visibilityState !== "visible") return;
    try {
      const sentinel = await navigator.wakeLock.request("screen");
      this.#sentinel = sentinel;
      if (!this.held) this.#drop();
    } catch {
      // No such thing here, low battery, or a policy: the screen goes dark as it always does, the call goes on.
    }
  }

  #drop(): void {
    void this.#sentinel?.release().catch(() => {});
    this.#sentinel = null;
  }
}
