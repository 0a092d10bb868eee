import { expect, test } from "vitest";
import { readHoldings, writeHoldings } from "./holdings.js";
import type { Position } from "./message.js";

function at(author: string, number: number, series = "aaaaaaaa"): Position {
  return { author, series, number, lamport: 1 };
}

test("holdings say in ranges what somebody has", () => {
  const held = [5, 1, 2, 3, 9].map((number) => at("ada", number)).concat(at("bob", 2), at("ada", 4, "bbbbbbbb"));
  const written = writeHoldings(held);
  expect(written).toEqual(["ada aaaaaaaa 1-3,5,9", "bob aaaaaaaa 2", "ada bbbbbbbb 4"]);
  const has = readHoldings(written);
  expect(held.every((position) => has?.(position))).toBe(true);
  expect([at("ada", 4), at("bob", 1), at("cleo", 1), at("ada", 1, "bbbbbbbb")].some((p) => has?.(p))).toBe(false);
});

test("the holdings of a log of a thousand strangers fit into one message", () => {
  const strangers = Array.from({ length: 1_000 }, (_, count) => at(`author-${count}`.padEnd(16, "x"), 999_999_999));
  const written = JSON.stringify(writeHoldings(strangers));
  expect(written.length).toBeLessThan(40_000);
  expect(readHoldings(JSON.parse(written))?.(strangers[999] ?? at("", 0))).toBe(true);
});

test("holdings that make no sense stand for nothing", () => {
  const has = readHoldings([
    5,
    null,
    "",
    "ada",
    "ada aaaaaaaa",
    "ada aaaaaaaa x",
    "ada aaaaaaaa 1-",
    "bob aaaaaaaa 3-1",
  ]);
  expect([1, 2, 3].some((number) => ["ada", "bob"].some((author) => has?.(at(author, number))))).toBe(false);
  expect(readHoldings("ada aaaaaaaa 1")).toBeNull();
  expect(readHoldings([`ada aaaaaaaa ${Array.from({ length: 2_000 }, (_, n) => n + 1).join(",")}`])).toBeNull();
});
