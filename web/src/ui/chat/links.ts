/** A part of a text: plain, or an address to open. */
export interface Segment {
  readonly text: string;
  /** Of http or https; null: this is no link. */
  readonly href: string | null;
}

/** Up to a blank, quotation marks, angle brackets, or what turns text around (UAX #9): such hide where a link leads. */
const address = /\bhttps?:\/\/[^\s<>"“”„«»\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/giu;
/** What ends a sentence rather than an address. */
const trailing = /[.,;:!?'’…*_~]$/u;
const brackets: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Cuts a text into parts; together they are the text, character by character. */
export function segments(text: string): readonly Segment[] {
  const found: Segment[] = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(address)) {
    const shown = trimmed(match);
    const href = hrefOf(shown);
    if (href === null) continue;
    if (index > end) found.push({ text: text.slice(end, index), href: null });
    found.push({ text: shown, href });
    end = index + shown.length;
  }
  if (end < text.length) found.push({ text: text.slice(end), href: null });
  return found;
}

/** Without the punctuation behind it, and without a closing bracket that was opened before it. */
function trimmed(address: string): string {
  let end = address.length;
  for (;;) {
    const last = address[end - 1] ?? "";
    const opening = brackets[last];
    const within = address.slice(0, end);
    if (trailing.test(last) || (opening !== undefined && count(within, opening) < count(within, last))) end -= 1;
    else return within;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function hrefOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  // `https://your.bank@elsewhere.test/` is made to be misread.
  if (url.username !== "" || url.password !== "") return null;
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}
