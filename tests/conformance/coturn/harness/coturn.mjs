import { createSocket } from "node:dgram";
import { once } from "node:events";
import { join } from "node:path";
import { Running } from "./processes.mjs";

/** A port that was free a moment ago: coturn's programs do not choose one themselves. */
export async function freePort() {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}

/** Answers with what it gets, on both families. */
export async function startPeer() {
  const port = await freePort();
  const peer = new Running("turnutils_peer", ["-v", "-p", `${port}`, "-L", "127.0.0.1", "-L", "::1"]);
  peer.port = port;
  return peer;
}

/** coturn's server, for one user. */
export async function startTurnserver({ folder, certificate, key }, user, password) {
  const port = await freePort();
  const tlsPort = await freePort();
  const server = new Running("turnserver", [
    ..."-n --no-cli --no-dtls --lt-cred-mech --fingerprint --allow-loopback-peers --log-file=stdout --simple-log -v".split(" "),
    ..."--listening-ip=127.0.0.1 --relay-ip=127.0.0.1 --relay-ip=::1 --realm=north.gov".split(" "),
    ...[`--listening-port=${port}`, `--tls-listening-port=${tlsPort}`, `--user=${user}:${password}`],
    ...[`--cert=${certificate}`, `--pkey=${key}`, `--userdb=${join(folder, "turndb")}`, `--pidfile=${join(folder, "turnserver.pid")}`],
  ]);
  server.ports = { udp: port, tcp: port, tls: tlsPort };
  await server.said(new RegExp(`TLS.*listener opened on.*:${tlsPort}`, "u"));
  return server;
}
