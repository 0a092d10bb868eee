import type { BrowserKind } from "./browsers.js";

/**
 * Whether there is time for everything: `eng/all-calls.sh`. What `./test.sh` leaves out is the same thing once more, with the two
 * browsers the other way around or for longer; both browsers take part in what it does try, wherever they may differ.
 */
export const thorough = process.env["PARLEY_THOROUGH"] !== undefined;

/** The first; with all the time there is, the others as well. */
export function atLeast<T>(first: T, ...others: T[]): T[] {
  return thorough ? [first, ...others] : [first];
}

export const inChromium = atLeast<BrowserKind>("chromium", "firefox");

export const chromiumFirst = atLeast<[BrowserKind, BrowserKind]>(["chromium", "firefox"], ["firefox", "chromium"]);
