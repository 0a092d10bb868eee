import { type Holdings, writeHoldings } from "./holdings.js";
import { compare, idOf, type Entry, type Position } from "./message.js";

/** What a log keeps: as many of its last messages as satisfy both. */
export interface LogLimits {
  readonly messages: number;
  /** Of all texts together, in UTF-16 code units. */
  readonly length: number;
}

/** What a message weighs beside its text. */
const weight = 100;

/** The sum of a log without messages. */
export const emptySum = "0.0";

/** What one end says of a log, so that the other can send what is missing in it. */
export interface Extract {
  /** Only what lies behind it is wanted; null: all. */
  readonly after: Position | null;
  readonly have: Holdings;
}

/**
 * Messages in the order that everybody has them in, each once, whatever order they came in and however often. It keeps the
 * last ones: two logs that have heard of the same messages hold the same, since which are the last depends on nothing else.
 */
export class ChatLog {
  /** Of what this page writes into it. */
  readonly series: string;
  readonly #limits: LogLimits;
  readonly #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  #length = 0;
  #hash = 0;
  #written = 0;
  /** The last of those that had to go. */
  #floor: Position | null = null;

  constructor(limits: LogLimits, series: string) {
    this.#limits = limits;
    this.series = series;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Two logs with the same messages have the same sum, and two others hardly ever. */
  get sum(): string {
    return `${this.#entries.length}.${this.#hash.toString(36)}`;
  }

  /** The number of the next message that this page writes. */
  nextNumber(): number {
    return ++this.#written;
  }

  has(position: Omit<Position, "lamport">): boolean {
    return this.#byId.has(idOf(position));
  }

  /** Whether anything has changed. What the author itself says takes the place of what others say that it said. */
  put(entry: Entry): boolean {
    if (this.#floor && compare(entry, this.#floor) <= 0) return false;
    const id = idOf(entry);
    const known = this.#byId.get(id);
    if (known && (known.vouched || !entry.vouched)) return false;
    const before = this.sum;
    if (known) this.#remove(known);
    this.#insert(entry, id);
    while (this.#entries.length > this.#limits.messages || this.#length > this.#limits.length) this.#dropFirst();
    return known !== undefined || this.sum !== before;
  }

  /** `unless`: what this author itself has not said yet is wanted, too. */
  extract(unless: string): Extract {
    const sure = this.#entries.filter(({ author, vouched }) => vouched || author !== unless);
    const floor = this.#floor;
    return {
      after: floor && { lamport: floor.lamport, author: floor.author, series: floor.series, number: floor.number },
      have: writeHoldings(sure),
    };
  }

  lacking(after: Position | null, has: (position: Position) => boolean): readonly Entry[] {
    return this.#entries.filter((entry) => (after === null || compare(entry, after) > 0) && !has(entry));
  }

  /** Whether something of this author is only known from others. */
  doubts(author: string): boolean {
    return this.#entries.some((entry) => entry.author === author && !entry.vouched);
  }

  #insert(entry: Entry, id: string): void {
    let at = this.#entries.length;
    // Nearly all are the newest.
    for (let before = this.#entries[at - 1]; before && compare(before, entry) > 0; before = this.#entries[at - 1])
      at -= 1;
    this.#entries.splice(at, 0, entry);
    this.#byId.set(id, entry);
    this.#count(entry, id, 1);
  }

  #remove(entry: Entry): void {
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    this.#forget(entry);
  }

  #dropFirst(): void {
    const entry = this.#entries.shift();
    if (!entry) return;
    this.#forget(entry);
    this.#floor = entry;
  }

  #forget(entry: Entry): void {
    const id = idOf(entry);
    this.#byId.delete(id);
    this.#count(entry, id, -1);
  }

  #count(entry: Entry, id: string, sign: 1 | -1): void {
    this.#length += sign * (entry.text.length + weight);
    this.#hash = (this.#hash + sign * hash(id)) >>> 0;
  }
}

/** FNV-1a of 32 bits, mixed once more so that sums of similar texts differ. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
