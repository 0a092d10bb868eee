import { expect, test } from "vitest";
import { shortcutOf, type KeyPress } from "./shortcut.js";

function press(key: string, its: Partial<KeyPress> = {}, singleKeys = true) {
  const plain = {
    key,
    code: `Key${key.toUpperCase()}`,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
  };
  return shortcutOf({ ...plain, ...its }, singleKeys);
}

test("single letters are shortcuts, also under Caps Lock", () => {
  expect(["m", "v", "s", "c", "h", "?", "x"].map((key) => press(key))).toEqual([
    "microphone",
    "camera",
    "screen",
    "chat",
    "hand",
    "help",
    null,
  ]);
  expect(press("M")).toBe("microphone");
});

test("so are D and E with Ctrl or with ⌘, and not with both", () => {
  expect([press("d", { ctrlKey: true }), press("e", { metaKey: true })]).toEqual(["microphone", "camera"]);
  expect(press("d", { ctrlKey: true, metaKey: true })).toBeNull();
});

test("what browsers and systems do with other keys is left to them", () => {
  for (const its of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { shiftKey: true }]) {
    expect(press("c", its)).toBeNull();
    expect(press("s", its)).toBeNull();
  }
  expect(press("d", { ctrlKey: true, shiftKey: true })).toBeNull();
});

test("single letters can be switched off", () => {
  expect(press("m", {}, false)).toBeNull();
  expect(press("?", {}, false)).toBeNull();
  expect(press("d", { ctrlKey: true }, false)).toBe("microphone");
});

test("keyboards of other scripts have them at the same places", () => {
  expect(press("ة", { code: "KeyM" })).toBe("microphone");
  expect(press("в", { code: "KeyD", ctrlKey: true })).toBe("microphone");
  expect(press("؟", { code: "Slash", shiftKey: true })).toBe("help");
  // An AZERTY keyboard has its M elsewhere, and its word counts.
  expect(press("m", { code: "Semicolon" })).toBe("microphone");
});
