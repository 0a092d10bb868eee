import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { candidate, FakeTrialNetwork, type FakeWay } from "../../rtc/testing/fake-trial-network.js";
import { FakeSocket } from "../../signalling/testing/fake-socket.js";
import { Doctor } from "./doctor.js";
import type { DoctorReading } from "./reading.js";

const turn = { urls: ["turn:t.test", "turn:t.test?transport=tcp"], username: "u", credential: "c" };
const relayed: FakeWay = { candidates: [candidate("relay", "203.0.113.9")], delay: 10 };
const device: FakeWay = {
  candidates: [candidate("host", "192.168.1.2"), candidate("host", "192.168.1.2", "tcp"), candidate("host", "fd00::2")],
};

let socket: FakeSocket;
let network: FakeTrialNetwork;
let readings: DoctorReading[];

beforeEach(() => {
  vi.useFakeTimers();
  socket = new FakeSocket();
  readings = [];
});
afterEach(() => void vi.useRealTimers());

function doctor(ways: Readonly<Record<string, FakeWay>>): Doctor {
  network = new FakeTrialNetwork({ "": device, ...ways });
  const made = new Doctor("https://meet.test", {
    openSocket: socket.open,
    createConnection: network.createConnection,
  });
  made.subscribe((reading) => void readings.push(reading));
  return made;
}

/** The server is there, and offers these. */
function serve(iceServers: readonly RTCIceServer[]): void {
  socket.respond = (event) => (event === "diagnose" ? { status: "ready", iceServers, expires: 300 } : undefined);
  socket.accept();
}

test("the ways are tried each by itself, and the verdict comes last", async () => {
  const one = doctor({ "turn:t.test": relayed, "turn:t.test?transport=tcp": {} });
  const run = one.run();
  serve([turn]);
  await vi.advanceTimersByTimeAsync(30);
  expect(one.reading.legs.map(({ outcome }) => outcome.kind)).toEqual(["testing", "failed"]);
  socket.upgrade("websocket");
  await vi.advanceTimersByTimeAsync(20_000);
  await run;
  expect(one.reading).toMatchObject({
    server: { kind: "ready", transport: "websocket", took: 0 },
    device: { kind: "read", reached: true },
    legs: [
      { kind: "relay-udp", url: "turn:t.test", outcome: { kind: "works", roundTrip: 10 } },
      { kind: "relay-tcp", url: "turn:t.test?transport=tcp", outcome: { kind: "failed", failure: "untold" } },
    ],
    verdict: { level: "good", reason: "works" },
  });
  expect(readings.slice(0, -1).every(({ verdict }) => verdict === null)).toBe(true);
  expect(network.connections.every(({ closed }) => closed)).toBe(true);
  expect(socket.active).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test("of the device's addresses only their sorts are kept", async () => {
  const one = doctor({});
  const run = one.run();
  serve([]);
  await vi.advanceTimersByTimeAsync(20_000);
  await run;
  expect(one.reading.device).toEqual({
    kind: "read",
    reached: true,
    addresses: [
      { family: "ipv4", scope: "private", count: 1 },
      { family: "ipv6", scope: "private", count: 1 },
    ],
  });
  expect(one.reading.server).toMatchObject({ transport: "polling" });
});

test("a server that does not know the question is told from one that is not there", async () => {
  const one = doctor({});
  let run = one.run();
  socket.accept();
  await vi.advanceTimersByTimeAsync(14_000);
  await run;
  expect(one.reading).toMatchObject({ server: { kind: "silent" }, verdict: { reason: "server-old" } });

  run = one.run();
  await vi.advanceTimersByTimeAsync(14_000);
  await run;
  expect(one.reading).toMatchObject({ server: { kind: "unreachable" }, verdict: { reason: "server-unreachable" } });
});

test.each([
  ["full", "server-busy"],
  ["address", "network-busy"],
  ["rate", "too-often"],
] as const)("a server that refuses (%s) is reached all the same, and says why: %s", async (reason, verdict) => {
  const one = doctor({});
  const run = one.run();
  socket.respond = () => ({ status: "refused", reason, message: "later" });
  socket.accept();
  await vi.advanceTimersByTimeAsync(14_000);
  await run;
  expect(one.reading).toMatchObject({
    server: { kind: "refused", reason, transport: "polling" },
    legs: [],
    verdict: { level: "unknown", reason: verdict },
  });
});

test("an address that is none is a server that cannot be reached", async () => {
  const one = new Doctor("nowhere", {
    openSocket: () => {
      throw new TypeError("nowhere");
    },
    createConnection: null,
  });
  await one.run();
  expect(one.reading.verdict?.reason).toBe("no-webrtc");
  expect(one.reading.server).toEqual({ kind: "unreachable" });
});

test("one that is closed says nothing more and leaves nothing open", async () => {
  const one = doctor({ "turn:t.test": { endless: true }, "turn:t.test?transport=tcp": { endless: true } });
  const run = one.run();
  serve([turn]);
  await vi.advanceTimersByTimeAsync(100);
  one.close();
  const told = readings.length;
  await vi.advanceTimersByTimeAsync(60_000);
  await run;
  expect(readings).toHaveLength(told);
  expect(one.reading.verdict).toBeNull();
  expect(network.connections.every(({ closed }) => closed)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a second run begins anew and ends the first", async () => {
  const one = doctor({ "turn:t.test": relayed, "turn:t.test?transport=tcp": relayed });
  const first = one.run();
  serve([turn]);
  await vi.advanceTimersByTimeAsync(15);
  const second = one.run();
  socket.accept();
  await vi.advanceTimersByTimeAsync(30_000);
  await Promise.all([first, second]);
  expect(one.reading.verdict).toEqual({ level: "good", reason: "works" });
  expect(readings.filter(({ verdict }) => verdict !== null)).toHaveLength(1);
});
