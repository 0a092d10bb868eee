import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";

const said = (command, ...args) => execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();

/** What was measured, and where. */
export function machineLine() {
  const coturn = said("dpkg-query", "--showformat=${Version}", "--show", "coturn");
  const runtime = said("dotnet", "--list-runtimes").match(/Microsoft\.NETCore\.App (10\.\S+)/gu).at(-1).split(" ")[1];
  return (
    `coturn ${coturn}, .NET ${runtime}, node ${process.version}, Linux ${release()}, ${cpus().length} × ${cpus()[0].model.trim()}, ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0].toFixed(1)} at the start`
  );
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

/** `12.3 (11.9 to 13.0)` */
export const spread = (values, digits = 1) =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;

export const mega = (bytes) => (bytes / 1e6).toFixed(0);

/** Lines of a table in Markdown, all columns but the first to the right. */
export const headings = (...cells) => `| ${cells.join(" | ")} |\n| --- |${" ---: |".repeat(cells.length - 1)}`;
export const row = (...cells) => `| ${cells.join(" | ")} |`;
