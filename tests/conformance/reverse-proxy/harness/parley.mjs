import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const dll = fileURLToPath(new URL("../../../../src/Parley.Server/bin/Debug/net10.0/Parley.Server.dll", import.meta.url));

/** The real server on a free port, with what it says. */
export class Parley {
  output = "";

  static async start(settings = {}) {
    if (!existsSync(dll)) {
      throw new Error(`${dll} is missing: build Parley.slnx first.`);
    }

    const parley = new Parley();
    parley.folder = mkdtempSync(join(tmpdir(), "parley-proxied-"));
    const all = { urls: "http://127.0.0.1:0", "Parley:DataFolder": parley.folder, ...settings };
    parley.process = spawn("dotnet", [dll, ...Object.entries(all).flatMap(([key, value]) => [`--${key}`, value])]);
    parley.url = await new Promise((resolve, reject) => {
      const read = (chunk) => {
        parley.output += chunk;
        const address = /Parley is ready: (http:\/\/127\.0\.0\.1:\d+)/u.exec(parley.output)?.[1];
        if (address !== undefined) resolve(address);
      };
      parley.process.stdout.on("data", read);
      parley.process.stderr.on("data", read);
      parley.process.once("exit", () => reject(new Error(`The server ended: ${parley.output}`)));
    });
    return parley;
  }

  /** Waits until the server has said something. */
  async said(pattern) {
    while (!pattern.test(this.output)) {
      await new Promise((resolve) => this.process.stdout.once("data", resolve));
    }
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGTERM");
      await ended;
    }

    rmSync(this.folder, { recursive: true, force: true });
  }
}
