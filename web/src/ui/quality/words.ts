import type { Evidence } from "../../call/state.js";
import { bitrate, duration } from "../figures.js";
import type { QualityStrings } from "../strings/en-quality.js";
import { localeOf, number } from "../strings/in-words.js";
import type { Language } from "../strings/languages.js";

/** One piece of evidence as people read it. */
export function evidenceWords({ at, fact, value, of }: Evidence, words: QualityStrings, language: Language): string {
  const said = words.facts[fact](figure(fact, value, words, language), of === undefined ? "" : number(language, of));
  return at === "here" ? words.seenHere(said) : words.seenThere(said);
}

function figure(fact: Evidence["fact"], value: number, words: QualityStrings, language: Language): string {
  switch (fact) {
    case "roundTripTime":
    case "jitter":
      return duration(value * 1_000, language);
    case "availableOutgoingBitrate":
      return bitrate(value, language);
    case "others-losing-sent":
    case "others-losing-received":
      return number(language, value);
    default:
      return percent(value, words, language);
  }
}

/** A share, 0 to 1; what is not nothing is not shown as nothing. */
export function percent(share: number, words: QualityStrings, language: Language): string {
  const hundredths = share * 100;
  const digits = hundredths > 0 && hundredths < 1 ? 1 : 0;
  const format = new Intl.NumberFormat(localeOf(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return words.percent(format.format(hundredths));
}
