import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { end } from "../harness/server.js";
import { eventually } from "../harness/waiting.js";
import type { Authority } from "../harness/authority.js";
import { addresses } from "./internet.js";
import type { Namespace } from "./namespace.js";

/** Who relays: our own server, or coturn, by which it is measured. */
export type RelayKind = "parley" | "coturn";

/** Who it is in this run (eng/nat-matrix.sh --turn). */
export const relayKind: RelayKind = process.env["PARLEY_NAT_TURN"] === "coturn" ? "coturn" : "parley";

/** What relays for the clients: UDP and TCP at port 3478, TLS at 443. */
export interface Relay {
  readonly version: string;
  /** What the settings of Parley.Server have to say about it. */
  readonly settings: Readonly<Record<string, string>>;
  start(): Promise<void>;
  /** As a power cut ends it. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

export async function createRelay(kind: RelayKind, place: Namespace, authority: Authority): Promise<Relay> {
  return kind === "coturn" ? Coturn.create(place, authority) : new OwnRelay();
}

const secret = "secret-of-the-lab";

class Coturn implements Relay {
  readonly settings = {
    "Parley:IceServers:0:Urls": "stun:turn.example.org:3478",
    "Parley:IceServers:1:Urls": [
      "turn:turn.example.org:3478?transport=udp",
      "turn:turn.example.org:3478?transport=tcp",
      "turns:turn.example.org:443?transport=tcp",
    ].join(","),
    "Parley:IceServers:1:Secret": secret,
  };
  private process: ChildProcess | undefined;

  private constructor(
    readonly version: string,
    private readonly place: Namespace,
    private readonly authority: Authority,
    private readonly folder: string,
  ) {}

  static async create(place: Namespace, authority: Authority): Promise<Coturn> {
    const version = (await place.run("turnserver", "--version")).trim().split(/\s/u)[0] ?? "";
    return new Coturn(`coturn ${version}`, place, authority, await mkdtemp(join(tmpdir(), "parley-coturn-")));
  }

  async start(): Promise<void> {
    const options = {
      "listening-ip": addresses.turn,
      "relay-ip": addresses.turn,
      "listening-port": 3478,
      "tls-listening-port": 443,
      "static-auth-secret": secret,
      realm: "turn.example.org",
      cert: this.authority.certificate,
      pkey: this.authority.key,
      userdb: join(this.folder, "turndb"),
      pidfile: join(this.folder, "pid"),
      "log-file": "stdout",
    };
    const switches = ["-n", "--use-auth-secret", "--no-dtls", "--no-cli", "--simple-log"];
    const settings = Object.entries(options).map(([name, value]) => `--${name}=${String(value)}`);
    this.process = this.place.spawn("turnserver", [...switches, ...settings], ["ignore", "pipe", "pipe"]);
    // Read, so that it never waits for a reader; what it prints tells nothing of when it listens.
    this.process.stdout?.resume();
    this.process.stderr?.resume();
    await this.listening();
  }

  async kill(): Promise<void> {
    if (this.process !== undefined) {
      await end(this.process, "SIGKILL");
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async listening(): Promise<void> {
    await eventually("coturn listens", async () => {
      const sockets = await this.place.run("ss", "-Hltn", "sport", "=", ":443");
      return sockets.includes(`${addresses.turn}:443`);
    });
  }
}

/** Starts and ends with the server whose part it is. */
class OwnRelay implements Relay {
  readonly version = "Parley's own";
  readonly settings = {
    "Parley:Turn:Listen": addresses.meet,
    // The documentation ranges stand for the internet here, and what is private is refused as it is there.
    "Parley:Turn:AllowedPeers": "198.51.100.0/24,203.0.113.0/24",
    "Parley:Turn:DeniedPeers": "10.0.0.0/8",
  };

  start(): Promise<void> {
    return Promise.resolve();
  }

  kill(): Promise<void> {
    return Promise.resolve();
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }
}

/** Waits until a program has printed what the pattern says, and goes on reading, so that it never waits for a reader. */
export async function heard(child: ChildProcess, pattern: RegExp): Promise<void> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr] as (Readable | null)[]) {
      if (stream !== null) {
        createInterface(stream).on("line", (line) => {
          said = `${said}${line}\n`.slice(-4_000);
          if (pattern.test(line)) resolve();
        });
      }
    }
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`It ended with ${String(code)} before it was ready:\n${said}`));
    });
  });
}
