import { cpus, release } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { Participant } from "./participant.mjs";
import { printFigures, row, headings } from "./report.mjs";
import { Server } from "./server.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    rooms: { type: "string", default: "500" },
    people: { type: "string", default: "4" },
    stay: { type: "string", default: "60" },
  },
});
const minutes = Number(values.minutes);
const grace = 30_000;

/** What every participant shares: the clock, the counters and the verdict. */
const world = {
  url: "",
  settling: false,
  rampUp: Math.min(60_000, minutes * 60_000 * 0.2),
  meanStay: Number(values.stay) * 1000,
  patience: 30_000,
  counts: new Map(),
  times: { join: [], request: [] },
  problems: [],
  ends: new Set(),

  count(what) {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  },
  time(what, milliseconds) {
    this.times[what].push(milliseconds);
  },
  wrong(what) {
    this.problems.push(what);
    if (this.problems.length <= 10) {
      console.error(`wrong: ${what}`);
    }
  },

  /** Ends early when the world does. */
  sleep(milliseconds) {
    if (this.settling) {
      return Promise.resolve();
    }

    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.ends.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.ends.add(end);
    });
  },
  settle() {
    this.settling = true;
    [...this.ends].forEach((end) => end());
  },
};

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const server = await Server.start();
world.url = server.url;
await server.collectAllGarbage();
const idle = await server.sample();
console.log(
  `${values.rooms} rooms of ${values.people}, ${minutes} min, node ${process.version}, Linux ${release()}, ` +
    `${cpus().length} × ${cpus()[0].model.trim()}\n`,
);
console.log(headings());
console.log(row("idle", idle, idle, 0));

const begun = performance.now();
const lag = monitorEventLoopDelay({ resolution: 20 });
lag.enable();
const people = Array.from(
  { length: Number(values.rooms) * Number(values.people) },
  (_, i) => new Participant(world, `room-${i % Number(values.rooms)}`, i),
);
const lives = people.map((person) => person.live().catch((error) => world.wrong(`a life ended early: ${error.message}`)));

let before = idle;
let last = begun;
const step = Math.min(60_000, (minutes * 60_000) / 5);
const rows = [];
while (performance.now() - begun < minutes * 60_000 - 500) {
  await wait(begun + (rows.length + 1) * step - performance.now());
  const now = performance.now();
  const sample = await server.sample();
  rows.push(sample);
  console.log(row(`${((now - begun) / 60_000).toFixed(1)} min`, sample, before, (now - last) / 1000));
  [before, last] = [sample, now];
}

// Everyone comes back, and then knows everyone who is there: nobody has heard of anything else than what happened.
world.settle();
await Promise.all(lives);
const agreed = await until(grace + 15_000, () => roomsThatAgree() === Number(values.rooms));
console.log(`\nAt the end ${roomsThatAgree()} of ${values.rooms} rooms know exactly who is in them.`);
if (!agreed) {
  world.wrong("somebody does not know who is in the room");
}

// Collected, the heap holds what is in use and nothing else.
const busy = await server.sample();
await server.collectAllGarbage();
const full = await server.sample();
console.log(row("all there", full, busy, 0));
await Promise.all(people.map((person) => person.end()));
const empty = await until(grace + 30_000, async () => {
  const { rooms, participants, away, connections } = await server.sample();
  return rooms + participants + away + connections === 0;
});
await server.collectAllGarbage();
const left = await server.sample();
console.log(row("all gone", left, busy, 0));
if (!empty) {
  world.wrong(
    `left behind: ${left.rooms} rooms, ${left.participants} participants, ${left.away} away, ${left.connections} connections`,
  );
}

// Buffers that are kept for the next ones make up about ten megabytes, however long the run.
if (left.heap - idle.heap > 20e6) {
  world.wrong(`${Math.round((left.heap - idle.heap) / 1e6)} MB of the heap are still in use`);
}

lag.disable();
printFigures({ world, idle, busy, full, left, seconds: (last - begun) / 1000, lag });
await server.stop();
process.exit(world.problems.length === 0 ? 0 : 1);

function roomsThatAgree() {
  const rooms = Array.from({ length: Number(values.rooms) }, () => []);
  people.forEach((person, i) => rooms[i % rooms.length].push(person));
  const key = (ids) => ids.sort().join();
  return rooms.filter((inRoom) =>
    inRoom.every(
      (person) =>
        person.others.every((other) => !other.away) &&
        key([person.id, ...person.others.map((other) => other.id)]) === key(inRoom.map((other) => other.id)),
    ),
  ).length;
}

async function until(patience, condition) {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    if (await condition()) {
      return true;
    }

    await wait(1000);
  }

  return condition();
}
