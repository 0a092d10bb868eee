import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";

/**
 * Runs a program of ours, a .dll or a native one, on a free port and with these settings, for the tests of one file or describe block.
 * What a handler throws, it logs as an error: then the tests fail at their end.
 */
export function useProgram(file, settings = {}) {
  const host = { url: "", output: "" };
  let child;

  beforeAll(async () => {
    if (!existsSync(file)) {
      throw new Error(`${file} is missing: build Parley.slnx first.`);
    }
    const all = Object.entries({ urls: "http://127.0.0.1:0", ...settings });
    const args = all.flatMap(([key, value]) => [`--${key}`, `${value}`]);
    const stdio = ["ignore", "pipe", "pipe"];
    child = file.endsWith(".dll") ? spawn("dotnet", ["exec", file, ...args], { stdio }) : spawn(file, args, { stdio });
    await new Promise((resolve, reject) => {
      const read = (data) => {
        host.output += data;
        host.url ||= /http:\/\/127\.0\.0\.1:\d+/.exec(host.output)?.[0] ?? "";
        host.url && resolve();
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("exit", () => reject(new Error(`The program did not start: ${host.output}`)));
    });
  });

  afterAll(async () => {
    if (child?.exitCode === null) {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await exited;
    }
    if (/^(warn|fail|crit):/m.test(host.output)) {
      throw new Error(`The program complained: ${host.output}`);
    }
  });

  return host;
}
