import type { Facts } from "./facts.js";

/**
 * How far the pictures towards one participant have stepped back, so that the sound gets through. From {@link cameraPauses} on
 * there is no camera; only where a screen is shared it goes on from there, to the smallest screen and to {@link screenPauses}.
 */
export type UplinkLevel = 0 | 1 | 2 | 3 | 4 | 5;
export const cameraPauses = 3;
export const screenPauses = 5;
const smallestScreen = 4;

/** Share of what is sent that is lost: from here on pictures step back, and from there on they pause. */
const lossTooHigh = 0.08;
const lossHopeless = 0.2;
const lossFine = 0.03;
/**
 * Bits per second that congestion control must leave for sound and some picture; below, and for sound alone: what the sound takes
 * and the least of a picture, as in plan.ts.
 */
const tight = 200_000;
const tooTight = 80_000;
/** Samples in a row until it steps back, or pauses. */
const patience = 2;
/** And until the smallest screen goes, too: so many that none of what is judged was sent before (facts.ts). */
const lastPatience = 3;
/** How long (milliseconds) it has to be fine before more is tried, the first time and at most: each failure doubles it. */
const trial = 8_000;
const longestTrial = 120_000;
/** A step that went wrong within this time (milliseconds) was one too many. */
const probation = 10_000;

/**
 * Decides when pictures step down, pause and come back. Sound is never touched. Browsers lower a picture's bitrate by themselves;
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

  /** Once a sample. `now`: milliseconds. `screen`: one is being shared, so that there is more to give up than a camera. */
  handle({ lostSent, availableOutgoingBitrate }: Facts, now: number, screen = false): UplinkLevel {
    const last = screen ? screenPauses : cameraPauses;
    if (this.#level > last) this.#level = last;
    const lost = lostSent ?? 0;
    const available = availableOutgoingBitrate ?? Infinity;
    // While all pauses next to nothing is sent, and what congestion control makes of that says little.
    const short = this.#level === last ? false : available < (this.#level < 2 ? tight : tooTight);
    // The smallest screen takes hardly more than the sound: to give it up helps only where there is no room for both.
    const bad = this.#level === smallestScreen ? lost >= lossHopeless : lost >= lossTooHigh;
    if (bad || short) this.#handleBad(lost, now, last);
    else if (lost < lossFine) this.#handleFine(now);
    else {
      this.#bad = 0;
      this.#fineSince = null;
    }
    return this.#level;
  }

  #handleBad(lost: number, now: number, last: UplinkLevel): void {
    this.#fineSince = null;
    this.#bad += 1;
    if (this.#bad < (this.#level === smallestScreen ? lastPatience : patience) || this.#level === last) return;
    this.#bad = 0;
    if (now - this.#steppedUpAt < probation) this.#wait = Math.min(longestTrial, this.#wait * 2);
    const hopeless = lost >= lossHopeless && this.#level > 0;
    if (!hopeless) this.#level = up(this.#level);
    // A screen gets the chance of its smallest size before it goes.
    else this.#level = last === screenPauses && this.#level < smallestScreen ? smallestScreen : last;
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
  return level === 0 ? 1 : level === 1 ? 2 : level === 2 ? 3 : level === 3 ? 4 : 5;
}

function down(level: UplinkLevel): UplinkLevel {
  return level === 5 ? 4 : level === 4 ? 3 : level === 3 ? 2 : level === 2 ? 1 : 0;
}
