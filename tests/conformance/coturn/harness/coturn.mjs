import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { parts } from "./guide.mjs";
import { Running } from "./processes.mjs";

/**
 * A port that was free a moment ago, for both protocols and both families: coturn's programs do not choose one themselves. It is one that
 * the system gives to nobody who does not ask for it by number.
 */
export async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    const all = await Promise.allSettled(["127.0.0.1", "::1"].flatMap((host) => [canReceive(port, host), canListen(port, host)]));
    if (all.every(({ status }) => status === "fulfilled")) return port;
  }
}

async function canReceive(port, host) {
  const socket = createSocket(host === "::1" ? "udp6" : "udp4");
  try {
    socket.bind(port, host);
    await once(socket, "listening");
  } finally {
    socket.close();
  }
}

async function canListen(port, host) {
  const listener = createServer();
  listener.listen(port, host);
  await once(listener, "listening");
  listener.close();
  await once(listener, "close");
}

/** Answers with what it gets, on both families: the one of the guide, on a free port. */
export async function startPeer() {
  const [{ program, args }] = parts.get("").clients;
  const port = await freePort();
  const peer = new Running(
    program,
    args.map((word) => (word === "3480" ? `${port}` : word)),
  );
  peer.port = port;
  return peer;
}

/** coturn's server, at both families' addresses of this machine, for those who prove themselves in the way that `users` say. */
export async function startTurnserver({ folder, certificate, key }, users) {
  const port = await freePort();
  const tlsPort = await freePort();
  const server = new Running("turnserver", [
    ..."-n --no-cli --no-dtls --fingerprint --allow-loopback-peers --log-file=stdout --simple-log -v --realm=north.gov".split(
      " ",
    ),
    ..."--listening-ip=127.0.0.1 --listening-ip=::1 --relay-ip=127.0.0.1 --relay-ip=::1 --min-port=30000 --max-port=32000".split(
      " ",
    ),
    ...[`--listening-port=${port}`, `--tls-listening-port=${tlsPort}`, ...users],
    ...[
      `--cert=${certificate}`,
      `--pkey=${key}`,
      `--userdb=${join(folder, `turndb-${port}`)}`,
      `--pidfile=${join(folder, `${port}.pid`)}`,
    ],
  ]);
  server.ports = { udp: port, tcp: port, tls: tlsPort };
  await Promise.all(
    ["127.0.0.1", "::1"].map((address) => server.said(new RegExp(`TLS.*listener opened on.*${address}:${tlsPort}`, "u"))),
  );
  return server;
}
