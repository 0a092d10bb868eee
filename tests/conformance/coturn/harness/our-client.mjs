import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Running } from "./processes.mjs";

const dll = fileURLToPath(
  new URL("../../Parley.Net.ConformanceClient/bin/Debug/net10.0/Parley.Net.ConformanceClient.dll", import.meta.url),
);

/** Our TURN client; one process does all that it is asked, one after another. */
export class OurClient extends Running {
  #asked = 0;

  constructor() {
    if (!existsSync(dll)) throw new Error(`${dll} is missing: build Parley.slnx first.`);
    super("dotnet", [dll]);
  }

  /** How many datagrams came back of `count`, in indications and on channels, or why not all. */
  async exchange(assignment) {
    const answer = new RegExp(`^(?:.*\\n){${this.#asked}}(.*)\\n`, "u");
    this.#asked += 1;
    this.process.stdin.write(`${JSON.stringify(assignment)}\n`);
    const [, line] = await this.said(answer);
    return JSON.parse(line);
  }
}
