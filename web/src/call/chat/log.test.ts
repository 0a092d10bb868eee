import { expect, test } from "vitest";
import { readUnwanted } from "./floors.js";
import { ChatLog } from "./log.js";
import type { Entry } from "./message.js";
import { fairly } from "./sources.js";

function said(author: string, number: number, fields: Partial<Entry> = {}): Entry {
  const position = { author, series: "aaaaaaaa", number, lamport: number };
  return { ...position, text: "x", name: author, at: 0, vouched: true, teller: author, heard: true, ...fields };
}

/** `teller` says that `author` has said it. */
function told(teller: string, author: string, number: number, heard = false): Entry {
  return said(author, number, { vouched: false, teller, heard });
}

function logOf(...entries: readonly Entry[]): ChatLog {
  const log = new ChatLog({ messages: 6, length: 10_000 }, "own-logs");
  for (const entry of entries) log.put(entry);
  return log;
}

function shown({ entries }: ChatLog): readonly string[] {
  return entries.map(({ author, number }) => `${author} ${number}`);
}

test("of a full log the source that takes most gives its oldest", () => {
  const log = logOf(said("bob", 1), ...[2, 3, 4, 5, 6].map((number) => said("ada", number)));
  expect(log.put(said("cleo", 7))).toBe(true);
  expect(shown(log)).toEqual(["bob 1", "ada 3", "ada 4", "ada 5", "ada 6", "cleo 7"]);
  expect(log.dropped).toBe(1);
});

test("most is what takes most room, too", () => {
  const long = { text: "x".repeat(4_000) };
  const log = logOf(...[1, 2, 3].map((number) => said("ada", number)), said("bob", 4, long), said("bob", 5, long));
  log.put(said("cleo", 6, long));
  expect(shown(log)).toEqual(["ada 1", "ada 2", "ada 3", "bob 5", "cleo 6"]);
});

test("what had to go is not taken from there again, and from elsewhere it is", () => {
  const log = logOf(...[1, 2, 3, 4, 5, 6, 7].map((number) => told("mallory", "eve", number)));
  expect(shown(log)[0]).toBe("eve 2");
  expect(log.put(told("mallory", "zoe", 8))).toBe(true);
  expect(log.put(told("mallory", "eve", 1))).toBe(false);
  expect(log.put(told("bob", "eve", 1))).toBe(true);
  expect(log.extract("mallory").after).toMatchObject({ author: "eve" });
  expect(log.extract("bob")).toMatchObject({ after: null, floors: [] });
});

test("what had to go of an author's own words does not come back through others", () => {
  const log = logOf(...[1, 2, 3, 4, 5, 6, 7].map((number) => said("ada", number)));
  expect(log.put(told("bob", "ada", 1, true))).toBe(false);
  expect(log.extract("bob").floors).toMatchObject([{ author: "ada", number: 1 }]);
});

test("what the author says takes the place of what is said of it, and counts as the author's", () => {
  const log = logOf(...[1, 2, 3, 4].map((number) => told("mallory", "ada", number)), said("bob", 5), said("bob", 6));
  expect(log.put(said("ada", 1))).toBe(true);
  expect(log.put(said("ada", 2))).toBe(true);
  expect(log.put(said("ada", 1))).toBe(false);
  // Three sources have two each; with a third, that of what Mallory passes on has most.
  log.put(told("mallory", "ada", 7));
  expect(shown(log)).toEqual(["ada 1", "ada 2", "ada 4", "bob 5", "bob 6", "ada 7"]);
});

test("an end that says what it does not want is not sent it", () => {
  const bobs = logOf(said("bob", 1), said("bob", 2), said("ada", 1), told("cleo", "dan", 1), told("cleo", "dan", 3));
  const unwanted = readUnwanted({ after: said("dan", 2), floors: [said("bob", 1), null, "x"] });
  expect(bobs.lacking(unwanted, () => false)).toMatchObject([
    { author: "ada", number: 1 },
    { author: "bob", number: 2 },
    { author: "dan", number: 3 },
  ]);
  expect(bobs.lacking(readUnwanted({ after: 5, floors: {} }), () => false)).toHaveLength(5);
});

test("what is remembered of what had to go is bounded, whoever invents authors and names", () => {
  const log = logOf();
  for (let count = 0; count < 2_000; count += 1) {
    log.put(told("mallory", `m${count}`, count + 1, true));
    log.put(said(`n${count}`, count + 1));
  }
  expect(JSON.stringify(log.extract("mallory").floors).length).toBeLessThan(8_000);
  // Of too many authors it is remembered how far all had to go.
  expect(log.put(told("mallory", "m0", 1, true))).toBe(false);
  expect(log.put(said("ada", 3_000))).toBe(true);
});

test("room for a few is given to all sources by turns, the newest first", () => {
  const items = [said("ada", 1), said("ada", 2), said("bob", 3), told("mallory", "zoe", 4), told("mallory", "zoe", 5)];
  const order = [
    ...fairly(
      items.map((entry) => ({ entry })),
      { messages: 3, length: 1_000 },
    ),
  ];
  expect(order.map(({ entry: { number } }) => number)).toEqual([2, 3, 5, 1, 4]);
});
