import type { recording as english } from "./en-recording.js";

const recording: typeof english = {
  record: "Gespräch aufnehmen",
  stopRecording: "Aufnahme beenden",
  youRecord: "Sie nehmen auf. Alle im Gespräch erfahren es.",
  youRecordInMemory:
    "Sie nehmen auf. Alle im Gespräch erfahren es. Dieser Browser hält die Aufnahme im Arbeitsspeicher: Wird die Seite geschlossen, ist sie verloren.",
  records: (names) => `Aufnahme: ${names}`,
  startedRecording: (name) => `${name} nimmt das Gespräch auf`,
  stoppedRecording: (name) => `${name} nimmt nicht mehr auf`,
  recordingEnds: {
    saved: "Die Aufnahme ist gespeichert",
    cut: "Die Aufnahme ist zu Ende: Es ist kein Platz mehr. Gespeichert ist, was bis dahin aufgenommen wurde.",
    kept: "Die Aufnahme konnte nicht dort gespeichert werden, wo Sie es wollten. Dieser Browser bewahrt sie auf und bietet sie Ihnen an.",
    lost: "Die Aufnahme konnte nicht gespeichert werden",
  },
  cannotRecord: "Dieser Browser kann nicht aufnehmen",
};

export default recording;
