import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Envelope } from "../../rtc/index.js";
import { Exchange, type Port } from "../exchange/exchange.js";
import { Reactions } from "./reactions.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function reactionsWithBob() {
  const exchange = new Exchange(() => {});
  const posted: Envelope[] = [];
  const bob: Port = {
    id: "bob",
    incarnation: 1,
    name: "Bob",
    post: (type, fields) => (posted.push({ ...fields, v: 1, type }), true),
    openChannel: () => null,
  };
  exchange.handleReady(bob);
  const reactions = new Reactions(exchange, "Ada");
  const hear = (kind: unknown): void => exchange.handleMessage({ v: 1, type: "reaction", kind }, bob);
  return { reactions, posted, hear };
}

test("a reaction is shown here and to the others, and goes by itself", () => {
  const { reactions, posted, hear } = reactionsWithBob();
  const seen: number[] = [];
  reactions.subscribe((state) => seen.push(state.length));
  expect(reactions.send("applause")).toBe(true);
  hear("heart");
  expect(posted).toEqual([{ v: 1, type: "reaction", kind: "applause" }]);
  expect(reactions.state).toMatchObject([
    { from: null, name: "Ada", kind: "applause" },
    { from: "bob", name: "Bob", kind: "heart" },
  ]);
  vi.advanceTimersByTime(4_000);
  expect(reactions.state).toEqual([]);
  expect(seen).toEqual([1, 2, 1, 0]);
});

test("a reaction that nobody knows is none", () => {
  const { reactions, hear } = reactionsWithBob();
  for (const kind of ["boo", null, undefined, 3, {}, ["heart"], "constructor"]) hear(kind);
  expect(reactions.state).toEqual([]);
});

test("too many reactions at once are neither sent nor shown", () => {
  const { reactions, posted, hear } = reactionsWithBob();
  expect(Array.from({ length: 6 }, () => reactions.send("heart"))).toEqual([true, true, true, true, true, false]);
  expect(posted).toHaveLength(5);
  for (let count = 0; count < 100; count += 1) hear("heart");
  expect(reactions.state.filter(({ from }) => from === "bob")).toHaveLength(8);
  vi.advanceTimersByTime(1_000);
  expect(reactions.send("heart")).toBe(true);
});
