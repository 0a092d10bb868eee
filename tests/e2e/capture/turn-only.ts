import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { end } from "../harness/server.js";

const program = fileURLToPath(new URL("../../../samples/TurnOnly/bin/Debug/net10.0/TurnOnly.dll", import.meta.url));

/** The sample server at one address, on free ports. What signs its nonces is known, so that they can be checked later. */
export class TurnOnly {
  static readonly realm = "parley";
  static readonly user = "alice";
  static readonly password = "wonderland";

  private constructor(
    readonly ports: { udp: number; tcp: number },
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(host: string): Promise<TurnOnly> {
    const folder = await mkdtemp(join(tmpdir(), "parley-capture-"));
    const nonceKey = join(folder, "nonce.key");
    await writeFile(nonceKey, new Uint8Array(32));
    const settings = [
      "--listen",
      host,
      "--port",
      "0",
      "--allow",
      host,
      "--nonce-key",
      nonceKey,
      "--realm",
      TurnOnly.realm,
    ];
    const child = spawn("dotnet", [program, ...settings, "--user", `${TurnOnly.user}:${TurnOnly.password}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    while (!said.includes("Ready: ")) {
      said += String(
        await Promise.race([
          once(child.stdout, "data"),
          once(child, "exit").then(() => Promise.reject(new Error(said))),
        ]),
      );
    }
    const port = (protocol: string): number => Number(new RegExp(`${protocol} [^,\\n]*:(\\d+)`, "u").exec(said)?.[1]);
    return new TurnOnly({ udp: port("udp"), tcp: port("tcp") }, child, folder);
  }

  async stop(): Promise<void> {
    await end(this.process, "SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }
}
