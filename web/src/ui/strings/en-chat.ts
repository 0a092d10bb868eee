import { Part } from "./part.js";
import type { Wording } from "./words.js";

/** What the chat says, in English. It is loaded with the panel, which is why it does not stand in en.ts. */
export const enChat = {
  messages: "Messages",
  message: "Message",
  send: "Send",
  to: "To",
  everyone: "Everyone",
  toEveryone: "Message to everyone",
  toOne: (name: string) => `Message to ${name} alone`,
  you: "You",
  privateTo: (name: string) => `Private, to ${name}`,
  private: "Private, to you",
  passedOn: "passed on by others",
  passedOnText: "The author has not said this to your browser. Somebody in the call says that it was so.",
  empty: "No messages yet.",
  alone: "Nobody else is here yet. Who joins while this page is open can read what you write.",
  newMessages: "New messages",
  onlyOne: (name: string) => `Only ${name} will see this.`,
  gone: (name: string) => `${name} (left)`,
  goneText: (name: string) => `${name} has left. Choose who this message is for.`,
  later: (name: string) => `${name} cannot be reached right now, and gets this as soon as that changes.`,
  tooLong: (count: number) =>
    count === 1
      ? "One character too long: a message has at most 4000."
      : `${count} characters too long: a message has at most 4000.`,
  tooFast: "Too many messages at once. Wait a moment, then press Send again.",
  notJoined: "You are not in the call yet. Wait a moment, then press Send again.",
  sound: "Sound for new messages",
};

export type ChatStrings = Wording<typeof enChat>;

/** In all languages. */
export const chatPart = new Part<ChatStrings>("chat", enChat);
