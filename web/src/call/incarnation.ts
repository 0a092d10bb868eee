/** The part of `Storage` that is used; it may refuse, and then the clock alone has to do. */
export type IncarnationStorage = Pick<Storage, "getItem" | "setItem">;

const key = "parley.incarnation";

/** A number for this page load, larger than any before it in this tab, also when the clock was set back. */
export function nextIncarnation(storage: IncarnationStorage | undefined, now: number): number {
  try {
    const last = Number(storage?.getItem(key) ?? 0);
    const next = Number.isSafeInteger(last + 1) ? Math.max(now, last + 1) : now;
    storage?.setItem(key, String(next));
    return next;
  } catch {
    return now;
  }
}
