import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "./harness/certificate.mjs";
import { startPeer } from "./harness/coturn.mjs";
import { parts } from "./harness/guide.mjs";
import { TurnOnly } from "./harness/turn-only.mjs";
import { expectNothingLost, talk } from "./harness/uclient.mjs";

const [secondChannel, brokenBytes, wrongPassword] = parts.get("Clients that do wrong").clients;
const [, onAChannel, inIndications] = parts.get("A fixed user").clients;

let files, server, peer;
beforeAll(async () => {
  files = await makeCertificate();
  [server, peer] = await Promise.all([TurnOnly.start("A fixed user", files.folder, ["--max-lifetime", "15"]), startPeer()]);
});

afterAll(async () => {
  await Promise.all([peer?.stop(), server?.stop()]);
  rmSync(files.folder, { recursive: true });
});

describe.concurrent("while others do wrong", () => {
  it.each([
    ["on a channel", onAChannel],
    ["in indications", inIndications],
  ])("a client loses nothing %s", (_, command) => expectNothingLost(command, { server, peer }));

  it("a second channel for the same peer is refused, and said to be a bad request", async () => {
    const { code, output } = await talk(secondChannel, { server, peer });

    expect(output.replaceAll(/^\d+: : /gmu, "")).toMatch(/^(?:channel bind: error 400 \(.*\)\n)+$/u);
    expect(code).toBe(255);
  });

  it("a wrong password is refused, however often it is said", async () => {
    const { code, output } = await talk(wrongPassword, { server, peer });

    expect(output.replaceAll(/^\d+: : /gmu, "")).toMatch(/^(?:ERROR: Cannot complete Allocation\n)+$/u);
    expect(code).toBe(255);
  });

  it("bytes that are others than they should be cost their own client only", async () => {
    const before = await server.counters();
    const ways = Array.from({ length: 24 }, (_, i) => [...(i % 2 ? ["-t"] : []), ...(i % 4 < 2 ? ["-s"] : [])]);

    const ends = await Promise.all(
      ways.map((flags) => talk({ ...brokenBytes, args: [...flags, ...brokenBytes.args] }, { server, peer, seconds: 10 })),
    );

    for (const end of ends) expect(whatBecameOf(end), end.output).not.toBe("something else");
    // One message in ten has bytes that were changed: among hundreds, some are no STUN any more.
    const after = await server.counters();
    expect(after.Drops.Malformed).toBeGreaterThan(before.Drops.Malformed);
  });
});

/** Which bytes the client breaks, if any, is up to chance. */
function whatBecameOf({ code, output }) {
  // It has sent what it wanted, and counts.
  if (code === 0 && /Total lost packets/u.test(output)) return "done";
  // It was told what is wrong.
  if (code === 255 && /error (?:400|401|403|420|437|438|442|443) /u.test(output)) return "refused";
  // Over TCP nobody knows where the next message begins: the server has closed the connection.
  if (code === 255 && /recv: Success|recv: Connection reset by peer|send: Broken pipe/u.test(output)) return "closed";
  // What it sent was no STUN: it waits for the answer.
  return code === 124 ? "waits" : "something else";
}

it("in the end nothing is left of all these", async () => {
  const counters = await server.countersBecome(({ Allocations, Connections }) => Allocations === 0 && Connections === 0, 40);

  expect(counters.AuthenticationFailures).toBeGreaterThan(0);
});
