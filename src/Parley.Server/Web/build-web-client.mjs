// Builds the web client: node build-web-client.mjs <web folder> <file that lists its sources>
//
// Several builds may ask at the same time (test projects, an IDE): one works, the others wait and find the work done. Quiet unless
// something fails. Exit codes: 0 built or up to date, 1 npm failed, 2 npm is not installed.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [web, sourceList] = process.argv.slice(2);
const index = join(web, "dist", "index.html");
const lock = `${sourceList}.lock`;

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isUpToDate() {
  const sources = readFileSync(sourceList, "utf8").split("\n").filter(Boolean);
  return existsSync(index) && [sourceList, ...sources].every((source) => modified(source) <= modified(index));
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function tryLock() {
  try {
    // "wx" fails if the file is there: of two, one makes it.
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }

  // A build that was killed leaves its lock behind. A lock without a number is being written this very moment.
  const owner = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
  if (owner > 0 && !isRunning(owner)) rmSync(lock, { force: true });
  return false;
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function npm(...args) {
  // On Windows npm is a script, which only a shell starts.
  const result = spawnSync("npm", args, { cwd: web, encoding: "utf8", shell: process.platform === "win32" });
  if (result.error?.code === "ENOENT") return 2;
  if (result.status === 0) return 0;
  process.stdout.write(`${result.stdout ?? ""}${result.stderr ?? ""}\n`);
  return 1;
}

function build() {
  // npm writes this file when it has installed everything.
  const installed = join(web, "node_modules", ".package-lock.json");
  const install = modified(join(web, "package-lock.json")) > modified(installed) ? npm("ci", "--no-progress") : 0;
  return install || npm("run", "build", "--silent");
}

function main() {
  mkdirSync(dirname(lock), { recursive: true });
  while (!tryLock()) sleep(200);
  try {
    if (isUpToDate()) return 0;
    const started = new Date();
    const exitCode = build();
    // What was saved while the bundler was at work is newer than the output, whatever it has read of it.
    if (exitCode === 0) utimesSync(index, started, started);
    return exitCode;
  } finally {
    rmSync(lock, { force: true });
  }
}

process.exitCode = main();
