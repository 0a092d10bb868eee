import { describe, expect, test } from "vitest";
import type { Transfer, TransferPhase } from "../../call/files/transfer.js";
import { enFiles } from "../strings/en-files.js";
import { statusOf } from "./transfer-view.js";

const transfer: Transfer = {
  key: "1",
  direction: "receiving",
  participant: { id: "g", name: "Grace" },
  name: "report.pdf",
  size: 2_000_000_000,
  moved: 500_000_000,
  phase: { kind: "offered" },
};

const status = (phase: TransferPhase, direction: Transfer["direction"] = "receiving"): string =>
  statusOf({ ...transfer, phase, direction }, enFiles);

describe("what is said of a transfer", () => {
  test("is how far it is, how fast, and how long it will take", () => {
    expect(status({ kind: "running", rate: null })).toBe("500.0\u202fMB of 2.00\u202fGB");
    expect(status({ kind: "running", rate: 0 })).toBe("500.0\u202fMB of 2.00\u202fGB · 0\u202fB per second");
    expect(status({ kind: "running", rate: 20_000_000 })).toMatch(/ · 20\.0\u202fMB per second · 75 s left$/);
    expect(status({ kind: "running", rate: 5_000_000 })).toMatch(/ · 5 min left$/);
  });

  test("differs between the two ends", () => {
    const full = { kind: "failed", reason: "full" } as const;
    expect(status(full, "sending")).not.toBe(status(full));
    expect(status({ kind: "queued" }, "sending")).toBe("Waits for its turn");
    expect(status({ kind: "declined", reason: "unable" }, "sending")).toContain("not a secure one");
  });

  test("names where it lies when the person chose that", () => {
    const saved = { file: new Blob([]), release: () => {} };
    expect(status({ kind: "done", saved: null })).toContain("where you wanted it");
    expect(status({ kind: "done", saved })).toBe("Complete and checked");
    expect(status({ kind: "done", saved: null }, "sending")).toBe("Sent, and checked on arrival");
  });
});
