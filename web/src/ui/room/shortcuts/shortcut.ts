/** What a key does in a call. */
export type Shortcut = "microphone" | "camera" | "screen" | "chat" | "hand" | "help";

/** What is said of a pressed key, as KeyboardEvent has it. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const single: Readonly<Record<string, Shortcut>> = {
  m: "microphone",
  v: "camera",
  s: "screen",
  c: "chat",
  h: "hand",
};

/** As Google Meet has them: people who come from there have them in their fingers. */
const chorded: Readonly<Record<string, Shortcut>> = { d: "microphone", e: "camera" };

/**
 * What a key is a shortcut for; null: it is none. `singleKeys`: whether keys without Ctrl or ⌘ are any (WCAG 2.2, 2.1.4: people who
 * speak to their computer, or whose hands shake, have to be able to switch them off).
 */
export function shortcutOf(press: KeyPress, singleKeys: boolean): Shortcut | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (altKey) return null;
  const letter = letterOf(press);
  if (ctrlKey !== metaKey) return shiftKey ? null : (chorded[letter] ?? null);
  if (ctrlKey || !singleKeys) return null;
  // Also as an Arabic keyboard has it.
  if (key === "?" || key === "\u061f") return "help";
  return shiftKey ? null : (single[letter] ?? null);
}

/** On a keyboard of another script, what its key would be on one of this script. */
function letterOf({ key, code }: KeyPress): string {
  if (/^[a-z]$/iu.test(key)) return key.toLowerCase();
  return /^Key([A-Z])$/u.exec(code)?.[1]?.toLowerCase() ?? "";
}
