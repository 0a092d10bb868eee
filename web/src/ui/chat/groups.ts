import type { ChatEntry } from "../../call/chat/state.js";

/** Messages that stand under one name. */
export interface Group {
  /** Its first message's. */
  readonly id: string;
  readonly entries: readonly [ChatEntry, ...ChatEntry[]];
}

/** Who writes again so much later (milliseconds) begins anew, with a time. */
const pause = 5 * 60_000;

/** Neighbours of one author to the same people, not too far apart; `marked`: the id of one that begins anew anyway. */
export function groupsOf(entries: readonly ChatEntry[], marked: string | null): readonly Group[] {
  const groups: { id: string; entries: [ChatEntry, ...ChatEntry[]] }[] = [];
  for (const entry of entries) {
    const group = groups.at(-1);
    const last = group?.entries.at(-1);
    if (group && last && belongs(last, entry) && entry.id !== marked) group.entries.push(entry);
    else groups.push({ id: entry.id, entries: [entry] });
  }
  return groups;
}

function belongs(last: ChatEntry, next: ChatEntry): boolean {
  return (
    last.author === next.author &&
    last.name === next.name &&
    last.other?.id === next.other?.id &&
    last.vouched === next.vouched &&
    Math.abs(next.at - last.at) < pause
  );
}
