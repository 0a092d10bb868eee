import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Running } from "./processes.mjs";

const dll = fileURLToPath(new URL("../../../../samples/TurnOnly/bin/Debug/net10.0/TurnOnly.dll", import.meta.url));

/** The sample server on free ports. */
export class TurnOnly extends Running {
  static async start(settings) {
    if (!existsSync(dll)) throw new Error(`${dll} is missing: build Parley.slnx first.`);

    const server = new TurnOnly("dotnet", [dll, ...settings]);
    const [, listeners] = await server.said(/Ready: (.*)\n/u);
    server.listeners = listeners;
    return server;
  }

  /** The port of a protocol at an address as it is printed: `127.0.0.1`, `[::1]`. */
  port(protocol, address) {
    return this.listeners
      .split(", ")
      .map((listener) => listener.split(" "))
      .find(([p, at]) => p === protocol && at.startsWith(`${address}:`))[1]
      .slice(address.length + 1);
  }

  /** What the server has done so far. */
  async counters() {
    const from = this.output.length;
    this.process.stdin.write("\n");
    const [text] = await this.said(/^\{.*\}$/mu, from);
    return JSON.parse(text);
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
}
