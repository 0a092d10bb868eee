import { words } from "./words.js";

/**
 * A fresh room name such as "amber-otter-cedar-48213": easy to read out, hard to guess.
 *
 * Whoever knows the name can enter, so it is drawn from the cryptographic source: three of 256 words and five digits make
 * 1.7 · 10^12 names (40 bits).
 */
export function newRoomName(random: (values: Uint32Array<ArrayBuffer>) => unknown = fill): string {
  const parts = [0, 0, 0].map(() => words[below(words.length, random)] ?? "");
  const digits = String(below(100_000, random)).padStart(5, "0");
  return [...parts, digits].join("-");
}

function fill(values: Uint32Array<ArrayBuffer>): void {
  crypto.getRandomValues(values);
}

/** A whole number from 0 to `limit` - 1, each equally likely: what would favour the small ones is drawn again. */
function below(limit: number, random: (values: Uint32Array<ArrayBuffer>) => unknown): number {
  const range = 2 ** 32;
  const fair = range - (range % limit);
  const values = new Uint32Array(1);
  for (;;) {
    random(values);
    const value = values[0] ?? 0;
    if (value < fair) return value % limit;
  }
}
