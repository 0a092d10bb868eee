import type { Language } from "./languages.js";
import { Part } from "./part.js";
import type { Wording } from "./words.js";

/** Of recordings that the person has not got yet; loaded when there are any. `when`: a date and a time as the language writes them. */
export const enKept = {
  language: "en" as Language,
  interrupted: (when: string) => `A recording was interrupted on ${when}`,
  text: "What was recorded until then is kept in this browser for seven days.",
  save: "Save",
  saveOf: (when: string) => `Save the recording of ${when}`,
  discard: "Discard",
  discardOf: (when: string) => `Discard the recording of ${when}`,
  sure: (when: string) => `Discard the recording of ${when} for good?`,
  keep: "Keep",
  unreadable: "This recording cannot be read at the moment. Try again.",
  saving: "The recording is being saved. Please leave this page open.",
};

export type KeptStrings = Wording<typeof enKept>;

/** In all languages. */
export const keptPart = new Part<KeptStrings>("kept", enKept);
