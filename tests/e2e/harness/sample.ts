import { spawn, type ChildProcess } from "node:child_process";
import { programOf, readAddress, end } from "./server.js";

/** One of the programs below `samples/`, as built last, on a free port. */
export class Sample {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(name: string, settings: Record<string, string>): Promise<Sample> {
    const all = Object.entries({ urls: "http://127.0.0.1:0", ...settings });
    const child = spawn("dotnet", [programOf("samples", name), ...all.flatMap(([key, value]) => [`--${key}`, value])], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new Sample(await readAddress(child), child);
  }

  stop(): Promise<void> {
    return end(this.process, "SIGTERM");
  }
}
