import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "./harness/certificate.mjs";
import { startPeer } from "./harness/coturn.mjs";
import { parts } from "./harness/guide.mjs";
import { startRecords } from "./harness/records.mjs";
import { TurnOnly } from "./harness/turn-only.mjs";
import { expectNothingLost, talk } from "./harness/uclient.mjs";

// Over UDP coturn's client leaves without a word, and before that does not ask again in time: what it had has to outlive its use.
const lifetime = ["--max-lifetime", "25"];

const clientsOf = (title) =>
  parts.get(title).clients.flatMap((command) => (command.program === "turnutils_uclient" ? [[command.about, command]] : []));
const fixedUser = clientsOf("A fixed user");

let files, peer, records;
const servers = {};
beforeAll(async () => {
  files = await makeCertificate();
  peer = await startPeer();
  await Promise.all(
    ["A fixed user", "A shared secret", "TLS"].map(
      async (title) => (servers[title] = await TurnOnly.start(title, files.folder, lifetime)),
    ),
  );
  records = {};
  for (const address of ["127.0.0.1", "::1"])
    records[address] = await startRecords(files, servers.TLS.port("tls", address), address);
});

afterAll(async () => {
  Object.values(records ?? {}).forEach((some) => some.stop());
  await Promise.all([peer?.stop(), ...Object.values(servers).map((server) => server.stop())]);
  rmSync(files.folder, { recursive: true });
});

const over = (command, ...flags) => ({ ...command, args: [...flags, ...command.args] });

describe.concurrent("coturn's client, as the guide says it, loses nothing", () => {
  it.each(fixedUser)("over UDP %s", (_, command) => expectNothingLost(command, { server: servers["A fixed user"], peer }));

  it.each(fixedUser)("over TCP %s", (_, command) =>
    expectNothingLost(over(command, "-t"), { server: servers["A fixed user"], peer }),
  );

  it.each(fixedUser)("over TLS %s", (_, command) =>
    expectNothingLost(over(command, "-t", "-S"), { server: servers.TLS, peer, records }),
  );

  it.each(clientsOf("A shared secret"))("with a shared secret %s", (_, command) =>
    expectNothingLost(command, { server: servers["A shared secret"], peer }),
  );

  it.each(clientsOf("TLS"))("over TLS %s", (_, command) => expectNothingLost(command, { server: servers.TLS, peer, records }));

  it("over TLS without a record for each message it gets what it can read", async () => {
    const { code, output } = await talk(parts.get("TLS").clients[0], { server: servers.TLS, peer });

    expect(output, output).toMatch(/tot_recv_msgs=[1-9]/u);
    expect(code).toBe(0);
  });
});

it("every part of the guide's section is tried here or beside", () => {
  expect([...parts.keys()]).toEqual([
    "",
    "A fixed user",
    "A shared secret",
    "TLS",
    "Clients that come and go",
    "Clients that do wrong",
  ]);
});

it("coturn's other client hears its address", async () => {
  const [command] = parts.get("A fixed user").clients.filter(({ program }) => program === "turnutils_stunclient");
  const { code, output } = await talk(command, { server: servers["A fixed user"], peer });

  expect(output).toMatch(/UDP reflexive addr: 127\.0\.0\.1:\d+/u);
  expect(code).toBe(0);
});

it.each(["A fixed user", "A shared secret", "TLS"])(
  "%s: in the end nothing is left, nothing was dropped, and what came back was passed on",
  async (title) => {
    const counters = await servers[title].countersBecome(
      ({ Allocations, Connections }) => Allocations === 0 && Connections === 0,
      40,
    );

    expect(counters).toMatchObject({
      Unsent: 0,
      BacklogFull: 0,
      Drops: { Malformed: 0, NoPermission: 0, NoChannel: 0, RateLimit: 0 },
    });
    expect(counters.PacketsToPeers).toBeGreaterThanOrEqual(100);
    expect(counters.PacketsToClients).toBe(counters.PacketsToPeers);
  },
);
