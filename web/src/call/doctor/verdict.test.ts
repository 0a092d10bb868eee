import { expect, test } from "vitest";
import type { LegKind } from "./legs.js";
import type { LegOutcome } from "./outcome.js";
import type { LegReading, ServerReading } from "./reading.js";
import { verdictOf } from "./verdict.js";

const works: LegOutcome = { kind: "works", roundTrip: 5, relay: null, translated: true };
const failed: LegOutcome = { kind: "failed", failure: "no-answer", fault: null };
const ready: ServerReading = { kind: "ready", transport: "websocket", took: 10 };

function leg(kind: LegKind, outcome: LegOutcome): LegReading {
  return { kind, url: `${kind}.test`, outcome };
}

test.each<[string, Partial<Record<LegKind, LegOutcome>>]>([
  ["good works", { stun: works, "relay-udp": works }],
  ["good works", { "relay-udp": works }],
  ["good works", { stun: failed, "relay-udp": works, "relay-tls": failed }],
  ["limited only-tcp", { stun: failed, "relay-udp": failed, "relay-tcp": works, "relay-tls": works }],
  ["limited relay-tcp", { stun: works, "relay-udp": failed, "relay-tcp": works }],
  ["limited only-tls", { stun: failed, "relay-udp": failed, "relay-tcp": failed, "relay-tls": works }],
  ["limited relay-tls", { stun: works, "relay-tls": works }],
  ["limited relay-fails", { stun: works, "relay-udp": failed }],
  ["bad nothing-works", { stun: failed, "relay-udp": failed, "relay-tls": failed }],
  ["bad nothing-works", { "relay-udp": failed }],
  ["limited no-relay", { stun: works }],
  ["limited own-network", { stun: failed }],
  ["limited own-network", { stun: { kind: "unclear" } }],
  ["limited own-network", {}],
])("%s: %j", (expected, outcomes) => {
  const legs = Object.entries(outcomes).map(([kind, outcome]) => leg(kind as LegKind, outcome));
  const { level, reason } = verdictOf({ supported: true, server: ready, legs });
  expect(`${level} ${reason}`).toBe(expected);
});

test.each<[string, ServerReading]>([
  ["bad server-unreachable", { kind: "unreachable" }],
  ["unknown server-old", { kind: "silent", transport: "polling", took: 10 }],
  ["unknown server-busy", { kind: "refused", reason: "full", transport: "websocket", took: 10 }],
  ["unknown network-busy", { kind: "refused", reason: "address", transport: "websocket", took: 10 }],
  ["unknown too-often", { kind: "refused", reason: "rate", transport: "websocket", took: 10 }],
])("%s", (expected, server) => {
  const { level, reason } = verdictOf({ supported: true, server, legs: [] });
  expect(`${level} ${reason}`).toBe(expected);
});

test("a browser without WebRTC makes no calls, whatever the server offers", () => {
  const legs = [leg("relay-udp", { kind: "testing" })];
  expect(verdictOf({ supported: false, server: ready, legs })).toEqual({ level: "bad", reason: "no-webrtc" });
});
