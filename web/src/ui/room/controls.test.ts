import { describe, expect, test } from "vitest";
import { en } from "../strings/en.js";
import { arrange, controlEntries, type ControlState } from "./controls.js";

const state: ControlState = {
  media: { microphone: true, camera: false, screen: false },
  canShareScreen: true,
  panel: "settings",
  people: 3,
  unread: 0,
  reacting: false,
  offers: 0,
  handRaised: false,
  host: false,
  waiting: 0,
  recording: null,
  copied: false,
  layout: "grid",
  ownHidden: false,
  audioOnly: false,
};

describe("the controls of a call", () => {
  test("are named by what pressing does", () => {
    const names = controlEntries(state, en).map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(["Mute microphone", "Turn camera on", "Share screen"]);
    expect(names.at(-1)).toBe("Leave");
  });

  test("say which panel is open", () => {
    const open = controlEntries(state, en).filter(({ expanded }) => expanded === true);
    expect(open.map(({ control }) => control)).toEqual(["settings"]);
  });

  test("tell of messages that have not been read, and keep their names", () => {
    const chat = (unread: number) => controlEntries({ ...state, unread }, en).find(({ control }) => control === "chat");
    expect(chat(0)).toMatchObject({ name: "Chat" });
    expect(chat(0)?.count).toBeUndefined();
    expect(chat(2)).toMatchObject({ name: "Chat", count: 2, description: "2 unread messages" });
  });

  test("offer the other layout, and the other way to treat the own picture", () => {
    const names = (changes: Partial<ControlState>) =>
      controlEntries({ ...state, ...changes }, en)
        .filter(({ control }) => control === "layout" || control === "own-picture")
        .map(({ name }) => name);
    expect(names({})).toEqual(["Switch to speaker view", "Hide own picture"]);
    expect(names({ layout: "speaker", ownHidden: true })).toEqual(["Switch to grid view", "Show own picture"]);
  });

  test("count the files that wait for an answer, and nothing when none does", () => {
    const count = (offers: number) => controlEntries({ ...state, offers }, en).find(({ name }) => name === "Files");
    expect(count(2)?.count).toBe(2);
    expect(count(0)).not.toHaveProperty("count");
  });

  test("say what pressing does to a recording, where there can be one", () => {
    const names = (recording: boolean | null) => controlEntries({ ...state, recording }, en).map(({ name }) => name);
    expect(names(false)).toContain("Record call");
    expect(names(true)).toContain("Stop recording");
    expect(names(null)).not.toContain("Record call");
  });

  test("are a host's only for a host, and tell of those who wait", () => {
    const doors = (changes: Partial<ControlState>) =>
      controlEntries({ ...state, ...changes }, en).find(({ name }) => name === "Host controls");
    expect(doors({})).toBeUndefined();
    expect(doors({ host: true })).not.toHaveProperty("count");
    expect(doors({ host: true, waiting: 2 })).toMatchObject({ count: 2, description: "2 people are waiting" });
  });

  test("leave out what a browser cannot do", () => {
    const names = controlEntries({ ...state, canShareScreen: false }, en).map(({ name }) => name);
    expect(names).not.toContain("Share screen");
  });
});

describe("the place for controls", () => {
  const entries = controlEntries(state, en);

  test("holds all of them where there is enough", () => {
    expect(arrange(entries, entries.length)).toEqual({ bar: entries, menu: [] });
  });

  test("is shared with a menu where there is not, and keeps the order in both", () => {
    const { bar, menu } = arrange(entries, entries.length - 1);
    expect(bar.length + 1).toBe(entries.length - 1);
    expect(entries.filter((entry) => bar.includes(entry))).toEqual(bar);
    expect(entries.filter((entry) => menu.includes(entry))).toEqual(menu);
    expect(new Set([...bar, ...menu])).toEqual(new Set(entries));
  });

  test("keeps microphone, camera and the end of the call whatever happens", () => {
    expect(arrange(entries, 2).bar.map(({ control }) => control)).toEqual(["microphone", "camera", "leave"]);
  });
});
