import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";

const dll = fileURLToPath(
  new URL("../../Parley.SocketIO.ConformanceHost/bin/Debug/net10.0/Parley.SocketIO.ConformanceHost.dll", import.meta.url),
);

/**
 * The heartbeat of the hosts. The official suites' own (300 and 200 ms) is right for a machine that has nothing else to do: set
 * PARLEY_OFFICIAL_HEARTBEAT=1 for it.
 */
export const heartbeat = process.env.PARLEY_OFFICIAL_HEARTBEAT
  ? { pingInterval: 300, pingTimeout: 200 }
  : { pingInterval: 1000, pingTimeout: 3000 };

export const clientHeartbeat = { pingInterval: 1000, pingTimeout: 4000 };

/** Runs the conformance host for the tests of one file; with null for its pings, those that the suite asks for. The port is free for both 127.0.0.1 and ::1, so "localhost" means either. */
export function useHost(suite, pings = heartbeat) {
  const host = { url: "", wsUrl: "", process: undefined, errors: "" };

  beforeAll(async () => {
    if (!existsSync(dll)) {
      throw new Error(`${dll} is missing: build Parley.slnx first.`);
    }

    host.process = spawn(
      "dotnet",
      [
        ...["exec", dll, "--suite", suite, "--port", "0"],
        ...(pings ? ["--ping-interval", `${pings.pingInterval}`, "--ping-timeout", `${pings.pingTimeout}`] : []),
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    host.process.stderr.on("data", (data) => (host.errors += data));
    for await (const line of createInterface({ input: host.process.stdout })) {
      const port = /^Listening: http:\/\/[^ ]+:(\d+)/.exec(line)?.[1];
      if (port) {
        host.url = `http://localhost:${port}`;
        host.wsUrl = `ws://localhost:${port}`;
        break;
      }
    }

    if (!host.url) {
      throw new Error(`The host did not start: ${host.errors}`);
    }

    // What the host logs, it logs to its standard output: warnings and errors only.
    host.process.stdout.on("data", (data) => (host.errors += data));
    host.process.stdout.resume();
  });

  afterAll(async () => {
    if (host.process?.exitCode === null) {
      const exited = new Promise((resolve) => host.process.once("exit", resolve));
      host.process.kill("SIGTERM");
      await exited;
    }

    if (host.errors) {
      throw new Error(`The host complained: ${host.errors}`);
    }
  });

  return host;
}
