import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { cpus, loadavg, release, totalmem } from "node:os";
import { median, row, spread } from "../turn/report.mjs";

export { headings, median, row, spread } from "../turn/report.mjs";

const require = createRequire(import.meta.url);
const version = (name) => `${name} ${require(`${name}/package.json`).version}`;

/** What was measured, and where. */
export function machineLine() {
  const runtime = execFileSync("dotnet", ["--list-runtimes"], { encoding: "utf8" }).match(/Microsoft\.AspNetCore\.App (10\.\S+)/gu).at(-1).split(" ")[1];
  return (
    `${["socket.io", "ws", "bufferutil"].map(version).join(", ")}, Node.js ${process.version}, .NET ${runtime}, Linux ${release()}, ` +
    `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0].toFixed(1)} at the start`
  );
}

/** One line of the table: what both cost, and whether the goal is reached. */
export function compare(what, unit, digits, values, goal) {
  const ratio = median(values.parley) / median(values.node);
  const verdict = goal === undefined ? "" : ratio <= goal ? "reached" : "**missed**";
  return row(what, unit, spread(values.parley, digits), spread(values.node, digits), ratio.toFixed(2), goal ?? "", verdict);
}
