import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ChatEntry } from "../../call/chat/state.js";
import { en } from "../strings/en.js";
import { ChatNews } from "./chat-news.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function entry(text: string, other: ChatEntry["other"] = null): ChatEntry {
  return { id: text, author: "ada", name: "Ada", mine: false, text, at: 0, other, vouched: true, unread: true };
}

function chatNews() {
  const said: string[] = [];
  const play = vi.fn();
  return { said, play, news: new ChatNews({ say: (words) => said.push(words), play }) };
}

test("a message is said in one line, and shortened", () => {
  const { said, news } = chatNews();
  news.handle(entry("Hello,\n  everybody"), en);
  news.handle(entry("😀".repeat(100)), en);
  expect(said).toEqual(["Message from Ada: Hello, everybody", `Message from Ada: ${"😀".repeat(80)}…`]);
});

test("of a private message nothing is said but whose it is", () => {
  const { said, news } = chatNews();
  news.handle(entry("Secret", { id: "ada", name: "Ada" }), en);
  expect(said).toEqual(["Private message from Ada"]);
});

test("many messages at once make one sound", () => {
  const { play, news } = chatNews();
  for (let count = 0; count < 5; count += 1) news.handle(entry("x"), en);
  expect(play).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2_000);
  news.handle(entry("x"), en);
  expect(play).toHaveBeenCalledTimes(2);
});
