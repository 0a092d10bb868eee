import type { DoorsStrings } from "./en-doors.js";
import { plural } from "./in-words.js";

const doors: DoorsStrings = {
  doors: "Wer hereindarf",
  lock: "Raum abschließen",
  lockText: "Niemand Neues kommt herein. Wer da ist, bleibt; wer die Verbindung verliert, kann zurück.",
  waitingRoom: "Warteraum",
  waitingRoomText: "Wer kommt, wartet, bis Sie ihn einlassen.",
  passcode: "Kennwort",
  passcodeText: "Wer kommt, muss es kennen. Wer einmal eingelassen wurde, wird nicht wieder gefragt.",
  passcodeSet: "Ein Kennwort ist gesetzt. Niemand kann es mehr lesen, Sie können nur ein neues setzen.",
  newPasscode: "Neues Kennwort",
  passcodeEmpty: "Bitte ein Kennwort aus 1 bis 64 Zeichen eingeben.",
  setPasscode: "Kennwort setzen",
  removePasscode: "Kennwort entfernen",
  everybody: "Für alle",
  muteAll: "Alle bitten, ihr Mikrofon auszuschalten",
  muteAllDone: "Alle wurden gebeten, ihr Mikrofon auszuschalten",
  endForAll: "Gespräch für alle beenden",

  waiting: "Warten auf Einlass",
  nobodyWaits: "Niemand wartet.",
  wantsIn: (name) => `${name} möchte herein`,
  others: (count) => plural("de", count, { one: "# weitere Person wartet", other: "# weitere warten" }),
  admit: "Einlassen",
  admitName: (name) => `${name} einlassen`,
  deny: "Ablehnen",
  denyName: (name) => `${name} ablehnen`,
  admitAll: "Alle einlassen",

  askToMute: "Um Ruhe bitten",
  asked: (name) => `${name} wurde gebeten, das Mikrofon auszuschalten`,
  lowerHand: "Hand senken",
  makeHost: "Leitung übergeben",
  remove: "Entfernen",

  muteAsked: (name) => `${name} bittet Sie, Ihr Mikrofon auszuschalten`,
  mute: "Ausschalten",
  notNow: "Nicht jetzt",

  cancel: "Abbrechen",
  confirmRemove: {
    title: (name) => `${name} entfernen?`,
    text: (name) =>
      `${name} verlässt das Gespräch sofort. Mit dem Link ist eine Rückkehr möglich: Soll das nicht sein, den Raum abschließen.`,
    action: (name) => `${name} entfernen`,
  },
  confirmHandOver: {
    title: (name) => `Leitung an ${name} übergeben?`,
    text: (name) => `Ab dann entscheidet ${name}, wer hereinkommt, und Sie nehmen teil wie alle anderen.`,
    action: (name) => `An ${name} übergeben`,
  },
  confirmEnd: {
    title: "Gespräch für alle beenden?",
    text: "Alle verlassen das Gespräch, auch Sie.",
    action: "Gespräch beenden",
  },

  problems: {
    "room-full": "Der Raum ist voll: Es gibt keinen Platz mehr.",
    forbidden: "Das kann nur die Leitung.",
    gone: "Diese Person ist nicht mehr da.",
    unreachable: "Der Server ist nicht erreichbar. Bitte gleich noch einmal versuchen.",
  },

  enterPasscode: "Dieser Raum hat ein Kennwort",
  enterPasscodeText: "Wer Sie eingeladen hat, kennt es.",
  passcodeWrong: "Das ist nicht das Kennwort. Bitte prüfen und erneut versuchen.",
  enter: "Eintreten",
  back: "Zurück",
};

export default doors;
