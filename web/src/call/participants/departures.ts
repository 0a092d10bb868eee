import type { RemotePeer } from "./remote-peer.js";

/** A path that seems to have ended may come back by itself (milliseconds). */
const pathPatience = 4_000;

/**
 * Participants that the server does not list any more. They stay as long as their media arrives, and go when that ends: at
 * once if the other end closed the connection, otherwise after a little patience.
 */
export class Departures {
  readonly #onGone: (peer: RemotePeer) => void;
  /** Null: media arrives, and nothing is waited for. */
  readonly #timers = new Map<RemotePeer, ReturnType<typeof setTimeout> | null>();

  constructor(onGone: (peer: RemotePeer) => void) {
    this.#onGone = onGone;
  }

  /** `patience`: how long it may take to come back, in milliseconds, even though no media arrives. */
  expect(peer: RemotePeer, patience: number): void {
    this.#timers.set(peer, null);
    if (!peer.arriving) this.#wait(peer, patience);
  }

  /** The path to this participant, or that from it, may have changed. */
  handleChange(peer: RemotePeer): void {
    const timer = this.#timers.get(peer);
    if (timer === undefined) return;
    if (peer.arriving) {
      if (timer !== null) clearTimeout(timer);
      this.#timers.set(peer, null);
    } else if (timer === null) {
      this.#wait(peer, peer.link?.abandoned === true ? 0 : pathPatience);
    }
  }

  /** It is back, or gone for good. */
  cancel(peer: RemotePeer): void {
    clearTimeout(this.#timers.get(peer) ?? undefined);
    this.#timers.delete(peer);
  }

  close(): void {
    for (const peer of [...this.#timers.keys()]) this.cancel(peer);
  }

  #wait(peer: RemotePeer, patience: number): void {
    if (patience === 0) this.#onGone(peer);
    else
      this.#timers.set(
        peer,
        setTimeout(() => this.#onGone(peer), patience),
      );
  }
}
