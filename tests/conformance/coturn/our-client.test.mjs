import { createHmac } from "node:crypto";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate } from "./harness/certificate.mjs";
import { startTurnserver } from "./harness/coturn.mjs";
import { OurClient } from "./harness/our-client.mjs";

const user = "user";
const password = "password";
const secret = "north-by-northwest";

let files, forUsers, forSecret, client;
beforeAll(async () => {
  files = await makeCertificate();
  [forUsers, forSecret] = await Promise.all([
    startTurnserver(files, ["--lt-cred-mech", `--user=${user}:${password}`]),
    startTurnserver(files, ["--use-auth-secret", `--static-auth-secret=${secret}`]),
  ]);
  client = new OurClient();
});

afterAll(async () => {
  await Promise.all([forUsers?.stop(), forSecret?.stop(), client?.stop()]);
  rmSync(files.folder, { recursive: true });
});

const all = { indications: 50, channels: 50, error: null };

function exchange(server, protocol, more) {
  const toServer = { server: `127.0.0.1:${server.ports[protocol]}`, protocol, certificate: files.certificate };
  return client.exchange({ ...toServer, user, password, family: "IPv4", withClient: false, count: 50, ...more });
}

// In indications and then on channels.
describe.each([
  ["UDP", "udp"],
  ["TCP", "tcp"],
  ["TLS", "tls"],
])("our client relays through coturn over %s", (_, protocol) => {
  it.each([
    ["IPv4", "to a peer", false],
    ["IPv4", "to another client", true],
    ["IPv6", "to a peer", false],
    ["IPv6", "to another client", true],
  ])("with an address of %s %s", async (family, _partner, withClient) => {
    expect(await exchange(forUsers, protocol, { family, withClient }), forUsers.output.slice(-3000)).toEqual(all);
  });

  it.each([
    ["to a peer", false],
    ["to another client", true],
  ])("that is reached by IPv6 %s", async (_partner, withClient) => {
    const server = `[::1]:${forUsers.ports[protocol]}`;

    expect(await exchange(forUsers, protocol, { server, withClient }), forUsers.output.slice(-3000)).toEqual(all);
  });

  it.each([
    ["to a peer", false],
    ["to another client", true],
  ])("with an ephemeral credential %s", async (_partner, withClient) => {
    const name = `${Math.floor(Date.now() / 1000) + 600}:user`;
    const credential = { user: name, password: createHmac("sha1", secret).update(name).digest("base64") };

    expect(await exchange(forSecret, protocol, { ...credential, withClient }), forSecret.output.slice(-3000)).toEqual(all);
  });
});

it.each([
  ["a wrong password", () => forUsers, { password: "wrong" }],
  ["a credential that has expired", () => forSecret, { user: "1000000000:user" }],
])("our client says what coturn answers to %s", async (_, server, credential) => {
  const { error } = await exchange(server(), "udp", credential);

  expect(error).toMatch(/TurnClientException: No allocation: the server says Unauthenticated/u);
});
