/** How long to wait before each attempt, in milliseconds; the last one repeats. */
const backOff = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];
/** A disconnected path often comes back by itself; restarting at once would only disturb it. */
const disconnectedPatience = 4_000;

/**
 * When to restart ICE on one connection. Told the connection's state; restarts until it is connected again, ever more
 * slowly, and never gives up: a laptop may be opened tomorrow.
 */
export class IceRecovery {
  readonly #restart: () => void;
  readonly #courtesy: number;
  #state: RTCPeerConnectionState = "new";
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Both ends see a connection fail at about the same moment. One of them waits for `courtesy` milliseconds longer each
   * time, so that the other's restart usually comes first and there is no collision to settle.
   */
  constructor(restart: () => void, courtesy = 0) {
    this.#restart = restart;
    this.#courtesy = courtesy;
  }

  /** Restarts since the connection was last connected. */
  get attempts(): number {
    return this.#attempts;
  }

  handleState(state: RTCPeerConnectionState): void {
    const before = this.#state;
    this.#state = state;
    switch (state) {
      case "connected":
        this.#attempts = 0;
        this.#stop();
        break;
      case "closed":
        this.#stop();
        break;
      case "disconnected":
        if (this.#timer === undefined) this.#wait(disconnectedPatience);
        break;
      case "failed":
        // The patience for a disconnected path has an answer now: it did not come back.
        if (before === "disconnected" && this.#attempts === 0) this.#stop();
        if (this.#timer === undefined) this.#wait(this.#delay());
        break;
    }
  }

  close(): void {
    this.#state = "closed";
    this.#stop();
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#attempt(), milliseconds + this.#courtesy);
  }

  #attempt(): void {
    // While checks run, a restart would throw away what they found so far; they end by themselves.
    if (this.#state !== "connecting") {
      this.#attempts += 1;
      this.#restart();
    }
    this.#wait(this.#delay());
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #delay(): number {
    return backOff[Math.min(this.#attempts, backOff.length - 1)] ?? 0;
  }
}
