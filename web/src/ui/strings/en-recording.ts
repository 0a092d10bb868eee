import type { RecordingEnd } from "../recording/recorder.js";

/** What is said of recordings. */
export const recording = {
  record: "Record call",
  stopRecording: "Stop recording",
  youRecord: "You are recording. Everyone in the call is told.",
  /** `names`: a list of people as the language has it. */
  records: (names: string) => `Recording: ${names}`,
  startedRecording: (name: string) => `${name} is recording the call`,
  stoppedRecording: (name: string) => `${name} stopped recording`,
  recordingEnds: {
    saved: "The recording is saved",
    cut: "The recording has ended: there is no more room. It is saved as far as it got.",
    lost: "The recording could not be saved",
  } satisfies Record<RecordingEnd, string> as Record<RecordingEnd, string>,
  cannotRecord: "This browser cannot record",
};
