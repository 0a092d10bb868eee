import { expect, test } from "vitest";
import type { ChatEntry } from "../../call/chat/state.js";
import { groupsOf } from "./groups.js";

let last = 0;

function entry(author: string, its: Partial<ChatEntry> = {}): ChatEntry {
  const id = String((last += 1));
  return { id, author, name: author, mine: false, text: "x", at: 0, other: null, vouched: true, unread: false, ...its };
}

function sizes(entries: readonly ChatEntry[], marked: string | null = null): readonly number[] {
  return groupsOf(entries, marked).map((group) => group.entries.length);
}

test("messages of one author stand together until somebody else writes", () => {
  expect(sizes([])).toEqual([]);
  expect(sizes([entry("ada"), entry("ada"), entry("bob"), entry("ada")])).toEqual([2, 1, 1]);
});

test("what is for others, or from others, or much later, stands apart", () => {
  expect(sizes([entry("ada"), entry("ada", { other: { id: "bob", name: "Bob" } })])).toEqual([1, 1]);
  expect(sizes([entry("ada"), entry("ada", { vouched: false })])).toEqual([1, 1]);
  expect(sizes([entry("ada"), entry("ada", { at: 299_999 }), entry("ada", { at: 700_000 })])).toEqual([2, 1]);
});

test("the first unread message begins a group", () => {
  const entries = [entry("ada"), entry("ada"), entry("ada")];
  expect(sizes(entries, entries[1]?.id ?? null)).toEqual([1, 2]);
});
