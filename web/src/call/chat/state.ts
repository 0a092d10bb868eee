import type { SeatStorage } from "../seat/seat-keeper.js";

/** Of a message, in UTF-16 code units. */
export const longestText = 4_000;

/** A message as a view shows it. */
export interface ChatEntry {
  readonly id: string;
  /** The participant's id; who has left keeps its own. */
  readonly author: string;
  readonly name: string;
  /** Written by the person at this page, now or before a reload. */
  readonly mine: boolean;
  readonly text: string;
  /** Milliseconds since 1970 by this computer's clock. What others tell of the past is believed as far as it is past. */
  readonly at: number;
  /** With whom it is private; null: everybody has it. */
  readonly other: { readonly id: string; readonly name: string } | null;
  /** The author has said it here itself; otherwise others say so. */
  readonly vouched: boolean;
  readonly unread: boolean;
}

export interface ChatState {
  /** The room was entered: messages can be sent. */
  readonly joined: boolean;
  /** In the order in which everybody has them. */
  readonly entries: readonly ChatEntry[];
  /** How many of others have not been seen. */
  readonly unread: number;
  /** Who can be told something at the moment, by id. */
  readonly reachable: readonly string[];
}

export const noMessages: ChatState = { joined: false, entries: [], unread: 0, reachable: [] };

export type SendResult = "sent" | "empty" | "too-long" | "too-fast" | "not-joined";

export interface ChatOptions {
  readonly server: string;
  readonly room: string;
  /** The own. */
  readonly name: string;
  /** `sessionStorage`. */
  readonly storage?: SeatStorage | undefined;
}

/** The item of the tab's storage in which the chat is kept for the next page load. */
export function chatKey(server: string, room: string): string {
  return `parley.chat ${server} ${room.normalize("NFC").toLowerCase()}`;
}
