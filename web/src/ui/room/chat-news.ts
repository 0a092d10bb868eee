import type { ChatEntry } from "../../call/chat/state.js";
import type { Strings } from "../strings/en.js";

/** How much of a message is said, in characters. */
const longest = 80;
/** The least time (milliseconds) between two sounds. */
const silence = 2_000;

export interface ChatNewsHandlers {
  say(words: string): void;
  /** Makes the sound of a message, if it is wanted. */
  play(): void;
}

/** Tells of messages that come while nobody looks at them. */
export class ChatNews {
  readonly #handlers: ChatNewsHandlers;
  #playedAt = -Infinity;

  constructor(handlers: ChatNewsHandlers) {
    this.#handlers = handlers;
  }

  handle(entry: ChatEntry, strings: Strings): void {
    // What is private does not stand on a screen that may be shared, or seen by who passes by.
    this.#handlers.say(
      entry.other === null
        ? strings.messageFrom(entry.name, shortened(entry.text))
        : strings.privateMessageFrom(entry.name),
    );
    const now = performance.now();
    if (now - this.#playedAt < silence) return;
    this.#playedAt = now;
    this.#handlers.play();
  }
}

/** In one line, and cut off behind a whole character. */
function shortened(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, " "));
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest).join("").trimEnd()}…`;
}
