import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Browser, type BrowserKind } from "../harness/browsers.js";
import { MemoryWatch } from "../harness/memory.js";
import { Participant } from "../harness/participant.js";
import { Server } from "../harness/server.js";

/**
 * Eight people for a while: that every picture moves in each window of time on every page, and that no browser grows. Run by
 * eng/soak.sh.
 */
const minutes = Number(process.env["PARLEY_SOAK_MINUTES"] ?? 10);
const people = Number(process.env["PARLEY_SOAK_PEOPLE"] ?? 8);
/** In milliseconds: each picture moves at least once in each. */
const frame = 5_000;
/** After so long (milliseconds) caches are full, and memory is looked at. */
const settling = 60_000;
/** In bytes: by how much a whole browser may grow after that. */
const mostGrowth = 200_000_000;
/** Two in each browser: where four share one, Chromium's (156) fake camera stops giving pictures to all of them. */
const inOneBrowser = 2;
/** The machine has two cores for fifty-six connections: most are of the kind that costs less. */
const kinds: readonly BrowserKind[] = Array.from({ length: Math.ceil(people / inOneBrowser) }, (_, at) =>
  at === 0 ? "firefox" : "chromium",
);
/** How many of them speak; the others are muted, as in any call of eight. */
const speakers = 2;

/** Runs in the page: a camera that costs next to nothing. */
function installTinyCamera(): void {
  window.fakeCamera = { width: 160, height: 90, frameRate: 2 };
}

describe(`${String(people)} people for ${String(minutes)} minutes`, () => {
  let server: Server;
  const browsers: Browser[] = [];
  const present: Participant[] = [];

  beforeAll(async () => {
    server = await Server.start();
    for (const kind of kinds) {
      browsers.push(await Browser.launch(kind, { bare: true }));
    }
  });

  afterAll(async () => {
    await Promise.all(present.map((person) => person.close()));
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.stop();
  });

  it("see each other move all the time, and no browser grows", { timeout: (minutes + 10) * 60_000 }, async () => {
    for (let at = 0; at < people; at++) {
      const browser = browsers[Math.floor(at / inOneBrowser)];
      if (browser === undefined) throw new Error("There is no browser.");
      const name = `Person ${String(at + 1)}`;
      const person = await Participant.join(browser, server.link("soak", name), name, installTinyCamera);
      await person.page.setViewport({ width: 960, height: 600 });
      if (at >= speakers) await person.press("Mute microphone");
      await person.waitForFrames(() => true, at, "everybody who is there");
      present.push(person);
    }
    for (const person of present) {
      await person.waitForFrames(() => true, people - 1, "everybody");
    }

    const begun = Date.now();
    let before = await pictures();
    let watches: MemoryWatch[] | null = null;
    let windows = 0;
    const stood: string[] = [];
    while (Date.now() - begun < minutes * 60_000) {
      // The length of a window is what this is about.
      await new Promise((resolve) => setTimeout(resolve, frame));
      if (watches === null && Date.now() - begun > Math.min(settling, minutes * 30_000)) {
        watches = browsers.map((browser) => new MemoryWatch(browser.pid));
      }
      const now = await pictures();
      for (const [picture, frames] of now) {
        if (frames <= (before.get(picture) ?? -1)) {
          stood.push(`${picture} at ${String(Math.round((Date.now() - begun) / 1_000))} s`);
        }
      }
      expect(now.size).toBe(people * (people - 1));
      before = now;
      windows += 1;
    }
    const growth = (watches ?? []).map((watch) => watch.end().browser);
    const megabytes = growth.map((bytes) => `${(bytes / 1_000_000).toFixed(0)} MB`).join(" and ");
    console.log(
      `${String(windows)} windows of ${String(frame / 1_000)} s, ${String(before.size)} pictures in each; ` +
        `${String(stood.length)} stood still in one; ${kinds.join(", ")} grew by at most ${megabytes}`,
    );
    expect(stood).toEqual([]);
    expect(Math.max(...growth)).toBeLessThan(mostGrowth);
  });

  /** Frames decoded so far, by who sees whom. */
  async function pictures(): Promise<Map<string, number>> {
    const all = await Promise.all(
      present.map(async (person) =>
        (await person.tiles()).map((tile) => [`${person.name} sees ${tile.name}`, tile.frames] as const),
      ),
    );
    return new Map(all.flat());
  }
});
