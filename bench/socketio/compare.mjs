import { parseArgs } from "node:util";
import { compare, headings, machineLine, median } from "./report.mjs";
import { BenchServer, load, loadIdle, names } from "./servers.mjs";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    only: { type: "string" },
  },
});
const size = values.quick
  ? { rounds: 1, warmUp: 3, seconds: 3, first: 500, storm: 1000, idle: 2000 }
  : { rounds: 3, warmUp: 8, seconds: 10, first: 3000, storm: 5000, idle: 10_000 };
const rounds = Number(values.rounds ?? size.rounds);
const time = ["--warm-up", `${size.warmUp}`, "--seconds", `${size.seconds}`];

// At most so much of Node's: what a message, a delivery, a connection may cost.
const messages = [
  { key: "echo", what: "acknowledged echo, 100 bytes of text", goal: 0.5, args: ["echo", "--size", "100", ...time] },
  { key: "bytes", what: "acknowledged echo, 10,000 bytes", goal: 0.5, args: ["echo", "--size", "10000", "--binary", ...time] },
  { key: "broadcast", what: "delivery to a room of 100", goal: 0.33, perMessage: 100, args: ["broadcast", "--size", "100", "--window", "4", ...time] },
];
const storm = { key: "storm", what: "connect, join, leave", goal: 0.5 };
const idle = { key: "idle", what: "idle connection", goal: 0.5 };
const isWanted = ({ key }) => !values.only || values.only.split(",").includes(key);

const results = {};
const problems = [];
console.log(`${machineLine()}\n${rounds} rounds\n`);

// First as fast as it goes, which also tells Node's saturation; then at half of that.
for (let round = 1; round <= rounds; round++) {
  for (const each of messages.filter(isWanted)) {
    await forBoth(round, each.key, (server) => load(server, ...each.args));
  }

  if (isWanted(storm)) {
    await forBoth(round, "storm", (server) =>
      load(server, "storm", "--connections", `${size.storm}`, "--first", `${size.first}`, "--window", "50"),
    );
  }

  if (isWanted(idle)) {
    await forBoth(round, "idle", async (server) => {
      const [before, after] = await loadIdle(server, "--connections", `${size.idle}`);
      const each = (name) => (after[name] - before[name]) / size.idle;
      return { Resident: each("resident"), Heap: each("heap"), Empty: before.resident };
    });
  }
}

for (let round = 1; round <= rounds; round++) {
  for (const each of messages.filter(isWanted)) {
    const saturation = of("node", each.key, "PerSecond");
    if (saturation.length > 0) {
      const rate = Math.floor(median(saturation) / (each.perMessage ?? 1) / 2);
      await forBoth(round, `${each.key}-half`, (server) => load(server, ...each.args, "--rate", `${rate}`));
    }
  }
}

console.log(`\n${summary()}`);
problems.forEach((problem) => console.error(problem));
process.exit(problems.length === 0 ? 0 : 1);

/** One after the other, and by turns first, each time in a new process: nothing is left of what came before. */
async function forBoth(round, key, measure) {
  for (const name of round % 2 === 1 ? names : names.toReversed()) {
    const server = await BenchServer.start(name);
    try {
      const result = await measure(server);
      ((results[name] ??= {})[key] ??= []).push(result);
      console.log(round, key.padEnd(14), name.padEnd(7), line(result));
    } catch (error) {
      problems.push(`Round ${round}, ${key}, ${name}: ${error.message}`);
      console.log(round, key.padEnd(14), name.padEnd(7), error.message);
    } finally {
      await server.stop();
    }
  }
}

function line(result) {
  if (result.Resident !== undefined) {
    return `${kibi(result.Resident)} KiB resident, ${kibi(result.Heap)} KiB of heap each; ${(result.Empty / 2 ** 20).toFixed(0)} MiB without`;
  }

  const latency = result.Median ? `, ${result.Median.toFixed(2)} ms, 99 %: ${result.Of99.toFixed(2)} ms` : "";
  return (
    `${result.CpuMicroseconds.toFixed(2)} µs, ${result.PerSecond.toFixed(0)} a second${latency}, ` +
    `server ${result.ServerBusy.toFixed(2)}, load ${result.LoadBusy.toFixed(2)} of a core`
  );
}

function kibi(bytes) {
  return (bytes / 1024).toFixed(1);
}

function of(name, key, value) {
  return (results[name]?.[key] ?? []).map((each) => each[value]);
}

/** The medians, and from the least to the most of all rounds. */
function summary() {
  const lines = [headings("", "unit", "Parley", "Node", "ratio", "goal", "")];
  const add = (what, unit, digits, key, value, goal, scale = 1) => {
    const both = Object.fromEntries(names.map((name) => [name, of(name, key, value).map((each) => each * scale)]));
    if (names.every((name) => both[name].length > 0)) lines.push(compare(what, unit, digits, both, goal));
  };
  for (const each of messages) {
    add(each.what, "µs of processor", 2, each.key, "CpuMicroseconds", each.goal);
  }

  add(storm.what, "µs of processor", 0, "storm", "CpuMicroseconds", storm.goal);
  add(idle.what, "KiB resident", 1, "idle", "Resident", idle.goal, 1 / 1024);
  add("", "KiB of heap", 1, "idle", "Heap", undefined, 1 / 1024);
  for (const each of messages) {
    add(`${each.what}, as fast as it goes`, "a second", 0, each.key, "PerSecond");
  }

  for (const each of messages) {
    add(`${each.what}, at half of Node's saturation`, "µs of processor", 2, `${each.key}-half`, "CpuMicroseconds");
    add("", "ms in the median", 2, `${each.key}-half`, "Median");
    add("", "ms in 99 of 100", 2, `${each.key}-half`, "Of99");
  }

  return lines.join("\n");
}
