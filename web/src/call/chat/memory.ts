import type { SeatStorage } from "../seat/seat-keeper.js";
import { chatKey } from "./state.js";
import { isAuthor, isRecord, readMessage, readName, type Entry } from "./message.js";
import { fairly } from "./sources.js";

/** A message as it is written down. */
export interface Kept {
  readonly entry: Entry;
  /** The participant with whom it is private; null: it is everybody's. */
  readonly other: { readonly id: string; readonly name: string } | null;
  readonly read: boolean;
}

/** Of the whole record, in UTF-16 code units. */
const longest = 200_000;
const most = 300;
/** How long (milliseconds) changes may wait to be written. */
const delay = 1_000;

/**
 * What the next page load of this tab finds of the chat, if it sits in the same seat: otherwise somebody who was alone would
 * lose it. A duplicated tab gets a copy of the storage and another seat, and reads nothing.
 */
export class ChatMemory {
  readonly #key: string;
  readonly #storage: SeatStorage | undefined;
  #pending: (() => { readonly self: string; readonly kept: readonly Kept[] }) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(storage: SeatStorage | undefined, server: string, room: string) {
    this.#storage = storage;
    this.#key = chatKey(server, room);
  }

  read(self: string): readonly Kept[] {
    try {
      const stored: unknown = JSON.parse(this.#storage?.getItem(this.#key) ?? "null");
      if (!isRecord(stored) || !Array.isArray(stored["kept"])) return [];
      if (stored["self"] !== self) {
        // Of an earlier seat, or of the tab that this one is a copy of.
        this.#storage?.removeItem(this.#key);
        return [];
      }
      return stored["kept"].slice(-most).flatMap((value) => readKept(value) ?? []);
    } catch {
      return [];
    }
  }

  /** Writes soon; `what` is asked when it is time, and gives the newest last, each once. */
  note(what: () => { readonly self: string; readonly kept: readonly Kept[] }): void {
    if (!this.#storage) return;
    this.#pending = what;
    this.#timer ??= setTimeout(() => this.flush(), delay);
  }

  /** Writes what is still to be written. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const what = this.#pending?.();
    this.#pending = null;
    if (!what) return;
    try {
      this.#storage?.setItem(this.#key, write(what.self, what.kept));
    } catch {
      // The storage is full, or not for us: the others still have the messages.
    }
  }

  forget(): void {
    this.#pending = null;
    this.flush();
    try {
      this.#storage?.removeItem(this.#key);
    } catch {
      // What cannot be written cannot be read either.
    }
  }
}

/** Of too many, fairly: what somebody has invented must not push out what others have said here, either. */
function write(self: string, kept: readonly Kept[]): string {
  const lines = new Map<Kept, string>();
  let length = 0;
  for (const each of fairly(kept, { messages: most, length: longest })) {
    const line = JSON.stringify(each);
    length += line.length + 1;
    if (length > longest || lines.size === most) break;
    lines.set(each, line);
  }
  const inOrder = kept.flatMap((each) => lines.get(each) ?? []);
  return `{"self":${JSON.stringify(self)},"kept":[${inOrder.join(",")}]}`;
}

function readKept(value: unknown): Kept | null {
  if (!isRecord(value) || !isRecord(value["entry"])) return null;
  const { entry, other, read } = value;
  const message = readMessage(entry, "");
  const { at, name, vouched, teller, heard } = entry;
  if (!message || typeof at !== "number") return null;
  const withOther =
    isRecord(other) && typeof other["id"] === "string" ? { id: other["id"], name: readName(other["name"]) } : null;
  if (other !== null && withOther === null) return null;
  return {
    entry: {
      ...message,
      name: readName(name),
      at: Math.min(at, Date.now()),
      vouched: vouched === true,
      // An earlier version has not written it down.
      teller: vouched === true ? message.author : isAuthor(teller) ? teller : "",
      heard: vouched === true || heard === true,
    },
    other: withOther,
    read: read === true,
  };
}
