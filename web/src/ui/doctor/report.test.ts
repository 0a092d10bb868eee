import { describe, expect, test } from "vitest";
import type { DoctorReading, LegReading } from "../../call/doctor/index.js";
import { enDoctor } from "../strings/en-doctor.js";
import { reportOf } from "./report.js";
import { rowsOf } from "./row.js";

const works: LegReading = {
  kind: "relay-udp",
  url: "turn:t.test",
  outcome: {
    kind: "works",
    roundTrip: 12,
    relay: { address: "203.0.113.9", scope: "public" },
    translated: false,
  },
};
const reading: DoctorReading = {
  supported: true,
  server: { kind: "ready", transport: "websocket", took: 80 },
  device: { kind: "read", reached: true, addresses: [{ family: "hidden", scope: "hidden", count: 2 }] },
  legs: [
    works,
    {
      kind: "relay-tls",
      url: "turns:t.test",
      outcome: {
        kind: "failed",
        failure: "no-answer",
        fault: { code: 701, text: "Failed to establish connection", port: null },
      },
    },
  ],
  verdict: { level: "good", reason: "works" },
};

describe("what was tried", () => {
  test("is told from the server outwards, with what is not offered", () => {
    expect(rowsOf(reading, enDoctor).map(({ title, state }) => `${title}: ${state}`)).toEqual([
      "Connection to the server: works",
      "Addresses of this device: works",
      "Address seen from outside (STUN): absent",
      "Relay over UDP: works",
      "Relay over TCP: absent",
      "Relay over TLS: failed",
    ]);
  });

  test("of a server that offers nothing because it was not asked says nothing about what it offers", () => {
    const rows = rowsOf({ ...reading, server: { kind: "unreachable" }, legs: [] }, enDoctor);
    expect(rows.map(({ state }) => state)).toEqual(["failed", "works"]);
  });

  test("works and gives to think, where the relay gives out an address that others cannot reach", () => {
    const outcome = { ...works.outcome, relay: { address: "10.0.0.5", scope: "private" } } as LegReading["outcome"];
    const row = rowsOf({ ...reading, legs: [{ ...works, outcome }] }, enDoctor)[3];
    expect(row).toMatchObject({ state: "warning", advice: expect.stringContaining("external address") as string });
    expect(row?.meaning).toContain("10.0.0.5");
    const own = { ...works.outcome, relay: { address: "127.0.0.1", scope: "loopback" } } as LegReading["outcome"];
    const ownRow = rowsOf({ ...reading, legs: [{ ...works, outcome: own }] }, enDoctor)[3];
    expect(ownRow).toMatchObject({
      state: "warning",
      advice: expect.stringContaining("its own machine only") as string,
    });
  });

  test("says of every failure of every leg what it is and what to do", () => {
    for (const kind of ["stun", "relay-udp", "relay-tcp", "relay-tls"] as const) {
      for (const failure of Object.keys(enDoctor.causes) as (keyof typeof enDoctor.causes)[]) {
        const legs: LegReading[] = [{ kind, url: "x", outcome: { kind: "failed", failure, fault: null } }];
        const row = rowsOf({ ...reading, legs }, enDoctor).find(({ state }) => state === "failed");
        expect(row?.meaning, `${kind} ${failure}`).toMatch(/^[A-Z].*\. [A-Z].*\.$/);
        expect(row?.advice, `${kind} ${failure}`).toMatch(/^[A-Z].*\.$/);
      }
    }
  });
});

test("the report is plain text for the operator, and explains only what does not simply work", () => {
  const source = { server: "https://meet.test/", browser: "Browser/1", at: new Date("2026-11-21T11:20:33Z") };
  const report = reportOf(reading, enDoctor, source);
  expect(report.split("\n").slice(0, 9)).toEqual([
    "Parley connection test, 2026-11-21 11:20 UTC",
    "Server: https://meet.test/",
    "Browser: Browser/1",
    "Verdict: Calls will work from here",
    "",
    "- Connection to the server: works, over WebSocket, connected in 80\u202fms",
    "- Addresses of this device: works, 2 hidden by the browser",
    "- Address seen from outside (STUN): not offered",
    "  Without it, browsers behind a router do not know where others could find them.",
  ]);
  expect(report).toContain("- Relay over UDP <turn:t.test>: works, round trip 12\u202fms\n- Relay over TCP");
  expect(report).toContain(
    "- Relay over TLS <turns:t.test>: fails, error 701: Failed to establish connection\n  No encrypted connection came about.",
  );
});
