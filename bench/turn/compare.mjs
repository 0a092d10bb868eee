import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runLoad } from "./load.mjs";
import { headings, machineLine, median, mega, row, spread } from "./report.mjs";
import { servers } from "./servers.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    flows: { type: "string", default: "10,500" },
    seconds: { type: "string", default: "10" },
    servers: { type: "string", default: "parley,coturn" },
    tcp: { type: "boolean", default: false },
  },
});
// A machine that had something else to do loses packets with every server: such a run says nothing, and is made again.
const tries = 3;
const users = 10;
const names = values.servers.split(",");
const problems = [];
const folder = await mkdtemp(join(tmpdir(), "parley-bench-"));

console.log(`${machineLine()}\n${values.rounds} rounds of ${values.seconds} s over ${values.tcp ? "TCP" : "UDP"}\n`);
console.log("round flows server   µs/packet  idle/s  switches/packet  RSS MB  threads  ms there and back  lost      late ms  load s  others s");
const results = [];
for (let round = 1; round <= Number(values.rounds); round++) {
  for (const flows of values.flows.split(",")) {
    for (const name of names) {
      await measure(round, flows, name);
    }
  }
}

await rm(folder, { recursive: true, force: true });
console.log(`\n${summary()}`);
problems.forEach((problem) => console.error(problem));
process.exit(problems.length === 0 ? 0 : 1);

/** One server, one load. A new process each time, so that nothing is left of what came before. */
async function measure(round, flows, name) {
  let wrong = [];
  for (let i = 0; i < tries; i++) {
    const server = await servers[name]({ users, folder, tcp: values.tcp });
    let result;
    try {
      const args = ["--users", `${users}`, "--flows", flows, "--seconds", values.seconds, ...(values.tcp ? ["--tcp"] : [])];
      await runLoad("relay", server, args, (line) => (result = line));
    } finally {
      await server.stop();
    }

    if (result) print(round, name, result);
    wrong = result?.Problems ?? ["The load has failed."];
    if (wrong.length === 0) {
      results.push({ name, ...result });
      return;
    }

    console.log(`      ${wrong.join(" ")} It does not count.`);
  }

  problems.push(`Round ${round}, ${flows} flows through ${name}, ${tries} times: ${wrong.join(" ")}`);
}

function print(round, name, r) {
  const cells = [
    [round, 5],
    [r.Flows, 5],
    [name, -8],
    [r.MicrosecondsPerPacket.toFixed(1), 9],
    [r.IdleSecondsPerSecond.toFixed(3), 7],
    [r.ContextSwitchesPerPacket.toFixed(1), 16],
    [mega(r.ResidentBytes), 7],
    [r.Threads, 8],
    [`${r.RoundTripMedian?.toFixed(2)}, 99 %: ${r.RoundTrip99?.toFixed(1)}`, -18],
    [`${r.Lost}/${r.Sent}`, -9],
    [r.SentTooLateBy.toFixed(0), 7],
    [r.LoadSeconds.toFixed(1), 7],
    [r.OtherSeconds.toFixed(1), 9],
  ];
  console.log(cells.map(([value, width]) => (width < 0 ? String(value).padEnd(-width) : String(value).padStart(width))).join(" "));
}

/** The medians, and from the least to the most of all rounds. */
function summary() {
  const lines = [
    headings("flows", "server", "µs of processor per packet", "without what it needs idle", "switches per packet", "RSS, MB", "there and back, ms", "in 99 of 100"),
  ];
  for (const flows of values.flows.split(",").map(Number)) {
    const of = (name) => results.filter((r) => r.Flows === flows && r.name === name);
    const all = (name, value) => of(name).map(value);
    for (const name of names.filter((each) => of(each).length > 0)) {
      lines.push(
        row(
          flows,
          name,
          spread(all(name, (r) => r.MicrosecondsPerPacket)),
          spread(all(name, (r) => r.MicrosecondsPerPacketWithoutIdle)),
          median(all(name, (r) => r.ContextSwitchesPerPacket)).toFixed(1),
          mega(median(all(name, (r) => r.ResidentBytes))),
          median(all(name, (r) => r.RoundTripMedian)).toFixed(2),
          median(all(name, (r) => r.RoundTrip99)).toFixed(1),
        ),
      );
    }

    const [ours, theirs] = names.map((name) => median(all(name, (r) => r.MicrosecondsPerPacket)));
    if (ours && theirs) lines.push(`\n${flows} flows: ${names[0]} needs ${(ours / theirs).toFixed(2)} times what ${names[1]} needs.\n`);
  }

  return lines.join("\n");
}
