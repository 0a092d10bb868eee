/** Names that people go by, as docs/signalling.md bounds them, and the memory of the last one used. */

const key = "parley.name";

export type DisplayNameProblem = "empty" | "too-long";

export type DisplayNameResult =
  { readonly ok: true; readonly name: string } | { readonly ok: false; readonly problem: DisplayNameProblem };

/** 1 to 64 characters after trimming; control characters, which nobody types on purpose, count as blanks. */
export function parseDisplayName(text: string): DisplayNameResult {
  const name = text.replace(/\p{Cc}+/gu, " ").trim();
  if (name === "") return { ok: false, problem: "empty" };
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
