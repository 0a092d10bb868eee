import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { collectAllGarbage } from "../rooms/collection.mjs";
import { runLoad } from "./load.mjs";
import { headings, machineLine, mega, row } from "./report.mjs";
import { servers } from "./servers.mjs";

const { values } = parseArgs({
  options: {
    allocations: { type: "string", default: "10000" },
    seconds: { type: "string", default: "75" },
    server: { type: "string", default: "parley" },
  },
});
const allocations = Number(values.allocations);
// An allocation that lasts a minute is refreshed every half minute.
const lifetime = 60;
// Our server gives each user 100, by default; so it needs no setting at all to hold as many as this.
const users = Math.ceil(allocations / 100);
const problems = [];
const require = (holds, otherwise) => holds || problems.push(otherwise);

const folder = await mkdtemp(join(tmpdir(), "parley-bench-"));
const server = await servers[values.server]({ users, lifetime, folder });
console.log(`${machineLine()}\n${allocations} allocations of ${lifetime} s on ${values.server}\n`);
console.log(headings("", "after", "allocations", "requests", "RSS, MB", "sockets", "processor, s"));
try {
  // What a runtime loads and compiles when it is first used is not for the allocations that come later.
  await hold("few: ", 100, 0);
  const first = await hold("", allocations, Number(values.seconds));
  const firstLeft = await collected("");
  // Once more for a moment: whatever the first ones have left behind, the second ones would add to it.
  await hold("again: ", allocations, 5);
  const secondLeft = await collected("again: ");

  const of = (phase) => first.find((line) => line.Phase === phase);
  const perAllocation = (of("relayed").ResidentBytes - of("before").ResidentBytes) / allocations;
  const last = first.findLast((line) => line.Phase === "held");
  const refreshes = (last.Requests - of("relayed").Requests) / allocations;
  console.log(`\n${(perAllocation / 1e3).toFixed(1)} kB for each allocation; each was refreshed ${refreshes.toFixed(1)} times`);
  require(refreshes >= 2, "The allocations were not held for more than one refresh.");
  // A runtime collects the garbage of ten thousand refreshes when it is worth while.
  require(last.ResidentBytes < 1.15 * of("relayed").ResidentBytes, "Memory grows while nothing happens but refreshes.");
  require(secondLeft < 1.1 * firstLeft, "Memory grows when allocations are made again.");
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

problems.forEach((problem) => console.error(problem));
console.log(problems.length === 0 ? "\nNothing was wrong, nothing is left behind." : `\n${problems.length} things were wrong.`);
process.exit(problems.length === 0 ? 0 : 1);

/** What is in use still. */
async function collected(prefix) {
  const { pid } = server.process;
  if (values.server === "parley") await collectAllGarbage(pid);
  const bytes = Number(/VmRSS:\s+(\d+) kB/u.exec(await readFile(`/proc/${pid}/status`, "utf8"))[1]) * 1024;
  console.log(row(`${prefix}garbage collected`, "", 0, "", mega(bytes), "", ""));
  return bytes;
}

async function hold(prefix, allocations, seconds) {
  const lines = [];
  const args = ["--users", `${users}`, "--allocations", `${allocations}`, "--seconds", `${seconds}`, "--size", "200"];
  const code = await runLoad("hold", server, args, async (line) => {
    if (line.Phase === "end") {
      problems.push(...line.Problems);
      console.log(`\n${line.Sent} packets went there and back, ${line.Lost} were lost, ${line.Duplicated} came twice, ${line.Corrupted} were changed.\n`);
      return;
    }

    lines.push(line);
    print(prefix, line);
    // After these two nothing changes for a while.
    const there = ["made", "held"].includes(line.Phase) ? await server.counters?.() : undefined;
    require(!there || there.Allocations === line.Allocations, `${line.Phase}: the server counts ${there?.Allocations}, the clients ${line.Allocations}.`);
  });
  if (lines.at(-1)?.Phase !== "given back") throw new Error(`The load ended with ${code}.`);

  const [before, after] = [lines[0], lines.at(-1)];
  require(lines.find((line) => line.Phase === "made")?.Allocations === allocations, "They could not be made.");
  require(after.Allocations === 0, "They could not be given back.");
  require(after.Sockets === before.Sockets, `There were ${before.Sockets} sockets before, and there are ${after.Sockets} now.`);
  const there = await server.counters?.();
  require(!there || there.Allocations === 0, `${there?.Allocations} allocations are left on the server.`);
  return lines;
}

function print(prefix, line) {
  console.log(
    row(
      prefix + line.Phase,
      `${line.Seconds.toFixed(1)} s`,
      line.Allocations,
      line.Requests,
      mega(line.ResidentBytes),
      line.Sockets,
      line.ProcessorSeconds.toFixed(1),
    ),
  );
}
