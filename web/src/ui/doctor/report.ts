import type { DoctorReading } from "../../call/doctor/index.js";
import type { DoctorStrings } from "../strings/en-doctor.js";
import { rowsOf, type RowState } from "./row.js";

export interface ReportSource {
  readonly server: string;
  /** `navigator.userAgent`. */
  readonly browser: string;
  readonly at: Date;
}

/** The result as plain text, for whoever runs the server. Of the person it has no address: the reading has none. */
export function reportOf(reading: DoctorReading, words: DoctorStrings, { server, browser, at }: ReportSource): string {
  const { report, verdicts } = words;
  const verdict = reading.verdict === null ? words.testing : verdicts[reading.verdict.reason].title;
  const lines = [
    `${report.title}, ${at.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    `${report.server}: ${server}`,
    `${report.browser}: ${browser}`,
    `${report.verdict}: ${verdict}`,
    "",
  ];
  for (const row of rowsOf(reading, words)) {
    const facts = [words.states[stateWord(row.state)], ...row.facts].join(", ");
    lines.push(`- ${row.title}${row.address === "" ? "" : ` <${row.address}>`}: ${facts}`);
    if (row.state !== "works") lines.push(...[row.meaning, row.advice].filter(Boolean).map((text) => `  ${text}`));
  }
  return `${lines.join("\n")}\n`;
}

/** What works and gives to think still works. */
export function stateWord(state: RowState): "testing" | "works" | "failed" | "unclear" | "absent" {
  return state === "warning" ? "works" : state;
}
