import type { KeptStrings } from "./en-kept.js";

const kept: KeptStrings = {
  language: "de",
  interrupted: (when) => `Eine Aufnahme wurde unterbrochen: ${when}`,
  text: "Was bis dahin aufgenommen wurde, bewahrt dieser Browser sieben Tage lang auf.",
  save: "Speichern",
  saveOf: (when) => `Speichern: Aufnahme vom ${when}`,
  discard: "Verwerfen",
  discardOf: (when) => `Verwerfen: Aufnahme vom ${when}`,
  sure: (when) => `Die Aufnahme vom ${when} endgültig verwerfen?`,
  keep: "Behalten",
  unreadable: "Diese Aufnahme kann gerade nicht gelesen werden. Bitte noch einmal versuchen.",
  saving: "Die Aufnahme wird gespeichert. Bitte diese Seite offen lassen.",
};

export default kept;
