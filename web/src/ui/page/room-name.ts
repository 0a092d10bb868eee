/**
 * Room names as docs/signalling.md defines them: 1 to 64 letters (with their marks) and digits of any
 * script, "-" or "_", compared in lower case.
 */

export const maximumRoomNameLength = 64;

export type RoomNameProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "too-long" }
  /** `characters`: those that a name cannot have, each once, in order of appearance; at most five. */
  | { readonly kind: "forbidden"; readonly characters: readonly string[] };

export type RoomNameResult =
  { readonly ok: true; readonly room: string } | { readonly ok: false; readonly problem: RoomNameProblem };

// Marks: most scripts of India, and Thai, cannot be written without them.
const allowed = /^[\p{L}\p{Mn}\p{Mc}\p{Nd}_-]$/u;

/**
 * The room that a name in a link means. Composed (NFC), because an accent that stands alone is not a letter, and some
 * systems write "é" as two characters; otherwise nothing is repaired.
 */
export function parseRoomName(text: string): RoomNameResult {
  const room = text.normalize("NFC").toLowerCase();
  const characters = Array.from(room);
  if (characters.length === 0) return { ok: false, problem: { kind: "empty" } };
  const forbidden = [...new Set(characters.filter((character) => !allowed.test(character)))];
  if (forbidden.length > 0) return { ok: false, problem: { kind: "forbidden", characters: forbidden.slice(0, 5) } };
  if (characters.length > maximumRoomNameLength) return { ok: false, problem: { kind: "too-long" } };
  return { ok: true, room };
}

/** As {@link parseRoomName}, for what a person typed: "Team Lunch " means team-lunch. */
export function parseTypedRoomName(text: string): RoomNameResult {
  return parseRoomName(text.trim().replace(/\s+/gu, "-"));
}
