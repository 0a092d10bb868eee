import { describe, expect, test } from "vitest";
import type { Transfer, TransferPhase } from "../../call/files/transfer.js";
import { enFiles } from "../strings/en-files.js";
import { fileNews } from "./news.js";

function transfer(direction: Transfer["direction"], phase: TransferPhase, key = "1"): Transfer {
  const participant = { id: "g", name: "Grace" };
  return { key, direction, participant, name: "report.pdf", size: 2_100_000, moved: 0, phase };
}

const running = { kind: "running", rate: null } as const;

describe("news of files", () => {
  test.each([
    ["receiving", [], { kind: "offered" }, "Grace offers you report.pdf, 2.1\u202fMB"],
    ["receiving", [running], { kind: "done", saved: null }, "report.pdf has arrived"],
    ["sending", [running], { kind: "done", saved: null }, "Grace has received report.pdf"],
    ["sending", [{ kind: "offered" }], { kind: "declined", reason: "declined" }, "Grace does not take report.pdf"],
    ["receiving", [running], { kind: "cancelled", by: "other" }, "Grace has cancelled report.pdf"],
    ["receiving", [running], { kind: "failed", reason: "full" }, "report.pdf has failed"],
  ] as [Transfer["direction"], TransferPhase[], TransferPhase, string][])(
    "%s, after %j: %j is told",
    (direction, before, after, words) => {
      const list = before.map((phase) => transfer(direction, phase));
      expect(fileNews(list, [transfer(direction, after)], enFiles)).toEqual([words]);
    },
  );

  test("are not told of what the person has just done, nor of progress", () => {
    expect(fileNews([], [transfer("sending", { kind: "offered" })], enFiles)).toEqual([]);
    expect(
      fileNews([transfer("receiving", running)], [transfer("receiving", { kind: "cancelled", by: "self" })], enFiles),
    ).toEqual([]);
    expect(
      fileNews([transfer("receiving", running)], [transfer("receiving", { kind: "running", rate: 5 })], enFiles),
    ).toEqual([]);
  });

  test("come in the order in which the files began", () => {
    const offered = { kind: "offered" } as const;
    const newestFirst = [
      { ...transfer("receiving", offered, "2"), name: "two" },
      { ...transfer("receiving", offered, "1"), name: "one" },
    ];
    expect(fileNews([], newestFirst, enFiles).map((words) => words.split(" ")[3])).toEqual(["one,", "two,"]);
  });
});
