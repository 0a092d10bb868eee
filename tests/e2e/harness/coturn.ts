import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "./waiting.js";

/** Debian's TURN server, on a free port of this machine, for UDP and TCP. */
export class Coturn {
  readonly username = "ada";
  readonly credential = "countess";

  private constructor(
    readonly host: string,
    readonly port: number,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Coturn> {
    const folder = await mkdtemp(join(tmpdir(), "parley-coturn-"));
    const host = ownAddress();
    const port = await freePort(host);
    const process = spawn(
      "turnserver",
      [
        ["-n", "--no-cli", "--no-tls", "--no-dtls", "--allow-loopback-peers", "--lt-cred-mech"],
        ["--listening-ip", host, "--relay-ip", host, "--listening-port", String(port)],
        ["--realm", "parley.test", "--user", "ada:countess"],
        ["--log-file", "stdout", "--pidfile", join(folder, "pid"), "--userdb", join(folder, "users")],
      ].flat(),
      { stdio: "ignore" },
    );
    const coturn = new Coturn(host, port, process, folder);
    await eventually("coturn listens", () => answers(host, port));
    return coturn;
  }

  url(scheme: "stun" | "turn", transport?: "udp" | "tcp"): string {
    return `${scheme}:${this.host}:${String(this.port)}${transport === undefined ? "" : `?transport=${transport}`}`;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null) {
      this.process.kill("SIGTERM");
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A port where nobody listened a moment ago. */
export async function freePort(host: string): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, host, resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

/** Browsers gather no loopback addresses, and Firefox wants none from a relay: another address of this machine, if it has one. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
