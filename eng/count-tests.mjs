// Reads what a test run reported and says how many tests passed and failed.
//
//   node eng/count-tests.mjs <report> <exit code>
//
// First line: "<passed> <failed>". Each further line names a failure. A run that crashed, reported nothing, ran nothing or left
// something out has failed, whatever its report says.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** Counts from a report in CTRF (xunit) or in vitest's JSON: `{ passed, failed, skipped, names }`. */
function read(report) {
  const summary = report?.results?.summary;
  if (summary) {
    const failing = (report.results.tests ?? []).filter((t) => t.status === "failed");
    return {
      passed: summary.passed,
      failed: summary.failed,
      skipped: summary.skipped + summary.pending + summary.other,
      names: failing.map((t) => t.name),
    };
  }

  if (Number.isInteger(report?.numTotalTests)) {
    const files = report.testResults ?? [];
    // A file that could not even be loaded has no tests that could fail.
    const broken = files.filter((f) => f.status === "failed" && !f.assertionResults.some((t) => t.status === "failed"));
    const failing = files.flatMap((f) => f.assertionResults).filter((t) => t.status === "failed");
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
      names: [...failing.map((t) => t.fullName), ...broken.map((f) => `${f.name} (${f.message || "failed outside its tests"})`)],
    };
  }

  return null;
}

/**
 * @param {string | null} text the report, or null when there is none
 * @param {number} exitCode of the run
 * @returns {{ passed: number, failed: number, notes: string[] }}
 */
export function count(text, exitCode) {
  let counts = null;
  try {
    counts = text === null ? null : read(JSON.parse(text));
  } catch {
    // A report that was cut off says nothing.
  }

  if (counts === null || ![counts.passed, counts.failed, counts.skipped].every(Number.isInteger)) {
    return { passed: 0, failed: 1, notes: [`no readable report (exit code ${exitCode})`] };
  }

  const { passed, failed, skipped, names } = counts;
  const notes = [...names];
  let alsoFailed = skipped;
  if (skipped > 0) {
    notes.push(`${skipped} skipped: a test that does not run counts as failed`);
  }
  if (passed + failed + skipped === 0) {
    notes.push("no test ran");
    alsoFailed += 1;
  }
  if (exitCode !== 0 && failed + alsoFailed === 0) {
    notes.push(`every test passed, but the run ended with exit code ${exitCode}`);
    alsoFailed += 1;
  }
  return { passed, failed: failed + alsoFailed, notes };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  let text = null;
  try {
    text = readFileSync(process.argv[2], "utf8");
  } catch {
    // Said by count().
  }
  const { passed, failed, notes } = count(text, Number(process.argv[3]));
  console.log(`${passed} ${failed}`);
  for (const note of notes) {
    console.log(note.split("\n")[0]);
  }
}
