import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RemoteParticipant } from "../../call/state.js";
import { en } from "../strings/en.js";
import { AwayNews } from "./away-news.js";

let said: string[];
let news: AwayNews;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  news = new AwayNews((words) => said.push(words));
});
afterEach(() => void vi.useRealTimers());

function follow(...remotes: readonly (readonly [name: string, away: boolean])[]): void {
  const media = { microphone: false, camera: false, screen: false };
  news.follow(
    remotes.map(([name, away]): RemoteParticipant => ({
      id: name,
      name,
      media,
      away,
      path: "connected",
      relay: null,
      audio: [],
      role: "participant",
      hand: null,
      camera: null,
      screen: null,
      speaking: false,
    })),
    en,
  );
}

it("tells who lost the connection, and who is back, once each", () => {
  follow(["Ada", true], ["Bo", false]);
  vi.advanceTimersByTime(1_000);
  follow(["Ada", true], ["Bo", false]);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual(["Ada lost the connection"]);
  follow(["Ada", false], ["Bo", false]);
  follow(["Ada", false], ["Bo", false]);
  expect(said).toEqual(["Ada lost the connection", "Ada is back"]);
});

it("keeps a blip to itself", () => {
  follow(["Ada", true]);
  vi.advanceTimersByTime(999);
  follow(["Ada", false]);
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
});

it("leaves it to others to tell who left", () => {
  follow(["Ada", true], ["Bo", true]);
  vi.advanceTimersByTime(500);
  follow(["Bo", true]);
  vi.advanceTimersByTime(500);
  follow();
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual(["Bo lost the connection"]);
});

it("is silent after its end", () => {
  follow(["Ada", true]);
  news.close();
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([]);
});
