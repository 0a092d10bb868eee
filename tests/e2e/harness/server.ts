import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { endWithUs } from "./leftovers.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The real server, as built last, on a free port with a data folder of its own. */
export class Server {
  private constructor(
    readonly url: string,
    private process: ChildProcess,
    private readonly folder: string,
    private readonly settings: Record<string, string>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), "parley-e2e-"));
    const all = { urls: "http://127.0.0.1:0", "Parley:DataFolder": folder, ...settings };
    const child = spawnServer(all);
    return new Server(await readAddress(child), child, folder, all);
  }

  /** Ends it as a power cut does: nobody hears a word. */
  async kill(): Promise<void> {
    await end(this.process, "SIGKILL");
  }

  /** Starts it again after {@link kill}, at the same address and with the same data folder. */
  async startAgain(): Promise<void> {
    this.process = spawnServer({ ...this.settings, urls: this.url });
    await readAddress(this.process);
  }

  /** The link of a room; with a name, the one that skips the lobby. */
  link(room: string, name?: string): string {
    return linkOf(this.url, room, name);
  }

  async stop(): Promise<void> {
    await end(this.process, "SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function linkOf(server: string, room: string, name?: string): string {
  return `${server}/r/${room}${name === undefined ? "" : `?name=${encodeURIComponent(name)}&join=1`}`;
}

/** The server as built last. */
export function serverProgram(): string {
  return programOf("src", "Parley.Server");
}

/** What was built last of the project with this name in this folder. */
export function programOf(folder: string, name: string): string {
  const program = ["Release", "Debug"]
    .map((configuration) => join(root, folder, name, `bin/${configuration}/net10.0/${name}.dll`))
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (program === undefined) {
    throw new Error(`${name} is not built: run dotnet build first.`);
  }
  return program;
}

function spawnServer(settings: Record<string, string>): ChildProcess {
  const child = spawn(
    "dotnet",
    [serverProgram(), ...Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value])],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  child.once("exit", endWithUs(child.pid ?? 0));
  return child;
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await ended;
  }
}

/** The address at which a program says that it listens. */
export function readAddress(child: ChildProcess): Promise<string> {
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
      reject(new Error(`The program ended with ${String(code)} before it was ready:\n${output}`));
    });
  });
}
