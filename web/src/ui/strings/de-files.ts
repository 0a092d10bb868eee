import type { FilesStrings } from "./en-files.js";

const files: FilesStrings = {
  language: "de",
  to: "An",
  everyone: "Alle im Gespräch",
  absent: (name) => `${name} (nicht erreichbar)`,
  send: "Datei senden",
  intro: "Dateien gehen direkt von Browser zu Browser. Jede Person entscheidet selbst, ob sie eine annimmt.",
  nobody: "Sobald noch jemand im Gespräch ist, können Sie Dateien senden.",
  outOfReach: (name) => `${name} ist im Moment nicht erreichbar.`,
  insecure:
    "Dateien brauchen eine sichere Seite, damit sich prüfen lässt, was ankommt. Bitte diesen Raum unter einer https://-Adresse öffnen.",
  list: "Gesendete und empfangene Dateien",
  none: "Noch keine Dateien. Sie lassen sich auch auf das Gespräch ziehen.",

  places: {
    chosen: "Sie wählen, wohin eine Datei kommt, und dorthin wird sie beim Eintreffen geschrieben.",
    disk: "Was Sie annehmen, wird beim Eintreffen auf den Datenträger geschrieben und vom Browser gespeichert, wenn es vollständig ist.",
    memory: (limit) =>
      `Dieser Browser muss eine Datei im Arbeitsspeicher halten, bis sie vollständig ist, und nimmt deshalb höchstens ${limit} an.`,
  },

  toWhom: (name) => `An ${name}`,
  fromWhom: (name) => `Von ${name}`,
  accept: "Annehmen",
  acceptName: (file) => `${file} annehmen`,
  decline: "Ablehnen",
  cancel: "Abbrechen",
  cancelName: (file) => `${file} abbrechen`,
  save: "Speichern",
  saveName: (file) => `${file} speichern`,
  remove: (file) => `${file} aus der Liste entfernen`,
  progress: (file) => `Fortschritt von ${file}`,
  ofSize: (moved, size) => `${moved} von ${size}`,
  perSecond: (rate) => `${rate} pro Sekunde`,
  secondsLeft: (seconds) => `noch ${seconds} s`,
  minutesLeft: (minutes) => `noch ${minutes} min`,
  tooLarge: (limit) =>
    `Zu groß für diesen Browser: Die Datei müsste in den Arbeitsspeicher passen, und das tun höchstens ${limit}. Bitte das Gespräch am Computer in Chrome, Edge oder Firefox öffnen, in einem Fenster, das nicht privat ist.`,

  sending: {
    queued: "Wartet, bis sie an der Reihe ist",
    offered: "Angeboten, noch nicht angenommen",
    waiting: "Die Verbindung ist unterbrochen. Es geht weiter, sobald sie wieder da ist.",
    done: "Gesendet und bei der Ankunft geprüft",
    declined: {
      declined: "Abgelehnt",
      "too-many": "Nicht angeboten: Dort warten schon zu viele Dateien. Bitte später erneut versuchen.",
      unable: "Nicht möglich: Die Seite gegenüber ist nicht sicher und kann nicht prüfen, was ankommt.",
    },
    cancelled: { self: "Abgebrochen", other: "Von der anderen Seite abgebrochen" },
    failed: {
      unreadable: "Die Datei ist nicht mehr lesbar. Wurde sie geändert, verschoben oder gelöscht?",
      unsaved: "Die andere Seite konnte sie nicht speichern.",
      full: "Die andere Seite hat keinen Platz dafür.",
      damaged: "Sie kam beschädigt an und wurde verworfen. Bitte noch einmal senden.",
      violation: "Die Seite gegenüber hielt sich nicht an die Regeln, deshalb wurde abgebrochen.",
      left: "Die Seite gegenüber ist weg: Das Gespräch wurde dort verlassen oder die Seite neu geladen.",
      lost: "Die Verbindung brach immer wieder ab. Bitte noch einmal senden.",
    },
  },
  receiving: {
    offered: "Möchten Sie sie haben?",
    preparing: "Platz wird geschaffen…",
    waiting: "Die Verbindung ist unterbrochen. Es geht weiter, sobald sie wieder da ist.",
    done: "Vollständig und geprüft",
    kept: "Vollständig, geprüft und am gewünschten Ort gespeichert",
    declined: "Abgelehnt",
    cancelled: { self: "Abgebrochen", other: "Von der anderen Seite abgebrochen" },
    failed: {
      unreadable: "Die Datei ist dort, woher sie kommt, nicht mehr lesbar.",
      unsaved: "Sie konnte hier nicht gespeichert werden. Bitte erneut versuchen oder einen anderen Ort wählen.",
      full: "Hier ist nicht genug Platz dafür. Bitte Platz schaffen und noch einmal darum bitten.",
      damaged: "Was ankam, war beschädigt und wurde verworfen. Bitte noch einmal darum bitten.",
      violation: "Was kam, entsprach nicht dem Angebot, deshalb wurde abgebrochen.",
      left: "Die sendende Seite ist weg: Das Gespräch wurde dort verlassen oder die Seite neu geladen.",
      lost: "Die sendende Seite ist nicht darauf zurückgekommen. Bitte noch einmal darum bitten.",
    },
  },

  news: {
    offered: (name, file, size) => `${name} bietet Ihnen ${file} an, ${size}`,
    received: (file) => `${file} ist angekommen`,
    sent: (name, file) => `${name} hat ${file} erhalten`,
    declined: (name, file) => `${name} nimmt ${file} nicht an`,
    cancelled: (name, file) => `${name} hat ${file} abgebrochen`,
    failed: (file) => `${file} ist fehlgeschlagen`,
    folders: "Ordner lassen sich nicht senden. Bitte zuerst in ein Archiv packen.",
  },

  drop: {
    everyone: "Loslassen, um sie allen im Gespräch anzubieten",
    one: (name) => `Loslassen, um sie ${name} anzubieten`,
    nobody: "Hier ist niemand, der sie bekommen könnte",
  },
};

export default files;
