import { describe, expect, it } from "vitest";
import { en } from "./en.js";

function texts(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String((value as (...parts: string[]) => unknown)("one", "2"))]];
  return Object.entries(value as object).flatMap(([key, part]) => texts(part, `${path}.${key}`));
}

describe("the English catalogue", () => {
  it("says something everywhere", () => {
    for (const [path, text] of texts(en, "en")) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toContain("undefined");
    }
  });

  it("says for every refusal and device problem what it is and what to do", () => {
    for (const words of [
      ...Object.values(en.refusals),
      ...Object.values(en.problems).flatMap((all) => Object.values(all)),
    ]) {
      expect(words.title).toMatch(/^[A-Z].*[^.]$/u);
      expect(words.text).toMatch(/[.”]$/u);
    }
  });

  it("keeps the names that tests and screen readers rely on", () => {
    expect([en.yourName, en.join, en.mute, en.unmute, en.cameraOff, en.cameraOn]).toEqual([
      "Your name",
      "Join",
      "Mute microphone",
      "Unmute microphone",
      "Turn camera off",
      "Turn camera on",
    ]);
    expect([en.shareScreen, en.stopSharing, en.copyLink, en.participants, en.leave]).toEqual([
      "Share screen",
      "Stop sharing",
      "Copy link",
      "Participants",
      "Leave",
    ]);
  });
});
