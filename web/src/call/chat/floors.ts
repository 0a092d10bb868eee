import { compare, readPosition, type Entry, type Position } from "./message.js";

/** How many authors, and how many tellers, it is remembered of; of more, those whose floor was raised longest ago are forgotten. */
const mostRemembered = 200;
/** Of how many authors a teller's words are told apart. */
const mostBranches = 32;
/** In one question: what fits beside the rest of it. */
const mostTold = 64;

/** What one end does not want of the other, as it stands in a question. */
export interface Unwanted {
  /** Nothing up to it of what the other has not from its author itself; null: all that. */
  readonly after: Position | null;
  /** One for each author: nothing of this author up to it. */
  readonly floors: readonly Position[];
}

/** The floors of what one participant passes on. */
interface Passed {
  /** Of what it has from the author itself, by author. */
  readonly heard: Map<string, Position>;
  hearsay: Position | null;
  /** Of all that it passes on: what has become of the floors of too many authors. */
  least: Position | null;
}

/**
 * The last of what had to go of each source: what lies below is not taken from there again. Floors only rise, and what comes
 * from one source raises no other's; so logs that are full and differ end to send each other what the other drops, and
 * nobody keeps out what others say.
 *
 * What had to go of an author's own words is not taken from anybody again: otherwise it would come back through others, and push
 * out what is newer.
 */
export class Floors {
  readonly #authors = new Map<string, Position>();
  readonly #tellers = new Map<string, Passed>();

  /** An entry had to go. */
  raise(entry: Entry): void {
    const { author, teller, vouched, heard } = entry;
    if (vouched) {
      put(this.#authors, author, higher(this.#authors.get(author), entry));
      shorten(this.#authors);
      return;
    }
    const passed: Passed = this.#tellers.get(teller) ?? { heard: new Map(), hearsay: null, least: null };
    if (heard) passed.heard.set(author, higher(passed.heard.get(author), entry));
    else passed.hearsay = higher(passed.hearsay, entry);
    if (passed.heard.size > mostBranches) {
      const [lowest] = [...passed.heard.values()].sort(compare);
      if (lowest) passed.heard.delete(lowest.author);
      if (lowest) passed.least = higher(passed.least, lowest);
    }
    put(this.#tellers, teller, passed);
    shorten(this.#tellers);
  }

  refuses(entry: Entry): boolean {
    const { author, teller, vouched, heard } = entry;
    if (isUpTo(entry, this.#authors.get(author))) return true;
    const passed = vouched ? undefined : this.#tellers.get(teller);
    return isUpTo(entry, passed?.least) || isUpTo(entry, heard ? passed?.heard.get(author) : passed?.hearsay);
  }

  /** What this participant need not send. */
  unwanted(teller: string): Unwanted {
    const passed = this.#tellers.get(teller);
    const floors = new Map(this.#authors);
    for (const [author, floor] of passed?.heard ?? []) put(floors, author, higher(floors.get(author), floor));
    const own = floors.get(teller);
    if (own) put(floors, teller, own);
    const told = [...floors.values()].slice(-mostTold).map(bare);
    return { after: passed?.hearsay ? bare(passed.hearsay) : null, floors: told };
  }
}

/** What makes no sense stands for nothing. */
export function readUnwanted({ after, floors }: Readonly<Record<string, unknown>>): Unwanted {
  const told: readonly unknown[] = Array.isArray(floors) ? floors.slice(0, mostTold) : [];
  return { after: readPosition(after), floors: told.flatMap((floor) => readPosition(floor) ?? []) };
}

/** Whether the other end, which has said so, wants an entry of this one. */
export function wants({ after, floors }: Unwanted): (entry: Entry) => boolean {
  const byAuthor = new Map(floors.map((floor) => [floor.author, floor]));
  return (entry) => !isUpTo(entry, byAuthor.get(entry.author)) && (entry.vouched || !isUpTo(entry, after));
}

function isUpTo(position: Position, floor: Position | null | undefined): boolean {
  return floor ? compare(position, floor) <= 0 : false;
}

function higher(floor: Position | null | undefined, other: Position): Position {
  return floor && compare(floor, other) > 0 ? floor : bare(other);
}

/** Without the text that an entry has. */
function bare({ lamport, author, series, number }: Position): Position {
  return { lamport, author, series, number };
}

/** As the last. */
function put<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
}

function shorten(map: Map<string, unknown>): void {
  const [first] = map.keys();
  if (map.size > mostRemembered && first !== undefined) map.delete(first);
}
