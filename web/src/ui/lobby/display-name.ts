/** Names that people go by, as docs/signalling.md bounds them, and the memory of the last one used. */

const key = "parley.name";

export type DisplayNameProblem = "empty" | "too-long";

export type DisplayNameResult =
  { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: DisplayNameProblem };

/** What the server refuses and nobody types on purpose: control characters, separators, and what turns text around (UAX #9). */
const controls = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu;
/** The Hangul fillers and the empty Braille pattern are letters and a symbol, and blank on the screen. */
const visible = /[^\p{Cc}\p{Cf}\p{Z}\p{Mn}\p{Me}\u115F\u1160\u2800\u3164\uFFA0]/u;

/** 1 to 64 characters after trimming, not all of them invisible; control characters count as blanks. */
export function parseDisplayName(text: string): DisplayNameResult {
  const name = text.replace(controls, " ").trim();
  if (!visible.test(name)) return { ok: false, problem: "empty" };
  if (Array.from(name).length > 64) return { ok: false, problem: "too-long" };
  return { ok: true, name };
}

/** The part of `localStorage` that is used. */
export type NameStorage = Pick<Storage, "getItem" | "setItem">;

/** `storage` is a function because a browser that blocks storage throws on the mere look at it. */
export function rememberedName(storage: () => NameStorage = () => localStorage): string {
  try {
    return storage().getItem(key) ?? "";
  } catch {
    return "";
  }
}

export function rememberName(name: string, storage: () => NameStorage = () => localStorage): void {
  try {
    storage().setItem(key, name);
  } catch {
    // Without storage the name is asked for again next time, no more.
  }
}
