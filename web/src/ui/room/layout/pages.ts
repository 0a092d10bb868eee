export interface Page<T> {
  readonly items: readonly T[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
}

/**
 * One page of items that do not all find place at once. Those in `kept`, the first being the most important, are on every page,
 * in at most half of its places; each of the others is on one page. Their order stays, so that little moves when who is kept
 * changes. A page that does not exist (any more) is the last one.
 */
export function pageOf<T>(items: readonly T[], capacity: number, kept: readonly T[], page: number): Page<T> {
  if (items.length <= capacity) return { items, page: 0, pages: 1 };
  const always = kept.filter((item) => items.includes(item)).slice(0, Math.floor(capacity / 2));
  const others = items.filter((item) => !always.includes(item));
  const places = Math.max(1, capacity - always.length);
  const pages = Math.ceil(others.length / places);
  const shown = Math.min(Math.max(page, 0), pages - 1);
  const here = new Set([...always, ...others.slice(shown * places, (shown + 1) * places)]);
  return { items: items.filter((item) => here.has(item)), page: shown, pages };
}
