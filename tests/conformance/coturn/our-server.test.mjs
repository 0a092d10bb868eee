import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "./harness/certificate.mjs";
import { startPeer } from "./harness/coturn.mjs";
import { run } from "./harness/processes.mjs";
import { TurnOnly } from "./harness/turn-only.mjs";

const secret = "a secret of more than sixteen bytes";
const user = ["-u", "user", "-w", "password"];

let files, server, peer;
beforeAll(async () => {
  files = await makeCertificate();
  server = await TurnOnly.start([
    ..."--listen 127.0.0.1 --listen ::1 --port 0 --tls-port 0 --realm north.gov --user user:password".split(" "),
    ..."--allow-loopback-peers --old-channels --max-lifetime 5 --allocations-per-user 2000".split(" "),
    ...["--secret", secret, "--cert", files.certificate, "--key", files.key],
  ]);
  peer = await startPeer();
});

afterAll(async () => {
  await peer?.stop();
  await server?.stop();
  rmSync(files.folder, { recursive: true });
});

/** coturn's client: 50 datagrams at 5 ms, without a second port for RTCP. */
const uclient = (...args) => run("turnutils_uclient", ["-c", "-n", "50", "-z", "5", ...args]);

const toPeer = (address) => ["-e", address, "-r", `${peer.port}`];

const nothingLost = /Total lost packets 0 \(0\.000000%\), total send dropped 0/u;

async function expectNothingLost(...args) {
  const { code, output } = await uclient(...args);
  expect(output, output).toMatch(nothingLost);
  expect(code).toBe(0);
  // Each allocation was given up, or went with its connection.
  await server.countersBecome((counters) => counters.Allocations === 0 && counters.Connections === 0);
}

describe.each([
  ["UDP", "udp", []],
  ["TCP", "tcp", ["-t"]],
  ["TLS", "tls", ["-t", "-S"]],
])("over %s", (_, protocol, flags) => {
  const at = (address) => [...flags, "-p", server.port(protocol, address)];

  it.each([
    ["indications", ["-s"]],
    ["channels", []],
  ])("relays to a peer in %s", async (_, form) => {
    await expectNothingLost(...user, ...at("127.0.0.1"), ...form, "-X", ...toPeer("127.0.0.1"), "127.0.0.1");
  });

  it("relays for a client that speaks IPv6", async () => {
    await expectNothingLost(...user, ...at("[::1]"), "-s", ...toPeer("127.0.0.1"), "::1");
  });

  it("gives relayed addresses of IPv6", async () => {
    await expectNothingLost(...user, ...at("127.0.0.1"), "-x", ...toPeer("::1"), "127.0.0.1");
  });

  it("relays from client to client", async () => {
    await expectNothingLost(...user, ...at("127.0.0.1"), "-y", "-s", "127.0.0.1");
  });
});

describe("over UDP", () => {
  const at = () => ["-p", server.port("udp", "127.0.0.1")];

  it("lets in whoever brings an ephemeral credential", async () => {
    await expectNothingLost("-u", "user", "-W", secret, ...at(), ...toPeer("127.0.0.1"), "127.0.0.1");
  });

  it("lets in nobody else", async () => {
    const before = await server.counters();

    const { code } = await uclient("-u", "user", "-w", "wrong", ...at(), ...toPeer("127.0.0.1"), "127.0.0.1");

    expect(code).not.toBe(0);
    const after = await server.counters();
    expect(after.AuthenticationFailures).toBeGreaterThan(before.AuthenticationFailures);
    expect(after.AllocationsMade).toBe(before.AllocationsMade);
  });

  it("takes more permissions and channels than are needed", async () => {
    await expectNothingLost(...user, ...at(), "-G", ...toPeer("127.0.0.1"), "127.0.0.1");
  });

  it("takes padding that datagrams do not need", async () => {
    await expectNothingLost(...user, ...at(), "-D", ...toPeer("127.0.0.1"), "127.0.0.1");
  });

  it("outlives what a client does wrong on purpose", async () => {
    // Some of what it sends is no TURN at all, and does not come back: what is lost is not counted.
    const { code, output } = await run("turnutils_uclient", ["-c", "-n", "10", "-N", "-R", ...user, ...at(), ...toPeer("127.0.0.1"), "127.0.0.1"]);

    expect(code, output).toBe(0);
    await server.countersBecome((counters) => counters.Allocations === 0);
  });

  it("answers Binding requests", async () => {
    const { code, output } = await run("turnutils_stunclient", [...at(), "127.0.0.1"]);

    expect(output).toMatch(/UDP reflexive addr: 127\.0\.0\.1:\d+/u);
    expect(code).toBe(0);
  });
});

describe("two hundred clients that come and go", () => {
  it.each([
    ["UDP", "udp", []],
    ["TCP", "tcp", ["-t"]],
    ["TLS", "tls", ["-t", "-S"]],
  ])("over %s leave nothing behind", async (_, protocol, flags) => {
    const before = await server.counters();

    await uclient(...user, ...flags, "-p", server.port(protocol, "127.0.0.1"), "-s", "-B", "-O", "-m", "200", ...toPeer("127.0.0.1"), "127.0.0.1");

    // Over UDP they do not say that they go: what they had expires.
    const after = await server.countersBecome((counters) => counters.Allocations === 0 && counters.Connections === 0);
    expect(after.AllocationsMade - before.AllocationsMade).toBeGreaterThanOrEqual(200);
  });
});
