/** How long to wait before each attempt, in milliseconds; the last one repeats. */
const backOff = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const;
/**
 * A disconnected path often comes back by itself. It has been silent for seconds by then, though, and the search for another one
 * disturbs nothing: what was found before is used until there is something new.
 */
const disconnectedPatience = 2_000;
/** Checks of paths end by themselves, but not where there is nothing to check: some policies leave a browser no candidates. */
const connectingPatience = 20_000;
/** So long after a change of networks a path that breaks is not given time to come back by itself: its network has gone. */
const wariness = 20_000;

/**
 * When to restart ICE on one connection. Told the connection's state; restarts until it is connected again, ever more
 * slowly, and never gives up: a laptop may be opened tomorrow. While the other end is out of reach no attempt is made,
 * since none could succeed.
 */
export class IceRecovery {
  readonly #restart: () => void;
  readonly #courtesy: number;
  #state: RTCPeerConnectionState = "new";
  #attempts = 0;
  #suspended = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The timer gives a path time to come by itself; otherwise it is the next attempt's. */
  #patient = false;
  /** When the search for a path began that goes on. */
  #searchingSince: number | null = null;
  #waryUntil = -Infinity;

  /**
   * Both ends see a connection fail at about the same moment. One of them waits for `courtesy` milliseconds longer each
   * time, so that the other's restart usually comes first and there is no collision to settle.
   */
  constructor(restart: () => void, courtesy = 0) {
    this.#restart = restart;
    this.#courtesy = courtesy;
  }

  /** Restarts since the connection was last connected, or the other end came back into reach. */
  get attempts(): number {
    return this.#attempts;
  }

  handleState(state: RTCPeerConnectionState): void {
    this.#state = state;
    if (state === "connected") this.#attempts = 0;
    if (state !== "new") this.#searchingSince = state === "connecting" ? Date.now() : null;
    if (this.#suspended) return;
    switch (state) {
      case "connected":
      case "closed":
        this.#stop();
        break;
      case "connecting":
        this.#bePatient(connectingPatience);
        break;
      case "disconnected":
        if (Date.now() < this.#waryUntil) this.#leaveTheOldNetwork();
        else this.#bePatient(disconnectedPatience);
        break;
      case "failed":
        // Patience has an answer now: the path does not come by itself.
        if (this.#patient) this.#stop();
        if (this.#timer === undefined) this.#wait(this.#delay());
        break;
    }
  }

  /** Both ends have said where they can be found. */
  handleNegotiated(): void {
    if (this.#state !== "new" || this.#searchingSince !== null) return;
    this.#searchingSince = Date.now();
    if (!this.#suspended) this.#bePatient(connectingPatience);
  }

  /** The other end is out of reach: nothing is attempted until `resume`. */
  suspend(): void {
    this.#suspended = true;
    this.#stop();
  }

  /** The other end is in reach again: begins anew, with a restart at once if `restart`. */
  resume(restart = false): void {
    if (this.#state === "closed") return;
    this.#suspended = false;
    this.#attempts = 0;
    this.#stop();
    if (!restart) {
      if (this.#searchingSince !== null) this.#bePatient(connectingPatience);
      else this.handleState(this.#state);
      return;
    }
    // Not one of the attempts that were in vain.
    this.#search();
    this.#wait(backOff[1]);
  }

  /**
   * The network has changed, perhaps: a connection that is down is restarted now, and one that breaks soon is, then. `moved`:
   * it is another network for sure. What stands leads through the old one, or past a better path, and is restarted as well;
   * its media goes on until the new path is found.
   */
  hurry(moved = false): void {
    if (this.#state === "closed" || this.#state === "new") return;
    this.#waryUntil = Date.now() + wariness;
    if (this.#state === "disconnected" || this.#state === "failed") {
      if (!this.#suspended) this.resume(true);
    } else if (moved) {
      // While paths are still checked, those checks are of the old network.
      if (this.#state === "connecting" && !this.#suspended) this.resume(true);
      else this.#restart();
    }
  }

  close(): void {
    this.#state = "closed";
    this.#stop();
  }

  #leaveTheOldNetwork(): void {
    this.#waryUntil = -Infinity;
    this.resume(true);
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => this.#tryAgain(), milliseconds + this.#courtesy);
  }

  #bePatient(milliseconds: number): void {
    if (this.#timer !== undefined) return;
    this.#patient = true;
    this.#wait(milliseconds);
  }

  #tryAgain(): void {
    // While checks run, a restart would throw away what they found so far.
    const left = this.#searchingSince === null ? 0 : this.#searchingSince + connectingPatience - Date.now();
    this.#stop();
    if (left > 0) this.#bePatient(Math.min(left, connectingPatience));
    else this.#attempt();
  }

  #attempt(): void {
    this.#attempts += 1;
    this.#search();
    this.#wait(this.#delay());
  }

  #search(): void {
    if (this.#searchingSince !== null) this.#searchingSince = Date.now();
    this.#restart();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#patient = false;
  }

  #delay(): number {
    return backOff[Math.min(this.#attempts, backOff.length - 1)] ?? 0;
  }
}
