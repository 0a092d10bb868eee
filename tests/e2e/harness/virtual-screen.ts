import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { endWithUs } from "./leftovers.js";

/** A screen in memory, for browsers to capture: even a headless Firefox shares only what X11 can show it. */
export class VirtualScreen {
  private constructor(
    readonly display: string,
    private readonly process: ChildProcess,
    private readonly handleEnd: () => void,
  ) {}

  static async start(): Promise<VirtualScreen> {
    // Xvfb chooses a free display by itself and writes its number to the given descriptor.
    const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    const number = await new Promise<string>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => {
        reject(new Error(`Xvfb ended with ${String(code)}.`));
      });
      (child.stdio[3] as Readable).once("data", (chunk: Buffer) => {
        resolve(chunk.toString().trim());
      });
    });
    return new VirtualScreen(`:${number}`, child, endWithUs(child.pid ?? 0));
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
    this.handleEnd();
  }
}
