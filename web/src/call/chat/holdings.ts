import type { Position } from "./message.js";

/**
 * Which messages somebody has, in few characters: `"AUTHOR SERIES 1-7,9"` for each series. A thousand messages of a thousand
 * authors take less than 40 000.
 */
export type Holdings = readonly string[];

const form = /^([\w-]{1,16} [\w-]{8}) (\d{1,9}(?:-\d{1,9})?(?:,\d{1,9}(?:-\d{1,9})?)*)$/;
const most = 1_200;

export function writeHoldings(positions: Iterable<Position>): Holdings {
  const series = new Map<string, number[]>();
  for (const { author, series: name, number } of positions) {
    const key = `${author} ${name}`;
    const numbers = series.get(key);
    if (numbers) numbers.push(number);
    else series.set(key, [number]);
  }
  return Array.from(series, ([key, numbers]) => `${key} ${ranges(numbers)}`);
}

/** Answers whether a message is among them; what makes no sense stands for nothing. Null: this is no list. */
export function readHoldings(value: unknown): ((position: Position) => boolean) | null {
  if (!Array.isArray(value) || value.length > most) return null;
  const held = new Map<string, (readonly [first: number, last: number])[]>();
  let count = 0;
  for (const line of value as unknown[]) {
    const [, key, list] = (typeof line === "string" ? form.exec(line) : null) ?? [];
    if (key === undefined || list === undefined) continue;
    const read = list.split(",").map((range) => {
      const [first, last = first] = range.split("-").map(Number);
      return [first ?? 0, last ?? 0] as const;
    });
    count += read.length;
    if (count > most) return null;
    held.set(key, read);
  }
  return ({ author, series, number }) =>
    held.get(`${author} ${series}`)?.some(([first, last]) => first <= number && number <= last) ?? false;
}

function ranges(numbers: readonly number[]): string {
  const found: [first: number, last: number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const range = found.at(-1);
    if (range?.[1] === number - 1) range[1] = number;
    else found.push([number, number]);
  }
  return found.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(",");
}
