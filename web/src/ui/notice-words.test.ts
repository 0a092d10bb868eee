import { expect, test } from "vitest";
import type { DeviceNews, DeviceNotice } from "../call/state.js";
import { noticeCards } from "./notice-words.js";
import { en } from "./strings/en.js";

const notice = (id: number, device: DeviceNotice["device"], news: DeviceNews): DeviceNotice => ({
  id,
  device,
  ...news,
});
const words = (device: DeviceNotice["device"], news: DeviceNews) =>
  noticeCards([notice(1, device, news)], en)[0]?.words;

test("the same trouble with camera and microphone is told as one, and dismissed as one", () => {
  const denied = { kind: "problem", problem: "denied" } as const;
  const cards = noticeCards([notice(1, "camera", denied), notice(2, "microphone", denied)], en);
  expect(cards).toEqual([{ ids: [2, 1], words: en.problems.both.denied, good: false }]);
  const silenced = { kind: "silenced" } as const;
  expect(noticeCards([notice(3, "microphone", silenced), notice(4, "camera", silenced)], en)).toEqual([
    { ids: [3, 4], words: en.deviceNews.both.silenced, good: false },
  ]);
});

test("different troubles are told one by one, the newest first", () => {
  const cards = noticeCards(
    [
      notice(1, "camera", { kind: "problem", problem: "busy" }),
      notice(2, "screen", { kind: "problem", problem: "denied" }),
      notice(3, "microphone", { kind: "problem", problem: "revoked" }),
    ],
    en,
  );
  expect(cards.map(({ ids }) => ids)).toEqual([[3], [2], [1]]);
  expect(cards[0]?.words).toBe(en.problems.microphone.revoked);
});

test("what is used now is named, and who is muted is told that they still are", () => {
  const replaced = { kind: "replaced", gone: "Headset", now: "Built-in", on: true } as const;
  expect(words("microphone", replaced)).toEqual({
    title: "“Headset” was disconnected",
    text: "The others now hear you through “Built-in”.",
  });
  expect(words("microphone", { ...replaced, on: false })?.text).toContain("still muted");
  expect(words("camera", { ...replaced, now: null, on: false })?.text).toContain("no other camera");
  expect(words("speaker", { ...replaced, now: null })?.text).toContain("system’s default");
  expect(words("camera", { kind: "returned", now: "Webcam", on: false })?.text).toContain("still off");
});

test("a problem without words of its own still has some", () => {
  expect(words("screen", { kind: "problem", problem: "overconstrained" })).toBe(en.screenProblems.unknown);
  expect(words("speaker", { kind: "problem", problem: "busy" })).toBe(en.speakerProblems.unknown);
});
