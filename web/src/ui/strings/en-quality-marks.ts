import { Part } from "./part.js";
import type { Wording } from "./words.js";

/** What the marks on a tile say; loaded with them. */
export const enQualityMarks = {
  fair: "Connection not good",
  bad: "Connection bad",
  paused: "Picture paused: their connection carries sound only",
  pausedScreen: "Shared screen paused: their connection carries sound only",
  verified: "Code compared: keys verified",
  changed: "Keys have changed since the code was compared",
};

export type QualityMarksStrings = Wording<typeof enQualityMarks>;

/** In all languages. */
export const qualityMarksPart = new Part<QualityMarksStrings>("quality-marks", enQualityMarks);
