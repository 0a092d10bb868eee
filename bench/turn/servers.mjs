import { connect } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../tests/conformance/coturn/harness/coturn.mjs";
import { Running } from "../../tests/conformance/coturn/harness/processes.mjs";

const sample = fileURLToPath(new URL("../../samples/TurnOnly/bin/Release/net10.0/TurnOnly.dll", import.meta.url));
const password = "secret";
const names = (users) => Array.from({ length: users }, (_, i) => `user-${i}:${password}`);

/** What is measured: how each server is started, on 127.0.0.1, with as few settings as it needs to be. */
export const servers = {
  parley: async ({ users, lifetime, tcp }) => {
    const server = new Running("dotnet", [
      ...[sample, "--listen", "127.0.0.1", "--port", "0", "--allow-loopback-peers"],
      ...names(users).flatMap((user) => ["--user", user]),
      ...(lifetime ? ["--max-lifetime", `${lifetime}`] : []),
    ]);
    const [, udpAddress, tcpAddress] = await server.said(/Ready: udp ([0-9.:]+), tcp ([0-9.:]+)/u);
    server.address = tcp ? tcpAddress : udpAddress;
    server.counters = async () => {
      const from = server.output.length;
      server.process.stdin.write("\n");
      return JSON.parse((await server.said(/^\{.*\}$/mu, from))[0]).Counters;
    };
    return server;
  },

  // The four lines that Debian's /etc/turnserver.conf holds, but for the log, which goes nowhere.
  coturn: async ({ users, lifetime, folder }) => {
    const port = await freePort();
    const server = new Running("turnserver", [
      ..."-n --no-rfc5780 --no-stun-backward-compatibility --response-origin-only-with-rfc5780 --log-file=/dev/null --no-stdout-log".split(" "),
      ..."--no-cli --lt-cred-mech --realm=parley --allow-loopback-peers --listening-ip=127.0.0.1 --relay-ip=127.0.0.1".split(" "),
      ...[`--listening-port=${port}`, `--userdb=${join(folder, "turndb")}`, `--pidfile=${join(folder, "turnserver.pid")}`],
      ...names(users).map((user) => `--user=${user}`),
      ...(lifetime ? [`--max-allocate-lifetime=${lifetime}`] : []),
    ]);
    server.address = `127.0.0.1:${port}`;
    await accepts(server, port);
    return server;
  },
};

/** Waits until it takes connections; it listens for datagrams then, too. */
async function accepts(server, port) {
  for (;;) {
    if (server.process.exitCode !== null) throw new Error(`It ended: ${server.output}`);

    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      socket.destroy();
    }
  }
}
