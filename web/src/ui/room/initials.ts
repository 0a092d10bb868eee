/** What stands for a person whose camera is off. */

const hues = ["#8a4fc7", "#2f6fd0", "#0f7d83", "#287a3e", "#7a6a12", "#b35314", "#c03a5b", "#a03aa8"] as const;

/** One or two letters: of the first and the last word, else of the only one; "?" for a name without any. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== "");
  const first = leading(words[0]);
  const last = words.length > 1 ? leading(words.at(-1)) : "";
  return first + last === "" ? "?" : first + last;
}

/** A colour on which white text has a contrast of at least 4.5, always the same for the same name. */
export function nameColour(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return hues[hash % hues.length] ?? hues[0];
}

/** A letter that nothing joins; the first Segmenter of a page takes a browser (Chromium 156) 20 to 60 ms to make. */
const plainLetter = /^\p{L}(?!\p{M}|\p{Emoji_Modifier}|[\u200c\u200d])/u;
/** What joins letters into one grapheme without a mark: Hangul that is written in parts, and its like. */
const joining = /^[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/u;

function leading(word = ""): string {
  // By grapheme, so that an emoji or a letter with its accent stays whole.
  const letter = joining.test(word) ? null : plainLetter.exec(word);
  const first = letter ? letter[0] : [...new Intl.Segmenter().segment(word)][0]?.segment;
  return first?.toLocaleUpperCase() ?? "";
}
