import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Reaction, ReactionKind } from "../../call/reactions/reactions.js";
import { en } from "../strings/en.js";
import { ReactionNews } from "./reaction-news.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function reaction(id: number, name: string, kind: ReactionKind, from: string | null = name): Reaction {
  return { id, from, name, kind };
}

test("reactions of a moment are said together, each kind once", () => {
  const said: string[] = [];
  const news = new ReactionNews((words) => said.push(words));
  const all = [reaction(1, "Ada", "applause"), reaction(2, "Bob", "applause"), reaction(3, "Ada", "heart", null)];
  news.follow(all.slice(0, 1), en);
  news.follow(all, en);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1_200);
  expect(said).toEqual(["Ada and Bob: Applause", "You: Heart"]);
  news.follow(all.slice(1), en);
  vi.advanceTimersByTime(5_000);
  expect(said).toHaveLength(2);
});

test("of many names the first are said, and how many others there are", () => {
  const said: string[] = [];
  const news = new ReactionNews((words) => said.push(words));
  const names = ["Ada", "Bob", "Cleo", "Dan", "Eve"];
  news.follow(
    names.map((name, at) => reaction(at + 1, name, "laughing")),
    en,
  );
  news.follow([reaction(6, "Ada", "laughing")], en);
  vi.advanceTimersByTime(1_200);
  expect(said).toEqual(["Ada, Bob, Cleo, and 2 others: Laughing"]);
});
