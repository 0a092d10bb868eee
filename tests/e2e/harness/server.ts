import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The real server, as built last, on a free port with a data folder of its own. */
export class Server {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const program = ["Release", "Debug"]
      .map((configuration) => join(root, `src/Parley.Server/bin/${configuration}/net10.0/Parley.Server.dll`))
      .filter((path) => existsSync(path))
      .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
    if (program === undefined) {
      throw new Error("Parley.Server is not built: run dotnet build first.");
    }

    const folder = await mkdtemp(join(tmpdir(), "parley-e2e-"));
    const all: Record<string, string> = { urls: "http://127.0.0.1:0", "Parley:DataFolder": folder, ...settings };
    const child = spawn("dotnet", [program, ...Object.entries(all).flatMap(([key, value]) => [`--${key}`, value])], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new Server(await readAddress(child), child, folder);
  }

  /** The link of a room; with a name, the one that skips the lobby. */
  link(room: string, name?: string): string {
    return `${this.url}/r/${room}${name === undefined ? "" : `?name=${encodeURIComponent(name)}&join=1`}`;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGTERM");
      await ended;
    }

    await rm(this.folder, { recursive: true, force: true });
  }
}

function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
      if (address !== null) {
        resolve(address[0]);
      }
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => {
      reject(new Error(`The server ended with ${String(code)} before it was ready:\n${output}`));
    });
  });
}
