import { vi } from "vitest";
import { FakeTrack } from "./fake-media.js";
import { type End, LinkedPair } from "./linked-pair.js";
import { Random } from "./random.js";

/**
 * Two ends that share and stop sharing as they like, restart ICE, and lose the server in between: what is under way then is
 * lost, all of it or a tail, and both are told when they can reach each other again.
 */
export class Quarrel {
  readonly pair: LinkedPair;
  readonly #random: Random;
  #down = false;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.pair = new LinkedPair(this.#random.pick(["polite", "impolite"]));
  }

  async run(): Promise<void> {
    this.pair.start();
    await this.pair.settle();
    for (let step = 0; step < 60; step += 1) {
      await this.#step();
      // Sometimes things happen while a browser is still at work.
      for (let turn = this.#random.below(12); turn > 0; turn -= 1) await Promise.resolve();
    }
    await this.#return();
    await this.pair.settle();
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const end = random.pick([this.pair.polite, this.pair.impolite]);
    const kind = random.below(12);
    if (kind < 2) {
      end.link.send("screen", random.chance(0.6) ? new FakeTrack("video").asTrack() : null);
    } else if (kind < 3) {
      end.link.send("screen-audio", random.chance(0.5) ? new FakeTrack("audio").asTrack() : null);
    } else if (kind < 4) {
      end.connection.restartIce();
    } else if (kind < 9) {
      this.#deliverSome(end);
    } else if (kind < 10) {
      await vi.advanceTimersByTimeAsync(random.below(2_000));
    } else if (this.#down) {
      await this.#return();
    } else {
      this.#lose();
    }
  }

  /** In order: the wire loses its tail, but never turns things around. */
  #deliverSome(from: End): void {
    const to = this.#other(from);
    if (this.#down) return;
    for (const signal of from.outbox.splice(0, 1 + this.#random.below(3))) to.receive(signal);
  }

  #lose(): void {
    this.#down = true;
    for (const end of [this.pair.polite, this.pair.impolite]) {
      const arriving = this.#random.chance(0.5) ? this.#random.below(end.outbox.length + 1) : 0;
      for (const signal of end.outbox.splice(0, arriving)) this.#other(end).receive(signal);
      end.link.suspend();
    }
  }

  async #return(): Promise<void> {
    const ends = this.#random.chance(0.5)
      ? [this.pair.polite, this.pair.impolite]
      : [this.pair.impolite, this.pair.polite];
    // What was said while the server was out of reach was said to nobody.
    for (const end of ends) end.outbox.splice(0);
    this.#down = false;
    for (const end of ends) {
      end.link.resume();
      for (let turn = this.#random.below(8); turn > 0; turn -= 1) await Promise.resolve();
      if (this.#random.chance(0.3)) this.#deliverSome(end);
    }
  }

  #other(end: End): End {
    return end === this.pair.polite ? this.pair.impolite : this.pair.polite;
  }
}
