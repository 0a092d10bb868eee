import assert from "node:assert/strict";
import { test } from "node:test";
import { count } from "./count-tests.mjs";

const ctrf = (summary, tests = []) =>
  JSON.stringify({ results: { summary: { passed: 0, failed: 0, skipped: 0, pending: 0, other: 0, ...summary }, tests } });

const vitest = (numbers, testResults = []) =>
  JSON.stringify({ numTotalTests: 0, numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults, ...numbers });

test("a clean run is counted as it is", () => {
  assert.deepEqual(count(ctrf({ passed: 7 }), 0), { passed: 7, failed: 0, notes: [] });
  assert.deepEqual(count(vitest({ numTotalTests: 7, numPassedTests: 7 }), 0), { passed: 7, failed: 0, notes: [] });
});

test("failures are counted and named", () => {
  const xunit = ctrf({ passed: 1, failed: 1 }, [{ name: "A", status: "passed" }, { name: "B", status: "failed" }]);
  assert.deepEqual(count(xunit, 1), { passed: 1, failed: 1, notes: ["B"] });

  const file = { name: "b.test.ts", status: "failed", assertionResults: [{ fullName: "b works", status: "failed" }] };
  assert.deepEqual(count(vitest({ numTotalTests: 2, numPassedTests: 1, numFailedTests: 1 }, [file]), 1), { passed: 1, failed: 1, notes: ["b works"] });
});

test("a file that cannot be loaded is a failure", () => {
  const file = { name: "b.test.ts", status: "failed", message: "no such module", assertionResults: [] };
  assert.deepEqual(count(vitest({ numTotalTests: 1, numPassedTests: 1 }, [file]), 1), { passed: 1, failed: 1, notes: ["b.test.ts (no such module)"] });
});

test("a skipped test is a failure", () => {
  assert.equal(count(ctrf({ passed: 3, skipped: 2 }), 0).failed, 2);
  assert.equal(count(vitest({ numTotalTests: 5, numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 }), 0).failed, 2);
});

test("a run without tests is a failure", () => {
  assert.deepEqual(count(ctrf({}), 0), { passed: 0, failed: 1, notes: ["no test ran"] });
});

test("a crash after the last test is a failure", () => {
  assert.deepEqual(count(ctrf({ passed: 3 }), 134), { passed: 3, failed: 1, notes: ["every test passed, but the run ended with exit code 134"] });
});

test("a missing, cut off or foreign report is a failure", () => {
  for (const text of [null, "", '{"results": {"sum', "{}", "[]", "null", '{"results":{"summary":{}}}']) {
    assert.deepEqual(count(text, 0), { passed: 0, failed: 1, notes: ["no readable report (exit code 0)"] }, String(text));
  }
});
