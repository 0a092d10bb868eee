import { longestText } from "./state.js";

/** In UTF-16 code units. */
const longestName = 128;
/** As docs/signalling.md makes ids of participants, and shorter; what bounds how much a list of messages takes. */
const authorForm = /^[\w-]{1,16}$/;
const seriesForm = /^[\w-]{8}$/;
const highestNumber = 999_999_999;
/** All control characters but line feed and tab. */
const control = /[^\P{Cc}\n\t]/u;
const controls = /[^\P{Cc}\n\t]/gu;

/** Where a message stands, the same for everybody: see {@link compare}. */
export interface Position {
  /** Lamport's clock: larger than that of every message its author had seen and believed in this. 1 to 2^53 - 1. */
  readonly lamport: number;
  /** The participant's id. */
  readonly author: string;
  /** Drawn at random by the author's page for each log, so that a page which has lost its memory repeats no number. */
  readonly series: string;
  /** 1, 2, 3, ... within the series. */
  readonly number: number;
}

export interface ChatMessage extends Position {
  readonly text: string;
}

/** A message as one page has it. */
export interface Entry extends ChatMessage {
  /** The author's, as it is known here. */
  readonly name: string;
  /** When it was written, as far as this page can tell: milliseconds since 1970 by this computer's clock. */
  readonly at: number;
  /** The author has said it here itself. Otherwise somebody says that it did. */
  readonly vouched: boolean;
  /** The participant over whose connection it came: the author where it is vouched. Empty: that is not known any more. */
  readonly teller: string;
  /** The teller is the author, or says that it has it from the author itself. */
  readonly heard: boolean;
}

/** What one participant tells another of a message that it has. */
export interface Claim extends Omit<ChatMessage, "author"> {
  /** Left out: the sender is the author. */
  readonly author?: string;
  readonly name?: string;
  /** The sender has it from the author itself, not from others. */
  readonly heard?: true;
  /** How many milliseconds ago it was written. Clocks differ between computers, and ages do not. */
  readonly age: number;
}

/** What a participant's id looks like in a log. */
export function isAuthor(value: unknown): value is string {
  return typeof value === "string" && authorForm.test(value);
}

export function idOf({ author, series, number }: Omit<Position, "lamport">): string {
  return `${author} ${series} ${number}`;
}

/** The order of all messages, in which everybody has them: Lamport's clock, then the author, then the author's own order. */
export function compare(a: Position, b: Position): number {
  return (
    a.lamport - b.lamport || compareText(a.author, b.author) || compareText(a.series, b.series) || a.number - b.number
  );
}

/** Without control characters and blanks around it; line ends as one line feed. */
export function tidy(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(controls, "").trim();
}

/** `author` where the message names none. Null: it breaks a rule. */
export function readMessage(value: Readonly<Record<string, unknown>>, author: string): ChatMessage | null {
  const { lamport, series, number, text } = value;
  const named = value["author"] ?? author;
  if (!isAuthor(named)) return null;
  if (typeof series !== "string" || !seriesForm.test(series)) return null;
  if (!isWhole(number, highestNumber) || !isWhole(lamport, Number.MAX_SAFE_INTEGER)) return null;
  if (typeof text !== "string" || text.length > longestText || text.trim() === "" || control.test(text)) return null;
  return { author: named, series, number, lamport, text };
}

export function readPosition(value: unknown): Position | null {
  if (!isRecord(value)) return null;
  const { lamport, author, series, number } = value;
  if (typeof author !== "string" || typeof series !== "string") return null;
  if (!isWhole(number, highestNumber) || !isWhole(lamport, Number.MAX_SAFE_INTEGER)) return null;
  return { lamport, author, series, number };
}

/** A name that somebody tells; empty: none. */
export function readName(value: unknown): string {
  return typeof value === "string" && value.length <= longestName ? tidy(value).replace(/\s+/g, " ") : "";
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isWhole(value: unknown, highest: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= highest;
}

/** By code unit: the same everywhere, whatever the language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
