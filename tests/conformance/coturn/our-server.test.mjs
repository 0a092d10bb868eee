import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "./harness/certificate.mjs";
import { startPeer } from "./harness/coturn.mjs";
import { run } from "./harness/processes.mjs";
import { TurnOnly } from "./harness/turn-only.mjs";

const secret = "a secret of more than sixteen bytes";
const user = ["-u", "user", "-w", "password"];

const settings = [
  ..."--listen 127.0.0.1 --listen ::1 --port 0 --tls-port 0 --realm north.gov --user user:password".split(" "),
  ..."--allow-loopback-peers --old-channels --allocations-per-user 5000".split(" "),
];

let files, server, forgetful, peer;
beforeAll(async () => {
  files = await makeCertificate();
  const all = [...settings, "--secret", secret, "--cert", files.certificate, "--key", files.key];
  // Over UDP coturn's client leaves without a word, and before that does not ask again in time: what it had has to outlive its use.
  [server, forgetful, peer] = await Promise.all([
    TurnOnly.start([...all, "--max-lifetime", "25"]),
    TurnOnly.start([...all, "--max-lifetime", "3"]),
    startPeer(),
  ]);
});

afterAll(async () => {
  await Promise.all([peer?.stop(), server?.stop(), forgetful?.stop()]);
  rmSync(files.folder, { recursive: true });
});

/** coturn's client: 50 datagrams at 5 ms, without a second port for RTCP. It begins to send at a moment of its choice, seconds later. */
const uclient = (...args) => run("turnutils_uclient", ["-c", "-n", "50", "-z", "5", ...args]);

const toPeer = (address) => ["-e", address, "-r", `${peer.port}`];

const nothingLost = /Total lost packets 0 \(0\.000000%\), total send dropped 0/u;

async function expectNothingLost(...args) {
  const { code, output } = await uclient(...args);
  expect(code, output).toBe(0);
  if (args.includes("-S")) {
    // It reads one frame out of each TLS record, though the server puts in what it has: whether all was relayed, the counters tell, last.
    expect(output).toMatch(/tot_recv_msgs=[1-9]/u);
  } else {
    expect(output, output).toMatch(nothingLost);
  }
}

describe.concurrent.each([
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

describe.concurrent("over UDP", () => {
  const at = () => ["-p", server.port("udp", "127.0.0.1")];

  it("lets in whoever brings an ephemeral credential", async () => {
    await expectNothingLost("-u", "user", "-W", secret, ...at(), ...toPeer("127.0.0.1"), "127.0.0.1");
  });

  it("takes more permissions and channels than are needed", async () => {
    await expectNothingLost(...user, ...at(), "-G", ...toPeer("127.0.0.1"), "127.0.0.1");
  });

  it("takes padding that datagrams do not need", async () => {
    await expectNothingLost(...user, ...at(), "-D", ...toPeer("127.0.0.1"), "127.0.0.1");
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
    const before = await forgetful.counters();

    await uclient(...user, ...flags, "-p", forgetful.port(protocol, "127.0.0.1"), "-s", "-B", "-O", "-m", "200", ...toPeer("127.0.0.1"), "127.0.0.1");

    // Over UDP they do not say that they go: what they had expires.
    const after = await forgetful.countersBecome(({ Allocations, Connections }) => Allocations === 0 && Connections === 0);
    expect(after.AllocationsMade - before.AllocationsMade).toBeGreaterThanOrEqual(200);
  });
});

it("nobody is let in with a wrong password", async () => {
  const before = await forgetful.counters();

  const { code } = await uclient("-u", "user", "-w", "wrong", "-p", forgetful.port("udp", "127.0.0.1"), ...toPeer("127.0.0.1"), "127.0.0.1");

  expect(code).not.toBe(0);
  const after = await forgetful.counters();
  expect(after.AuthenticationFailures).toBeGreaterThan(before.AuthenticationFailures);
  expect(after.AllocationsMade).toBe(before.AllocationsMade);
});

it("what a client does wrong on purpose disturbs no other one", async () => {
  const port = forgetful.port("udp", "127.0.0.1");
  // It breaks its own requests at random, and goes when one is refused, or waits for long: how it ends says nothing.
  await run("turnutils_uclient", ["-c", "-n", "5", "-N", "-R", "-s", ...user, "-p", port, ...toPeer("127.0.0.1"), "127.0.0.1"], 12);

  const { output } = await run("turnutils_stunclient", ["-p", port, "127.0.0.1"]);
  expect(output).toMatch(/UDP reflexive addr: 127\.0\.0\.1:\d+/u);
  await forgetful.countersBecome(({ Allocations }) => Allocations === 0);
});

it("of all these nothing is left, nothing was dropped, and what came back was passed on", async () => {
  const counters = await server.countersBecome(({ Allocations, Connections }) => Allocations === 0 && Connections === 0, 40);

  expect(counters).toMatchObject({ Unsent: 0, BacklogFull: 0, Drops: { Malformed: 0, NoPermission: 0, NoChannel: 0, RateLimit: 0 } });
  expect(counters.PacketsToPeers).toBeGreaterThan(1000);
  expect(counters.PacketsToClients).toBe(counters.PacketsToPeers);
});
