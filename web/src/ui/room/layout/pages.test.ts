import { expect, test } from "vitest";
import { pageOf } from "./pages.js";

const letters = Array.from("abcdefghij");

function all(capacity: number, kept: readonly string[]): string[] {
  const { pages } = pageOf(letters, capacity, kept, 0);
  return Array.from({ length: pages }, (_, page) => pageOf(letters, capacity, kept, page).items.join(""));
}

test("what finds place at once is on one page", () => {
  expect(pageOf(letters, 10, ["c"], 3)).toEqual({ items: letters, page: 0, pages: 1 });
});

test("everything else is on one page each, in order", () => {
  expect(all(4, [])).toEqual(["abcd", "efgh", "ij"]);
});

test("who is kept is on every page, in the usual order", () => {
  expect(all(4, ["f"])).toEqual(["abcf", "def" + "g", "fhij"]);
});

test("the first page stays as it is when another one of it is kept", () => {
  expect(all(4, ["a"])[0]).toBe("abcd");
  expect(all(4, ["c"])[0]).toBe("abcd");
});

test("at most half of the places are kept, for the most important", () => {
  expect(all(2, ["j", "a"])[0]).toBe("aj");
  expect(all(2, ["j", "a"])).toHaveLength(9);
  expect(all(4, ["j", "i", "h"])[0]).toBe("abij");
});

test("who is kept and not there takes no place", () => {
  expect(all(5, ["z"])).toEqual(["abcde", "fghij"]);
});

test("a page that does not exist is the last one or the first", () => {
  expect(pageOf(letters, 4, [], 9).page).toBe(2);
  expect(pageOf(letters, 4, [], -1).page).toBe(0);
});
