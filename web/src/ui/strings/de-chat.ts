import type { ChatStrings } from "./en-chat.js";
import { plural } from "./in-words.js";

const chat: ChatStrings = {
  messages: "Nachrichten",
  message: "Nachricht",
  send: "Senden",
  to: "An",
  everyone: "Alle",
  toEveryone: "Nachricht an alle",
  toOne: (name) => `Nachricht nur an ${name}`,
  you: "Sie",
  privateTo: (name) => `Privat, an ${name}`,
  private: "Privat, an Sie",
  passedOn: "von anderen weitergegeben",
  passedOnText: "Diese Nachricht kam nicht von der Person selbst. Jemand im Gespräch sagt, dass es so war.",
  empty: "Noch keine Nachrichten.",
  alone: "Noch ist niemand sonst hier. Wer kommt, solange diese Seite offen ist, kann lesen, was Sie schreiben.",
  newMessages: "Neue Nachrichten",
  onlyOne: (name) => `Nur ${name} wird das sehen.`,
  gone: (name) => `${name} (nicht mehr da)`,
  goneText: (name) => `${name} ist nicht mehr da. Bitte wählen, für wen diese Nachricht ist.`,
  later: (name) => `${name} ist gerade nicht erreichbar und bekommt dies, sobald sich das ändert.`,
  tooLong: (count) =>
    plural("de", count, {
      one: "Ein Zeichen zu viel: Eine Nachricht hat höchstens 4000.",
      other: "# Zeichen zu viel: Eine Nachricht hat höchstens 4000.",
    }),
  tooFast: "Zu viele Nachrichten auf einmal. Kurz warten, dann erneut auf „Senden“ drücken.",
  notJoined: "Sie sind noch nicht im Gespräch. Kurz warten, dann erneut auf „Senden“ drücken.",
  sound: "Ton bei neuen Nachrichten",
};

export default chat;
