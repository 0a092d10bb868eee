import { describe, expect, it } from "vitest";
import { en } from "./en.js";
import { enChat } from "./en-chat.js";
import { enDoctor } from "./en-doctor.js";
import { enFiles } from "./en-files.js";
import { enStory } from "./en-story.js";

function texts(value: unknown, path: string): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return texts((value as (...parts: string[]) => unknown)("one", "2", "three"), path);
  return Object.entries(value as object).flatMap(([key, part]) => texts(part, `${path}.${key}`));
}

describe("the English catalogue", () => {
  it("says something everywhere", () => {
    const all = { en, enStory, enDoctor, enChat, enFiles };
    for (const [path, text] of texts(all, "")) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toContain("undefined");
    }
  });

  it("says for every refusal, problem and piece of news what it is and what to do", () => {
    const said = [
      ...texts(en.refusals, "refusals"),
      ...texts(en.problems, "problems"),
      ...texts(en.screenProblems, "screenProblems"),
      ...texts(en.speakerProblems, "speakerProblems"),
      ...texts(en.deviceNews, "deviceNews"),
      ...texts(en.peerUnreachable, "peerUnreachable"),
    ];
    expect(said.length).toBeGreaterThan(100);
    for (const [path, text] of said) {
      expect(text, path).toMatch(path.endsWith(".title") ? /^[A-Z“].*[^.]$/u : /^[A-Z“].*[.”]$/u);
    }
  });

  it("speaks of a device without a name, too", () => {
    for (const device of ["microphone", "camera"] as const) {
      const news = en.deviceNews[device];
      for (const words of [news.replaced("", ""), news.replacedOff("", ""), news.lost(""), news.returned("")]) {
        expect(`${words.title} ${words.text}`).not.toContain("“”");
      }
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
    expect([en.chat, enChat.message, enChat.send, en.reactions]).toEqual(["Chat", "Message", "Send", "Reactions"]);
    expect(Object.values(en.reactionNames)).toEqual(["Thumbs up", "Heart", "Laughing", "Surprised", "Applause"]);
    expect(en.story).toBe("How this call works");
    expect([en.files, enFiles.send, enFiles.decline]).toEqual(["Files", "Send file", "Decline"]);
    expect(enFiles.acceptName("report.pdf")).toBe("Accept report.pdf");
    expect([en.shareScreen, en.stopSharing, en.copyLink, en.participants, en.leave]).toEqual([
      "Share screen",
      "Stop sharing",
      "Copy link",
      "Participants",
      "Leave",
    ]);
  });
});
