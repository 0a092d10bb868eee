import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import { clients } from "./client.mjs";

const dll = fileURLToPath(new URL("../../../../samples/ClassicCall/bin/Debug/net10.0/ClassicCall.dll", import.meta.url));

/**
 * The sample with these settings, for the tests of one describe block. Gives a function that connects somebody. What a handler
 * throws, the server logs as an error: then the tests fail at their end.
 */
export function useClassic(settings) {
  const host = { url: "", output: "" };
  const connect = clients(host);
  let child;

  beforeAll(async () => {
    if (!existsSync(dll)) {
      throw new Error(`${dll} is missing: build Parley.slnx first.`);
    }
    const all = Object.entries({ urls: "http://127.0.0.1:0", ...settings });
    child = spawn("dotnet", ["exec", dll, ...all.flatMap(([key, value]) => [`--${key}`, `${value}`])], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    await new Promise((resolve, reject) => {
      const read = (data) => {
        host.output += data;
        host.url ||= /http:\/\/127\.0\.0\.1:\d+/.exec(host.output)?.[0] ?? "";
        host.url && resolve();
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("exit", () => reject(new Error(`The sample did not start: ${host.output}`)));
    });
  });

  afterAll(async () => {
    if (child.exitCode === null) {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await exited;
    }
    if (/^(warn|fail|crit):/m.test(host.output)) {
      throw new Error(`The sample complained: ${host.output}`);
    }
  });

  return { host, arrive: () => arrive(connect) };
}

/** Somebody who has connected, and all that they have been told: `[event, ...arguments]`, in order. */
async function arrive(connect) {
  const socket = connect("/", { transports: ["websocket"] });
  const heard = [];
  const waiting = [];
  socket.onAny((...told) => {
    heard.push(told);
    waiting.splice(0).forEach((look) => look());
  });
  await new Promise((resolve) => socket.once("connect", resolve));

  return {
    socket,
    id: socket.id,
    heard,
    say: (...said) => socket.emit(...said),
    /** What this event comes with, as soon as it has come. It counts as heard then. */
    hear: async (name) => {
      for (;;) {
        const at = heard.findIndex(([event]) => event === name);
        if (at >= 0) {
          return heard.splice(at, 1)[0].slice(1);
        }
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
    /** Resolves when everything said before has been handled, and everything told by then has arrived. */
    settle: () => socket.emitWithAck("getCanvas"),
  };
}
