// Clients that connect, join, talk and die, most without goodbye, round after round. After each round nobody may be left, and the
// server's memory, after collection, must be what it was. Started by eng/soak-socketio.sh.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const minutes = Number(process.env.PARLEY_SOAK_MINUTES ?? 30);
const population = Number(process.env.PARLEY_SOAK_CLIENTS ?? 2000);
const [dll] = process.argv.slice(2);

const roundMs = Math.min(60_000, (minutes * 60_000) / 6);
const rounds = Math.max(4, Math.round((minutes * 60_000) / roundMs));
const leaveMs = 60_000;
const rooms = 200;
const mebibyte = 1024 * 1024;

// The first rounds compile code and fill pools: memory is compared with that after the second.
const warmRounds = 2;
const allowed = {
  heapBytes: (warm) => warm * 1.1 + 4 * mebibyte,
  residentBytes: (warm) => warm * 1.25 + 32 * mebibyte,
};

const ways = [["websocket"], ["websocket"], ["polling"], ["polling", "websocket"]];
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const counts = { connected: 0, acknowledged: 0, heard: 0, goodbyes: 0, deaths: 0, lost: 0, refused: 0 };

const host = spawn(
  "dotnet",
  ["exec", dll, "--suite", "soak", "--port", "0", "--ping-interval", "5000", "--ping-timeout", "10000"],
  { stdio: ["ignore", "pipe", "inherit"] },
);
process.once("exit", () => host.kill());
const url = await new Promise((resolve, reject) => {
  host.once("exit", (code) => reject(new Error(`The host ended with ${code}.`)));
  createInterface({ input: host.stdout }).on("line", (line) => {
    const port = /^Listening: http:\/\/[^ ]+:(\d+)/.exec(line)?.[1];
    port ? resolve(`http://127.0.0.1:${port}`) : console.log(`host: ${line}`);
  });
});

const state = async (collect) => (await fetch(`${url}/state${collect ? "?collect" : ""}`)).json();

/** Never heard of again, as when a battery is empty: nothing more is sent, by any transport. */
function dieWithoutGoodbye(socket) {
  const transport = socket.io.engine?.transport;
  if (!transport) {
    return;
  }
  if (transport.ws) {
    transport.ws.terminate();
  } else {
    transport.doPoll = () => {};
    transport.doWrite = () => {};
    // Otherwise each of its timers and its open poll would keep this client in memory.
    socket.io.engine.close();
  }
}

/** One life; ends by itself, or when the round does. */
async function live(time) {
  const socket = io(url, { forceNew: true, reconnection: false, transports: pick(ways) });
  const room = `room ${Math.floor(Math.random() * rooms)}`;
  let over = false;
  const gone = new Promise((resolve) => {
    socket.once("connect_error", () => {
      counts.refused++;
      resolve();
    });
    socket.once("disconnect", (reason) => {
      counts.lost += over ? 0 : 1;
      resolve(reason);
    });
  });
  const end = Date.now() + 2000 + Math.random() * 20_000;
  socket.on("said", () => counts.heard++);
  const talk = async () => {
    await new Promise((resolve) => socket.once("connect", resolve));
    counts.connected++;
    await socket.emitWithAck("join", room);
    while (Date.now() < end && socket.connected && !time.isUp) {
      await socket.emitWithAck("say", room, "x".repeat(Math.floor(Math.random() * 400)));
      counts.acknowledged++;
      await Promise.race([wait(500 + Math.random() * 2500), time.up]);
    }
  };
  await Promise.race([talk(), gone, time.up]);
  over = true;
  if (Math.random() < 0.3 && socket.connected) {
    counts.goodbyes++;
    socket.disconnect();
  } else {
    counts.deaths++;
    dieWithoutGoodbye(socket);
  }
}

async function round() {
  const time = { isUp: false };
  time.up = new Promise((resolve) => (time.end = resolve));
  const lives = Array.from({ length: population }, async (_, i) => {
    await wait((i / population) * Math.min(5000, roundMs / 3));
    while (!time.isUp) {
      await live(time);
    }
  });
  await wait(roundMs);
  const busy = await state(false);
  time.isUp = true;
  time.end();
  await Promise.all(lives);
  const begun = Date.now();
  while ((await state(false)).sessions > 0 && Date.now() - begun < leaveMs) {
    await wait(500);
  }
  return { busy, left: await state(true), took: Date.now() - begun };
}

const inMebibytes = (bytes) => (bytes / mebibyte).toFixed(1).padStart(8);
console.log(`${population} clients, ${rounds} rounds of ${roundMs / 1000} s`);
console.log("round  sessions  resident MiB | after: sessions  sockets  heap MiB  resident MiB  gone after s");
const after = [];
const failures = [];
for (let i = 1; i <= rounds; i++) {
  const { busy, left, took } = await round();
  after.push(left);
  console.log(
    `${`${i}`.padStart(5)}  ${`${busy.sessions}`.padStart(8)}  ${inMebibytes(busy.residentBytes).padStart(12)} |` +
      ` ${`${left.sessions}`.padStart(15)}  ${`${left.sockets}`.padStart(7)}  ${inMebibytes(left.heapBytes)}` +
      `  ${inMebibytes(left.residentBytes).padStart(12)}  ${(took / 1000).toFixed(1).padStart(12)}`,
  );
  if (left.sessions + left.sockets + left.addresses > 0) {
    failures.push(`After round ${i}, ${left.sessions} sessions and ${left.sockets} sockets were left.`);
  }
  if (busy.sessions < population / 2) {
    failures.push(`In round ${i} only ${busy.sessions} of ${population} clients were there.`);
  }
}

for (const [name, bound] of Object.entries(allowed)) {
  const [warm, last] = [after[warmRounds - 1][name], after.at(-1)[name]];
  if (last > bound(warm)) {
    failures.push(`${name} grew from ${inMebibytes(warm).trim()} to ${inMebibytes(last).trim()} MiB.`);
  }
}

console.log(JSON.stringify(counts));
failures.forEach((failure) => console.error(failure));
console.log(failures.length > 0 ? "FAILED" : "flat: nothing was left behind");
host.removeAllListeners("exit");
host.kill("SIGTERM");
process.exit(failures.length > 0 ? 1 : 0);
