import type { ShortcutsStrings } from "./en-shortcuts.js";

const shortcuts: ShortcutsStrings = {
  title: "Tastenkürzel",
  text: "Beim Schreiben tut keines davon etwas.",
  what: {
    microphone: "Mikrofon ein oder aus",
    camera: "Kamera ein oder aus",
    screen: "Bildschirm teilen oder das Teilen beenden",
    chat: "Chat öffnen oder schließen",
    hand: "Hand heben oder senken",
    help: "Diese Liste zeigen",
  },
  talk: "Sprechen, solange die Taste gedrückt ist, wenn das Mikrofon aus ist",
  hold: (key) => `${key} halten`,
  or: "oder",
  singleKeys: "Kürzel aus einer einzelnen Taste",
  singleKeysText: "Abschalten, wenn Tasten ungewollt ausgelöst werden, etwa durch Spracherkennung.",
  close: "Schließen",
};

export default shortcuts;
