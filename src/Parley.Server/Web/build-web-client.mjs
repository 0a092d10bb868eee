// Builds the web client: node build-web-client.mjs <web folder> <file that lists its sources>
//
// Several builds may ask at the same time (test projects, an IDE): one works, the others wait and find the work done. Quiet unless
// something fails; what fails is said in lines of the form that MSBuild shows as errors.

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
  if (result.error?.code === "ENOENT") {
    return "npm is not installed (it comes with Node.js)";
  }

  if (result.status === 0) return null;
  process.stdout.write(`${result.stdout ?? ""}${result.stderr ?? ""}\n`);
  return `npm ${args.join(" ")} failed`;
}

function build() {
  // npm writes this file when it has installed everything.
  const installed = join(web, "node_modules", ".package-lock.json");
  const install = modified(join(web, "package-lock.json")) > modified(installed) ? npm("ci", "--no-progress") : null;
  return install ?? npm("run", "build", "--silent");
}

function main() {
  mkdirSync(dirname(lock), { recursive: true });
  while (!tryLock()) sleep(200);
  try {
    if (isUpToDate()) return null;
    const problem = build();
    if (problem === null && !existsSync(index)) return `${index} is missing after the build`;
    // Whatever the bundler does with unchanged files: from now on the output is newer than the sources.
    if (problem === null) utimesSync(index, new Date(), new Date());
    return problem;
  } finally {
    rmSync(lock, { force: true });
  }
}

const problem = main();
if (problem !== null) {
  process.stdout.write(`web : error PARLEY002: Parley's web client was not built: ${problem}\n`);
  process.exitCode = 1;
}
