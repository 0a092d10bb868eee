import type { RecordingEnd } from "../recording/delivery.js";

/** What is said of recordings. */
export const recording = {
  record: "Record call",
  stopRecording: "Stop recording",
  youRecord: "You are recording. Everyone in the call is told.",
  youRecordInMemory:
    "You are recording. Everyone in the call is told. This browser keeps the recording in memory: if this page closes, it is lost.",
  /** `names`: a list of people as the language has it. */
  records: (names: string) => `Recording: ${names}`,
  startedRecording: (name: string) => `${name} is recording the call`,
  stoppedRecording: (name: string) => `${name} stopped recording`,
  recordingEnds: {
    saved: "The recording is saved",
    cut: "The recording has ended: there is no more room. It is saved as far as it got.",
    kept: "The recording could not be saved where you wanted it. This browser keeps it and offers it to you.",
    lost: "The recording could not be saved",
  } satisfies Record<RecordingEnd, string> as Record<RecordingEnd, string>,
  cannotRecord: "This browser cannot record",
};
