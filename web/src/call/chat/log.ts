import { Floors, wants, type Unwanted } from "./floors.js";
import { type Holdings, writeHoldings } from "./holdings.js";
import { compare, idOf, type Entry, type Position } from "./message.js";
import { firstToGo, weightOf, type LogLimits } from "./sources.js";

/** The sum of a log without messages. */
export const emptySum = "0.0";

/** What one end says of a log, so that the other can send what is missing in it. */
export interface Extract extends Unwanted {
  readonly have: Holdings;
}

/**
 * Messages in the order that everybody has them in, each once, whatever order they came in and however often. Two logs that
 * have heard of the same messages hold the same, as long as all of them are within the limits.
 *
 * In a log that is full, the source that takes most ({@link firstToGo}) gives the oldest that came from it; what it had to give is
 * not taken from it again ({@link Floors}). So who writes or invents without end fills what nobody else needs, and of what each
 * has said here itself at least those last messages stay that fit into a 2n-th of the log, where n is the number of participants
 * from whom anything in it came. Which older ones stay depends on who told them, so full logs may differ.
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
  #dropped = 0;
  readonly #floors = new Floors();

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

  /** How many messages had to go up to now. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The number of the next message that this page writes. */
  nextNumber(): number {
    return ++this.#written;
  }

  has(position: Omit<Position, "lamport">): boolean {
    return this.#byId.has(idOf(position));
  }

  /**
   * Whether anything has changed. What the author itself says takes the place of what others say that it said, and counts as
   * the author's from then on.
   */
  put(entry: Entry): boolean {
    if (this.#floors.refuses(entry)) return false;
    const id = idOf(entry);
    const known = this.#byId.get(id);
    if (known && (known.vouched || !entry.vouched)) return false;
    const before = this.sum;
    if (known) this.#remove(known);
    this.#insert(entry, id);
    while (this.#entries.length > this.#limits.messages || this.#length > this.#limits.length) this.#drop();
    return known !== undefined || this.sum !== before;
  }

  /** For this participant: what it has not said itself yet of its own words is wanted, too. */
  extract(participant: string): Extract {
    const sure = this.#entries.filter(({ author, vouched }) => vouched || author !== participant);
    return { ...this.#floors.unwanted(participant), have: writeHoldings(sure) };
  }

  lacking(unwanted: Unwanted, has: (position: Position) => boolean): readonly Entry[] {
    const wanted = wants(unwanted);
    return this.#entries.filter((entry) => wanted(entry) && !has(entry));
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

  #drop(): void {
    const entry = firstToGo(this.#entries, this.#limits);
    if (!entry) return;
    this.#remove(entry);
    this.#floors.raise(entry);
    this.#dropped += 1;
  }

  #forget(entry: Entry): void {
    const id = idOf(entry);
    this.#byId.delete(id);
    this.#count(entry, id, -1);
  }

  #count(entry: Entry, id: string, sign: 1 | -1): void {
    this.#length += sign * weightOf(entry);
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
