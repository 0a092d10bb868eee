import { maxNameLength } from "./wire.js";

/** In UTF-16 code units: what is left of a stranger's name. */
const longest = 120;

/**
 * Not for names: control characters (also line breaks), what joins or is invisible without need, what turns the direction of text around, so
 * that "gpj.exe" reads "exe.jpg" (Unicode UAX #9, 2), and what is not a character at all.
 */
const invisible =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** Of a path, of a stream (NTFS), or with a meaning to some shell or file system. */
const forbidden = /[\\/:*?"<>|]/g;

/** Names that Windows takes for devices, whatever follows the dot. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/i;

/**
 * A file's name as it is shown and as it is saved, which is the same: never a path, never empty, never hidden, and its end,
 * which says what opening it would do, always there.
 */
export function safeFileName(name: string): string {
  const plain = name.slice(0, maxNameLength).replace(/\s/gu, " ").replace(invisible, "").replace(forbidden, "_");
  const trimmed = shorten(plain.replace(/ +/g, " ").replace(/^[. ~]+|[. ]+$/g, ""));
  return trimmed === "" ? "file" : trimmed.replace(device, "_$1");
}

/** Cuts out of the middle. */
function shorten(name: string): string {
  const characters = Array.from(name);
  if (name.length <= longest) return name;
  const end = characters.slice(-30).join("");
  const start = characters.slice(0, longest - 31 - 30).join("");
  return `${start}…${end}`;
}
