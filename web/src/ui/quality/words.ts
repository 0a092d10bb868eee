import type { Diagnosis, Evidence } from "../../call/state.js";
import { bitrate, duration } from "../figures.js";
import type { QualityStrings } from "../strings/en-quality.js";
import { localeOf, number } from "../strings/in-words.js";
import type { Language } from "../strings/languages.js";
import type { Words } from "../strings/words.js";

/** One piece of evidence as people read it. */
export function evidenceWords(evidence: Evidence, words: QualityStrings, language: Language): string {
  const { at, fact, of } = evidence;
  const said = words.facts[fact](figure(evidence, words, language), of === undefined ? "" : number(language, of));
  return at === "here" ? words.seenHere(said) : words.seenThere(said);
}

function figure({ fact, value, address }: Evidence, words: QualityStrings, language: Language): string {
  switch (fact) {
    case "roundTripTime":
    case "jitter":
      return duration(value * 1_000, language);
    case "availableOutgoingBitrate":
      return bitrate(value, language);
    case "relayed":
      return address ?? "";
    case "others-relayed":
    case "others-beside":
    case "others-losing-sent":
    case "others-losing-received":
      return number(language, value);
    default:
      return percent(value, words, language);
  }
}

/** Who or what it is, and what helps. `name`: of whom it leads to; empty where it is about oneself. */
export function culpritWords(
  { culprit, among = [] }: Diagnosis,
  name: string,
  words: QualityStrings,
  language: Language,
): Words {
  if (culprit !== "undecided") return words.culprits[culprit](name);
  const list = new Intl.ListFormat(localeOf(language), { type: "disjunction" });
  return words.undecided(list.format(among.map((each) => words.suspects[each](name))));
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
