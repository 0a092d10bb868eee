import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeCertificate } from "./harness/certificate.mjs";
import { startTurnserver } from "./harness/coturn.mjs";
import { run } from "./harness/processes.mjs";

const client = fileURLToPath(
  new URL("../Parley.Net.ConformanceClient/bin/Debug/net10.0/Parley.Net.ConformanceClient.dll", import.meta.url),
);

let files, server;
beforeAll(async () => {
  files = await makeCertificate();
  server = await startTurnserver(files, "user", "password");
});

afterAll(async () => {
  await server?.stop();
  rmSync(files.folder, { recursive: true });
});

it.each([
  ["UDP", "udp", "IPv4"],
  ["TCP", "tcp", "IPv4"],
  ["TLS", "tls", "IPv4"],
  ["UDP, relayed to IPv6,", "udp", "IPv6"],
])("our client relays through coturn over %s in indications and on a channel", async (_, protocol, family) => {
  const { code, output } = await run("dotnet", [
    client,
    `127.0.0.1:${server.ports[protocol]}`,
    ...[protocol, "user", "password", family, "50", files.certificate],
  ]);

  expect(output, server.output.slice(-3000)).toMatch(/indications 50\/50\nchannel 50\/50/u);
  expect(code).toBe(0);
});

it("our client says what coturn answers to a wrong password", async () => {
  const { code, output } = await run("dotnet", [client, `127.0.0.1:${server.ports.udp}`, "udp", "user", "wrong", "IPv4", "1"]);

  expect(output).toMatch(/TurnClientException: No allocation: the server says Unauthenticated/u);
  expect(code).toBe(100);
});
