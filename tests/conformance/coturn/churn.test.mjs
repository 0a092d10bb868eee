import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeCertificate } from "./harness/certificate.mjs";
import { startPeer } from "./harness/coturn.mjs";
import { parts } from "./harness/guide.mjs";
import { TurnOnly } from "./harness/turn-only.mjs";
import { talk } from "./harness/uclient.mjs";

const title = "Clients that come and go";

// Memory that is only not yet collected would hide a leak.
const littleMemory = { DOTNET_GCHeapHardLimit: "0x4000000", DOTNET_gcConcurrent: "0", MALLOC_ARENA_MAX: "1" };

let files, server, peer;
beforeAll(async () => {
  files = await makeCertificate();
  [server, peer] = await Promise.all([TurnOnly.start(title, files.folder, [], littleMemory), startPeer()]);
});

afterAll(async () => {
  await Promise.all([peer?.stop(), server?.stop()]);
  rmSync(files.folder, { recursive: true });
});

/** All at once: two hundred over UDP, over TCP and over TLS each. */
async function comeAndGo() {
  const before = await server.counters();

  const ends = await Promise.all(parts.get(title).clients.map((command) => talk(command, { server, peer })));

  // Over UDP they do not say that they go: what they had expires.
  const after = await server.countersBecome(({ Allocations, Connections }) => Allocations === 0 && Connections === 0);
  for (const { code, output } of ends) {
    // 437: a client has the port of one who left in silence; it takes another one.
    expect([...output.matchAll(/: error (\d{3}) /gu)].map(([, error]) => error).filter((error) => error !== "437")).toEqual([]);
    expect(code).toBe(0);
  }
  expect(after.AllocationsMade - before.AllocationsMade).toBeGreaterThanOrEqual(600);
}

it("two hundred clients each way that come and go leave no allocation, no connection, no open file and no memory behind", async () => {
  await comeAndGo();
  const files = server.openFiles();
  const memory = server.residentMemory();

  await comeAndGo();
  await comeAndGo();

  await expect.poll(() => server.openFiles(), { timeout: 10_000 }).toBeLessThanOrEqual(files + 8);
  // In MiB. The collector lets it swing by some forty, from round to round and without a trend.
  expect(server.residentMemory()).toBeLessThan(memory + 64);
});
