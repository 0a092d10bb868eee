import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parts } from "./guide.mjs";
import { Running } from "./processes.mjs";

const dll = fileURLToPath(new URL("../../../../samples/TurnOnly/bin/Debug/net10.0/TurnOnly.dll", import.meta.url));

/** The sample server, run as a part of the guide says, but on free ports. */
export class TurnOnly extends Running {
  /**
   * @param title The part of the guide.
   * @param folder Where its certificate is.
   * @param more What the guide's command does not say.
   * @param env Settings of its runtime.
   */
  static async start(title, folder, more = [], env = {}) {
    if (!existsSync(dll)) throw new Error(`${dll} is missing: build Parley.slnx first.`);

    const settings = parts.get(title).server.map((word) => (word === "3478" || word === "5349" ? "0" : word));
    const server = new TurnOnly("dotnet", [dll, ...settings, ...more], { cwd: folder, env });
    const [, listeners] = await server.said(/Ready: (.*)\n/u);
    server.listeners = listeners;
    return server;
  }

  /** The port of a protocol at an address. */
  port(protocol, address) {
    const printed = address.includes(":") ? `[${address}]` : address;
    return this.listeners
      .split(", ")
      .map((listener) => listener.split(" "))
      .find(([p, at]) => p === protocol && at.startsWith(`${printed}:`))[1]
      .slice(printed.length + 1);
  }

  /** What the server has done so far. */
  async counters() {
    const from = this.output.length;
    this.process.stdin.write("\n");
    const [text] = await this.said(/^\{.*\}$/mu, from);
    const { Counters, HostCounters, Drops } = JSON.parse(text);
    return { ...Counters, ...HostCounters, Drops };
  }

  /** Asks for the counters until they are as they should be. */
  async countersBecome(wanted, seconds = 20) {
    const deadline = performance.now() + seconds * 1000;
    for (;;) {
      const counters = await this.counters();
      if (wanted(counters)) return counters;
      if (performance.now() > deadline) throw new Error(`The counters stay ${JSON.stringify(counters)}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** How many files and sockets it has open. */
  openFiles() {
    return readdirSync(`/proc/${this.process.pid}/fd`).length;
  }

  /** How much memory of the machine it takes, in MiB. */
  residentMemory() {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${this.process.pid}/status`, "utf8"));
    return Number(kilobytes) / 1024;
  }
}
