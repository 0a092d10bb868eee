import type { Facts } from "./facts.js";

/** How far the picture towards one participant has stepped back, so that the sound gets through. 3: it pauses. */
export type UplinkLevel = 0 | 1 | 2 | 3;

/** Share of what is sent that is lost: from here on the picture steps back, and from there on it pauses. */
const lossTooHigh = 0.08;
const lossHopeless = 0.2;
const lossFine = 0.03;
/** Bits per second that congestion control must leave for sound and some picture; below, and for sound alone. */
const tight = 200_000;
const tooTight = 80_000;
/** Samples in a row until it steps back, or pauses. */
const patience = 2;
/** How long (milliseconds) it has to be fine before more is tried, the first time and at most: each failure doubles it. */
const trial = 8_000;
const longestTrial = 120_000;
/** A step that went wrong within this time (milliseconds) was one too many. */
const probation = 10_000;

/**
 * Decides when video steps down, pauses and comes back. Sound is never touched. Browsers lower a picture's bitrate by themselves;
 * this goes further where that does not help, and does not return too soon.
 */
export class Uplink {
  #level: UplinkLevel = 0;
  #bad = 0;
  #fineSince: number | null = null;
  #wait = trial;
  #steppedUpAt = -Infinity;

  get level(): UplinkLevel {
    return this.#level;
  }

  /** Once a sample. `now`: milliseconds. */
  handle({ lostSent, availableOutgoingBitrate }: Facts, now: number): UplinkLevel {
    const lost = lostSent ?? 0;
    const available = availableOutgoingBitrate ?? Infinity;
    // While it pauses next to nothing is sent, and what congestion control makes of that says little.
    const short = this.#level === 3 ? false : available < (this.#level === 2 ? tooTight : tight);
    if (lost >= lossTooHigh || short) this.#handleBad(lost, now);
    else if (lost < lossFine) this.#handleFine(now);
    else {
      this.#bad = 0;
      this.#fineSince = null;
    }
    return this.#level;
  }

  #handleBad(lost: number, now: number): void {
    this.#fineSince = null;
    this.#bad += 1;
    if (this.#bad < patience || this.#level === 3) return;
    this.#bad = 0;
    if (now - this.#steppedUpAt < probation) this.#wait = Math.min(longestTrial, this.#wait * 2);
    this.#level = lost >= lossHopeless && this.#level > 0 ? 3 : up(this.#level);
  }

  #handleFine(now: number): void {
    this.#bad = 0;
    if (this.#level === 0) {
      if (now - this.#steppedUpAt >= longestTrial) this.#wait = trial;
      return;
    }
    this.#fineSince ??= now;
    if (now - this.#fineSince < this.#wait) return;
    this.#fineSince = now;
    this.#steppedUpAt = now;
    this.#level = down(this.#level);
  }
}

function up(level: UplinkLevel): UplinkLevel {
  return level === 0 ? 1 : level === 1 ? 2 : 3;
}

function down(level: UplinkLevel): UplinkLevel {
  return level === 3 ? 2 : level === 2 ? 1 : 0;
}
