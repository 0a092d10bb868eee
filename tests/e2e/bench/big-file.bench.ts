import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Browser, type BrowserKind } from "../harness/browsers.js";
import { sendFile } from "../harness/file-probe.js";
import { MemoryWatch } from "../harness/memory.js";
import { Participant } from "../harness/participant.js";
import { Server } from "../harness/server.js";
import { eventually } from "../harness/waiting.js";

/**
 * A file that is far larger than what a browser may hold in memory, from the disk of one page to the disk of another: that it
 * arrives as it was, how much memory it takes at both ends, and how long. Run by eng/big-file.sh.
 */
const mebibyte = 1_048_576;
const size = Number(process.env["PARLEY_FILE_MB"] ?? 2_048) * mebibyte;
/** In bytes: by how much a whole browser may grow, whatever the size of the file. */
const mostGrowth = 400_000_000;
/** In milliseconds. */
const patience = 1_000_000;

describe.each<[BrowserKind, BrowserKind]>([
  ["chromium", "chromium"],
  ["chromium", "firefox"],
  ["firefox", "chromium"],
])("a file from %s to %s", (from, to) => {
  let server: Server;
  let sender: Browser;
  let receiver: Browser;
  let folder: string;
  let downloads: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-big-"));
    downloads = await mkdtemp(join(tmpdir(), "parley-downloads-"));
    server = await Server.start();
    sender = await Browser.launch(from, { bare: true });
    receiver = await Browser.launch(to, { bare: true, downloads, shared: true });
  });

  afterAll(async () => {
    await sender.close();
    await receiver.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(downloads, { recursive: true, force: true });
  });

  it(`of ${String(size / mebibyte)} MiB arrives as it was, and never is in memory`, async () => {
    const path = join(folder, "big.bin");
    await fill(path);
    const ada = await Participant.join(sender, server.link("big", "Ada"), "Ada");
    // The window in which a person chooses a place is the browser's own, and nobody here could press anything in it.
    const grace = await Participant.join(receiver, server.link("big", "Grace"), "Grace", () => {
      delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
    });
    await ada.waitForMedia("Grace");
    for (const person of [ada, grace]) {
      await person.press("Turn camera off");
      await person.press("Files");
    }
    await sendFile(ada, path);
    await grace.waitForButton("Accept big.bin");

    const watches = [new MemoryWatch(sender.pid), new MemoryWatch(receiver.pid)];
    const begun = performance.now();
    await grace.press("Accept big.bin");
    await waitFor(grace, "Save big.bin");
    const took = performance.now() - begun;
    // It is handed to the browser's downloads by itself.
    const saved = join(downloads, "big.bin");
    await eventually("the download is complete", async () => (await sizeOf(saved)) === size, undefined, patience);
    const savedAfter = performance.now() - begun;
    const [sending, receiving] = watches.map((watch) => watch.end());

    expect(sha256(saved)).toBe(sha256(path));
    const megabytes = (bytes = NaN): string => `${(bytes / 1_000_000).toFixed(0)} MB`;
    console.log(
      [
        `${from} (${await sender.version()}) to ${to} (${await receiver.version()}): ${megabytes(size)}, sha256 equal`,
        `  received and checked in ${(took / 1_000).toFixed(1)} s: ${megabytes((1_000 * size) / took)} per second`,
        `  saved to the downloads after ${(savedAfter / 1_000).toFixed(1)} s`,
        `  sender grew by at most ${megabytes(sending?.browser)}, its largest process by ${megabytes(sending?.process)}`,
        `  receiver grew by at most ${megabytes(receiving?.browser)}, its largest process by ${megabytes(receiving?.process)}`,
      ].join("\n"),
    );
    expect(sending?.browser).toBeLessThan(mostGrowth);
    expect(receiving?.browser).toBeLessThan(mostGrowth);
    await ada.close();
    await grace.close();
  });
});

async function waitFor(person: Participant, button: string): Promise<void> {
  await eventually(
    `${person.name} sees "${button}"`,
    () => person.page.evaluate((name) => window.probe.button(name) !== null, button),
    () => person.describe(),
    patience,
  );
}

async function fill(path: string): Promise<void> {
  const file = await open(path, "w");
  for (let at = 0; at < size; at += 16 * mebibyte) {
    await file.write(randomBytes(Math.min(16 * mebibyte, size - at)));
  }
  await file.close();
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return -1;
  }
}

function sha256(path: string): string {
  return execFileSync("sha256sum", [path], { encoding: "utf8" }).split(" ")[0] ?? "";
}
