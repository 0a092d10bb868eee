import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Running } from "../../tests/conformance/coturn/harness/processes.mjs";

const built = (project) => fileURLToPath(new URL(`../${project}/bin/Release/net10.0/${project}.dll`, import.meta.url));
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const pinned = availableParallelism() > 1;

/** Runs on the first core, or on the second: the server shares neither its core nor, as on a larger machine, its cache with the load. */
const on = (core, ...command) => (pinned ? ["taskset", "--cpu-list", `${core}`, ...command] : command);
const loadCommand = (...args) => on(0, "dotnet", built("Parley.SocketLoad"), ...args);

const commands = {
  parley: on(1, "dotnet", built("Parley.SocketBenchServer")),
  node: on(1, process.execPath, "--expose-gc", here("server.mjs")),
};
export const names = Object.keys(commands);

/** One of the servers, in a process of its own. It does the same for a line on its standard input, and ends with that, whichever it is. */
export class BenchServer {
  #running;

  static async start(name) {
    const server = new BenchServer();
    const [program, ...args] = commands[name];
    server.#running = new Running(program, args, { env: { DOTNET_ENVIRONMENT: "Production", NODE_ENV: "production" } });
    server.port = (await server.#running.said(/^Ready: (\d+)$/mu))[1];
    return server;
  }

  get pid() {
    // taskset(1) becomes the program that it starts.
    return this.#running.process.pid;
  }

  /** Bytes in memory after a full collection: resident, and what the program's own heap says. */
  async collect() {
    const from = this.#running.output.length;
    this.#running.process.stdin.write("collect\n");
    const [, heap] = await this.#running.said(/^Collected: (\d+)$/mu, from);
    const status = await readFile(`/proc/${this.pid}/status`, "utf8");
    return { resident: Number(/VmRSS:\s+(\d+) kB/u.exec(status)[1]) * 1024, heap: Number(heap) };
  }

  async stop() {
    this.#running.process.stdin.end();
    await this.#running.ended;
  }
}

/** Parley.SocketLoad against a server: what it printed at its end. */
export async function load(server, command, ...args) {
  const running = startLoad(server, command, args);
  await running.ended;
  const line = /^\{.*\}$/mu.exec(running.output)?.[0];
  if (running.process.exitCode !== 0 || !line) throw new Error(running.output.trim() || "The load has failed.");
  return JSON.parse(line);
}

/** Connections that idle: what the server holds without them and with them. */
export async function loadIdle(server, ...args) {
  const running = startLoad(server, "idle", args);
  const samples = [];
  for (const stage of ["empty", "connected"]) {
    await running.said(new RegExp(`^\\{"Stage":"${stage}"\\}$`, "mu"));
    samples.push(await server.collect());
    running.process.stdin.write("\n");
  }

  await running.ended;
  if (running.process.exitCode !== 0) throw new Error(running.output.trim());
  return samples;
}

function startLoad(server, command, args) {
  const [program, ...first] = loadCommand(command, "--port", server.port, "--pid", `${server.pid}`);
  return new Running(program, [...first, ...args]);
}
