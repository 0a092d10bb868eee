import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { candidate, FakeTrialNetwork, type FakeWay } from "../testing/fake-trial-network.js";
import { tryDevice, tryPort, tryRelay, tryStun, type TrialFindings, type TrialOptions } from "./trial.js";

const relay = { urls: "turn:relay.test", username: "u", credential: "c" };
const stun = { urls: "stun:stun.test" };

let network: FakeTrialNetwork;
let abort: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  abort = new AbortController();
});
afterEach(() => void vi.useRealTimers());

/** What a trial finds, once all its time has passed. */
async function findings(
  way: FakeWay,
  trial: (options: TrialOptions) => Promise<TrialFindings>,
  patience = 60_000,
): Promise<TrialFindings> {
  network = new FakeTrialNetwork({ [relay.urls]: way, [stun.urls]: way, "": way });
  const found = trial({ createConnection: network.createConnection, signal: abort.signal });
  await vi.advanceTimersByTimeAsync(patience);
  return await found;
}

test("messages go through a relay and nothing else, and the quickest round trip counts", async () => {
  const way = { candidates: [candidate("relay", "203.0.113.9")], delay: 20 };
  const result = await findings(way, (options) => tryRelay(relay, options));
  expect(result).toMatchObject({ refused: false, complete: true, found: 10, roundTrip: 40 });
  expect(result.candidates).toEqual([{ type: "relay", protocol: "udp", address: "203.0.113.9" }]);
  expect(network.connections.map(({ configuration }) => configuration)).toEqual([
    { iceServers: [relay], iceTransportPolicy: "relay" },
    { iceServers: [relay], iceTransportPolicy: "relay" },
  ]);
});

test("a relay that gives no address is not waited for any longer than the browser itself waits", async () => {
  const faults = [{ errorCode: 401, errorText: "Unauthorized" }];
  const result = await findings({ faults }, (options) => tryRelay(relay, options), 100);
  expect(result).toMatchObject({
    faults: [{ code: 401, text: "Unauthorized", port: null }],
    found: null,
    roundTrip: null,
  });
});

test("a relay that never answers is given up", async () => {
  const result = await findings({ endless: true }, (options) => tryRelay(relay, options), 11_000);
  expect(result).toMatchObject({ complete: false, found: null, roundTrip: null });
});

test("a relay that gives an address and passes nothing on has no round trip", async () => {
  const way = { candidates: [candidate("relay", "203.0.113.9")], lossy: true };
  const result = await findings(way, (options) => tryRelay(relay, options), 9_000);
  expect(result).toMatchObject({ found: 10, roundTrip: null });
});

test("STUN is asked once, by one connection", async () => {
  const way = { candidates: [candidate("host", "192.168.1.2"), candidate("srflx", "203.0.113.7")], endless: true };
  const result = await findings(way, (options) => tryStun(stun, options), 100);
  expect(result).toMatchObject({ found: 10, roundTrip: null, tellsFaults: true });
  expect(network.connections).toHaveLength(1);
});

describe("a port", () => {
  const isOpen = async (way: FakeWay): Promise<boolean> => {
    network = new FakeTrialNetwork({ [relay.urls]: way });
    const open = tryPort(relay, { createConnection: network.createConnection, signal: abort.signal });
    await vi.advanceTimersByTimeAsync(4_000);
    return await open;
  };
  const silence = { errorCode: 701, errorText: "Failed to establish connection" };

  test.each<[string, boolean, FakeWay]>([
    ["where a relay answers", true, { candidates: [candidate("relay", "203.0.113.9")] }],
    ["where a relay refuses", true, { faults: [{ errorCode: 401, errorText: "Unauthorized" }] }],
    ["to which the browser was connected", true, { faults: [{ ...silence, port: 41394 }] }],
    ["where somebody listens and says nothing", true, { endless: true }],
    ["where nobody listens", false, { faults: [silence] }],
    ["of which the browser says nothing", false, {}],
  ])("%s is open: %s", async (_, open, way) => {
    expect(await isOpen(way)).toBe(open);
    expect(network.connections.every(({ closed }) => closed)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("about which a trial was ended is not called open", async () => {
    network = new FakeTrialNetwork({ [relay.urls]: { endless: true } });
    const open = tryPort(relay, { createConnection: network.createConnection, signal: abort.signal });
    abort.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(await open).toBe(false);
  });
});

test("without any server the page talks to itself by its own addresses", async () => {
  const way = { candidates: [candidate("host", "192.168.1.2"), candidate("host", "192.168.1.2", "tcp")], delay: 1 };
  const result = await findings(way, tryDevice);
  expect(result.roundTrip).toBe(2);
  expect(result.candidates.map(({ protocol }) => protocol)).toEqual(["udp", "tcp"]);
});

test("an address that the browser refuses is said to be refused", async () => {
  const result = await findings({ refused: true }, (options) => tryRelay(relay, options), 0);
  expect(result).toMatchObject({ refused: true, candidates: [], found: null });
});

test("a trial that is ended closes what it opened and leaves no timer behind", async () => {
  const running = findings({ endless: true }, (options) => tryRelay(relay, options), 100);
  await vi.advanceTimersByTimeAsync(50);
  abort.abort();
  expect(await running).toMatchObject({ found: null });
  expect(network.connections.every(({ closed }) => closed)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test.each<[string, FakeWay]>([
  ["works", { candidates: [candidate("relay", "203.0.113.9")] }],
  ["fails", {}],
])("a trial that %s closes what it opened", async (_, way) => {
  await findings(way, (options) => tryRelay(relay, options));
  expect(network.connections).toHaveLength(2);
  expect(network.connections.every(({ closed }) => closed)).toBe(true);
});
