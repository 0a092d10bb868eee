import type { Entry } from "./message.js";

/** What a log keeps: as many of its messages as satisfy both. */
export interface LogLimits {
  readonly messages: number;
  /** Of all texts together, in UTF-16 code units. */
  readonly length: number;
}

/** What a message takes of {@link LogLimits.length}: something beside its text. */
export function weightOf({ text }: Entry): number {
  return text.length + 100;
}

/**
 * Room is divided between sources, so that nobody takes that of others: a source is what one participant has said here itself,
 * or what it has passed on of others. No lie makes more than these two of one participant.
 */
function sourceOf({ author, teller, vouched }: Entry): string {
  return vouched ? author : `${teller} passes on`;
}

/**
 * What is passed on is divided once more: what the teller has from the author itself, by author, and all the rest. Otherwise what
 * somebody has invented would take, in what honest people pass on, the room of what others have really said.
 */
function branchOf({ author, vouched, heard }: Entry): string {
  return vouched || !heard ? "" : author;
}

/** The oldest of the source that takes most. `entries`: the oldest first. */
export function firstToGo(entries: readonly Entry[], limits: LogLimits): Entry | undefined {
  return largest(largest(entries, sourceOf, limits), branchOf, limits)[0];
}

/**
 * All of them, in the order in which they deserve room: each time the newest of the source that has had least of it. `items`:
 * the oldest first.
 */
export function* fairly<Item extends { readonly entry: Entry }>(
  items: readonly Item[],
  limits: LogLimits,
): Generator<Item> {
  const sources = groups(items, ({ entry }) => sourceOf(entry)).map(([, ofSource]) => ({
    had: 0,
    branches: groups(ofSource, ({ entry }) => branchOf(entry)).map(([, rest]) => ({ had: 0, rest })),
  }));
  for (;;) {
    const source = least(sources.filter(({ branches }) => branches.some(({ rest }) => rest.length > 0)));
    const branch = least(source?.branches.filter(({ rest }) => rest.length > 0) ?? []);
    const item = branch?.rest.pop();
    if (!source || !branch || !item) return;
    const share = shareOf(1, weightOf(item.entry), limits);
    source.had += share;
    branch.had += share;
    yield item;
  }
}

function largest(entries: readonly Entry[], key: (entry: Entry) => string, limits: LogLimits): readonly Entry[] {
  let found: readonly Entry[] = [];
  let most = 0;
  for (const [, group] of groups(entries, key)) {
    const weight = group.reduce((sum, entry) => sum + weightOf(entry), 0);
    const share = shareOf(group.length, weight, limits);
    // Of equals the one with the oldest, which comes first: pages that have heard the same choose the same.
    if (share > most) [found, most] = [group, share];
  }
  return found;
}

function least<Part extends { readonly had: number }>(parts: readonly Part[]): Part | undefined {
  return parts.reduce<Part | undefined>((found, part) => (found && found.had <= part.had ? found : part), undefined);
}

function shareOf(messages: number, length: number, limits: LogLimits): number {
  return Math.max(messages / limits.messages, length / limits.length);
}

function groups<Item>(items: readonly Item[], key: (item: Item) => string): [name: string, items: Item[]][] {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    const group = found.get(name);
    if (group) group.push(item);
    else found.set(name, [item]);
  }
  return [...found];
}
