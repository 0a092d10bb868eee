import type { Shortcut } from "../room/shortcuts/shortcut.js";
import { Part } from "./part.js";
import type { Wording } from "./words.js";

/** The keys of a call; loaded when they are asked for. */
export const enShortcuts = {
  title: "Keyboard shortcuts",
  text: "None of them does anything while you write.",
  what: {
    microphone: "Microphone on or off",
    camera: "Camera on or off",
    screen: "Share the screen, or stop it",
    chat: "Open or close the chat",
    hand: "Raise or lower the hand",
    help: "Show this list",
  } satisfies Record<Shortcut, string> as Record<Shortcut, string>,
  talk: "Talk while you hold it, if you are muted",
  hold: (key: string) => `Hold ${key}`,
  or: "or",
  singleKeys: "Shortcuts of a single key",
  singleKeysText: "Switch them off if keys are pressed without your meaning it, for instance by speech recognition.",
  close: "Close",
};

export type ShortcutsStrings = Wording<typeof enShortcuts>;

/** In all languages. */
export const shortcutsPart = new Part<ShortcutsStrings>("shortcuts", enShortcuts);
