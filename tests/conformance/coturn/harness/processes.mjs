import { spawn } from "node:child_process";
import { once } from "node:events";

// Debian keeps servers where only root's shell looks.
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Runs a program to its end: its exit code (124: it took too long) and what it said. */
export async function run(command, args, seconds = 40) {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, seconds * 1000);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  return { code: late ? 124 : code, output };
}

/** A program that goes on, and what it says. */
export class Running {
  output = "";

  constructor(command, args) {
    this.process = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    const read = (chunk) => (this.output += chunk);
    this.process.stdout.on("data", read);
    this.process.stderr.on("data", read);
    this.ended = once(this.process, "close");
  }

  /** What the pattern finds in what it has said since `from`, as soon as it has said it. */
  async said(pattern, from = 0) {
    for (;;) {
      const found = pattern.exec(this.output.slice(from));
      if (found) return found;
      await Promise.race([
        once(this.process.stdout, "data"),
        once(this.process.stderr, "data"),
        this.ended.then(() => {
          throw new Error(`It ended: ${this.output}`);
        }),
      ]);
    }
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill("SIGTERM");
    await this.ended;
  }
}
