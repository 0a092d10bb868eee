import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeTrialNetwork, type FakeWay } from "../../rtc/testing/fake-trial-network.js";
import type { Leg } from "./legs.js";
import type { LegOutcome } from "./outcome.js";
import { explainTls } from "./tls-failure.js";

const silent: LegOutcome = { kind: "failed", failure: "no-answer", fault: { code: 701, text: "", port: null } };
const closed: FakeWay = { faults: [{ errorCode: 701, errorText: "" }] };
const open: FakeWay = { endless: true };

let network: FakeTrialNetwork;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function explained(
  url: string,
  way: FakeWay,
  { outcome = silent, took = 100, page = "https://meet.test/" } = {},
) {
  network = new FakeTrialNetwork({ [url.replace("turns:", "turn:")]: way });
  const server = { urls: url, username: "u", credential: "c" };
  const leg: Leg = { kind: url.startsWith("turns:") ? "relay-tls" : "relay-tcp", url, server };
  const { createConnection } = network;
  const done = explainTls(leg, outcome, took, page, { createConnection, signal: new AbortController().signal });
  await vi.advanceTimersByTimeAsync(5_000);
  return await done;
}

test("where the port is open and TLS fails at once, it is the certificate", async () => {
  expect(await explained("turns:t.test:5349?transport=tcp", open)).toEqual({ ...silent, failure: "certificate" });
  expect(network.connections[0]?.configuration).toEqual({
    iceServers: [{ urls: "turn:t.test:5349?transport=tcp", username: "u", credential: "c" }],
    iceTransportPolicy: "relay",
  });
});

test("a browser that does not say why it found nothing is helped too", async () => {
  expect(await explained("turns:t.test", open, { outcome: { ...silent, failure: "untold" } })).toMatchObject({
    failure: "certificate",
  });
});

test("where nobody listens, it is not", async () => {
  expect(await explained("turns:t.test:5349?transport=tcp", closed)).toEqual(silent);
});

test("where packets vanish, nothing is concluded from silence", async () => {
  expect(await explained("turns:t.test:5349?transport=tcp", open, { took: 9_500 })).toEqual(silent);
  expect(network.connections).toHaveLength(0);
});

test.each([
  ["https://meet.test/", "turns:meet.test:443?transport=tcp", "certificate"],
  ["https://meet.test:8443/below/", "turns:Meet.test:8443?transport=tcp", "certificate"],
  ["https://[fd00::1]:5349/", "turns:[fd00::1]", "certificate"],
  ["http://meet.test:443/", "turns:meet.test:443?transport=tcp", "no-answer"],
  ["https://other.test/", "turns:meet.test:443?transport=tcp", "no-answer"],
  ["https://meet.test/", "turns:meet.test:5349?transport=tcp", "no-answer"],
  ["nowhere", "turns:meet.test:443?transport=tcp", "no-answer"],
])("the page %s shows whether the port of %s is open: %s", async (page, url, failure) => {
  expect(await explained(url, closed, { page })).toMatchObject({ failure });
});

test("what fails otherwise, or is not TLS, is left alone", async () => {
  const refused: LegOutcome = { ...silent, failure: "credentials" };
  expect(await explained("turns:t.test", open, { outcome: refused })).toEqual(refused);
  expect(await explained("turn:t.test?transport=tcp", open)).toEqual(silent);
  expect(network.connections).toHaveLength(0);
});
