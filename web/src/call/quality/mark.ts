import type { Facts } from "./facts.js";

/** How well two people see and hear each other. */
export type Mark = "good" | "fair" | "bad";

type Threshold = readonly [fair: number, bad: number];

/** From here on people notice, and from there on they complain. Seconds and shares, as in {@link Facts}. */
const thresholds = {
  lostReceived: [0.03, 0.1],
  lostSent: [0.03, 0.1],
  roundTripTime: [0.4, 0.8],
  concealed: [0.1, 0.25],
  frozen: [0.2, 0.5],
} as const satisfies Partial<Record<keyof Facts, Threshold>>;

const names = Object.keys(thresholds) as (keyof typeof thresholds)[];

/** As the facts are at this moment. */
export function markOf(facts: Facts): Mark {
  const reaches = (at: 0 | 1): boolean => names.some((name) => (facts[name] ?? 0) >= thresholds[name][at]);
  return reaches(1) ? "bad" : reaches(0) ? "fair" : "good";
}

/** So many samples in a row say the same before it is shown: what gets worse sooner than what gets better. */
const patience = { worse: 2, better: 4 };

/** A mark that does not flicker. */
export class SteadyMark {
  #mark: Mark = "good";
  #next: Mark = "good";
  #times = 0;

  get mark(): Mark {
    return this.#mark;
  }

  handle(facts: Facts): Mark {
    const next = markOf(facts);
    this.#times = next === this.#next ? this.#times + 1 : 1;
    this.#next = next;
    const needed = order.indexOf(next) > order.indexOf(this.#mark) ? patience.worse : patience.better;
    if (this.#times >= needed) this.#mark = next;
    return this.#mark;
  }
}

const order: readonly Mark[] = ["good", "fair", "bad"];
