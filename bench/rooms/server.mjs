import { spawn } from "node:child_process";
import { readFile, readdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { collectAllGarbage } from "./collection.mjs";

const program = fileURLToPath(new URL("../../src/Parley.Server/bin/Release/net10.0/Parley.Server.dll", import.meta.url));

/** The server as built for release, on a free port of 127.0.0.1, and what it costs. */
export class Server {
  #child;
  #folder;
  #ended;

  static async start() {
    const server = new Server();
    server.#folder = await mkdtemp(join(tmpdir(), "parley-bench-"));
    server.#child = spawn(
      "dotnet",
      // Every client says where it comes from, as behind a proxy: one address may have a thousand connections only, and not join too often.
      [
        program,
        ...["--urls", "http://127.0.0.1:0"],
        ...["--Parley:DataFolder", server.#folder],
        ...["--Parley:Proxies", "loopback"],
        ...["--Logging:LogLevel:Default", "Warning"],
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    server.#ended = new Promise((resolve) => server.#child.once("exit", resolve));
    const lines = createInterface({ input: server.#child.stdout });
    server.url = await new Promise((resolve, reject) => {
      lines.on("line", (line) => {
        const address = /Parley is ready: (http:\S+)/.exec(line)?.[1];
        address ? resolve(address) : console.log(`server: ${line}`);
      });
      server.#child.once("exit", (code) => reject(new Error(`The server ended with ${code} before it was ready.`)));
    });
    return server;
  }

  /** What the server says of itself and the system says of it, now. */
  async sample() {
    const { pid } = this.#child;
    const [text, status, descriptors] = await Promise.all([
      fetch(`${this.url}/metrics`).then((response) => response.text()),
      readFile(`/proc/${pid}/status`, "utf8"),
      readdir(`/proc/${pid}/fd`),
    ]);
    const metrics = parse(text);
    const sum = (name, ...labels) =>
      metrics
        .filter((m) => m.name === name && labels.every((l) => m.labels.includes(l)))
        .reduce((total, m) => total + m.value, 0);
    return {
      rss: Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) * 1024,
      threads: Number(/Threads:\s+(\d+)/.exec(status)[1]),
      descriptors: descriptors.length,
      heap: sum("dotnet_gc_last_collection_heap_size_bytes"),
      allocated: sum("dotnet_gc_heap_total_allocated_bytes_total"),
      cpu: sum("dotnet_process_cpu_time_seconds_total"),
      rooms: sum("parley_rooms"),
      participants: sum("parley_participants"),
      away: sum("parley_participants_away"),
      connections: sum("socketio_server_connections"),
      polling: sum("socketio_server_connections", 'socketio_transport="polling"'),
      queued: sum("socketio_server_outbound_queued_bytes"),
      admitted: sum("parley_joins_total", 'answer="admitted"'),
      returned: sum("parley_joins_total", 'answer="returned"'),
      joins: sum("parley_joins_total"),
      delivered: sum("parley_relayed_messages_total", 'outcome="delivered"'),
      relays: sum("parley_relayed_messages_total"),
      received: sum("socketio_server_packets_total", 'network_io_direction="receive"'),
      sent: sum("socketio_server_packets_total", 'network_io_direction="transmit"'),
    };
  }

  collectAllGarbage() {
    return collectAllGarbage(this.#child.pid);
  }

  async stop() {
    this.#child.kill("SIGTERM");
    await this.#ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Prometheus' text format, as far as sums need it. */
function parse(text) {
  return text
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => {
      const [, name, labels = "", value] = /^([^{ ]+)(?:\{(.*)\})? (\S+)$/.exec(line);
      return { name, labels, value: Number(value) };
    });
}
