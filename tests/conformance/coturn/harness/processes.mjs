import { spawn } from "node:child_process";
import { once } from "node:events";

// Debian keeps servers where only root's shell looks.
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Runs a program to its end: its exit code (124: it took too long) and what it said. */
export async function run(command, args, { seconds = 40, cwd } = {}) {
  const child = spawn(command, args, { env: environment, cwd, stdio: ["ignore", "pipe", "pipe"] });
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
  #waiting = [];
  #hasEnded = false;

  constructor(command, args, { cwd, env } = {}) {
    this.process = spawn(command, args, { env: { ...environment, ...env }, cwd, stdio: ["pipe", "pipe", "pipe"] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on("data", (chunk) => {
        this.output += chunk;
        this.#wake();
      });
    }
    this.ended = once(this.process, "close").then(() => {
      this.#hasEnded = true;
      this.#wake();
    });
  }

  /** What the pattern finds in what it has said since `from`, as soon as it has said it. */
  async said(pattern, from = 0) {
    for (;;) {
      const found = pattern.exec(this.output.slice(from));
      if (found) return found;
      if (this.#hasEnded) throw new Error(`It ended: ${this.output}`);
      await new Promise((resolve) => this.#waiting.push(resolve));
    }
  }

  async stop() {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill("SIGTERM");
    await this.ended;
  }

  #wake() {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
