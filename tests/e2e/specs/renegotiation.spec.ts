import { describe, expect, it } from "vitest";
import { thorough } from "../harness/breadth.js";
import type { BrowserKind } from "../harness/browsers.js";
import type { Participant } from "../harness/participant.js";
import { seeded } from "../harness/seeded.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

/** How long both ends are at it (milliseconds). */
const duration = thorough ? 60_000 : 10_000;
/** Other dice than the usual ones: for hunting. */
const otherSeed = process.env["PARLEY_SEED"];

describe("both ends of a pair renegotiating at random", () => {
  const stage = useStage();

  it.each<[BrowserKind, BrowserKind, number]>([
    ["chromium", "chromium", 20_261_121],
    ["chromium", "firefox", 8_445],
  ])("end in agreement: %s and %s", async (first, second, seed) => {
    await renegotiate(await stage.pair(first, second), Number(otherSeed ?? seed));
  });
});

describe("an ICE restart between a Chromium and a Firefox", () => {
  const stage = useStage({}, { bare: true });

  it.each(["chromium", "firefox"] as const)("by the %s leaves nothing standing still", async (kind) => {
    const people = await stage.pair("chromium", "firefox");
    const restarter = people[kind === "chromium" ? 0 : 1];
    for (let restart = 0; restart < 4; restart += 1) {
      const before = await pathOf(people[0]);
      await restartIce(restarter);
      await eventually("the Chromium is on another path", async () => {
        const path = await pathOf(people[0]);
        return path !== null && path !== before;
      });
      await agreement(people);
      await seeEachOther(people);
    }
  });
});

/** Which pair of candidates a Chromium uses; null: none. */
async function pathOf(person: Participant): Promise<string | null> {
  return person.page.evaluate(async () => {
    for (const connection of window.probe.connections) {
      const reports = [...(await connection.getStats()).values()] as {
        type: string;
        selectedCandidatePairId?: string;
      }[];
      const id = reports.find(({ type }) => type === "transport")?.selectedCandidatePairId;
      if (id !== undefined) {
        return id;
      }
    }
    return null;
  });
}

/** The names of a button: for what is off, and for what is on. */
type Switch = readonly [string, string];
const camera: Switch = ["Turn camera on", "Turn camera off"];
const screen: Switch = ["Share screen", "Stop sharing"];

type Pair = readonly [Participant, Participant];

async function renegotiate(people: Pair, seed: number): Promise<void> {
  const random = seeded(seed);
  const end = Date.now() + duration;
  const steps: string[] = [];
  try {
    while (Date.now() < end) {
      const person = people[random.below(2)] ?? people[0];
      switch (random.below(4)) {
        case 0:
          steps.push(`${person.name} restarts ICE`);
          await restartIce(person);
          break;
        case 1:
          steps.push(`${person.name} ${await toggle(person, screen)}`);
          break;
        case 2:
          steps.push(`${person.name} ${await toggle(person, camera)}`);
          break;
        default:
          steps.push("both restart ICE");
          await Promise.all(people.map(restartIce));
      }
    }
    for (const person of people) {
      for (const [on, off] of [camera, screen]) {
        if (await person.pressIfShown(on)) {
          await person.waitForButton(off);
        }
      }
    }
    await seeEachOther(people);
    for (const [person, other] of [people, [people[1], people[0]]] as const) {
      await person.waitForFrames((t) => t.screen && t.name === other.name, 1, `${other.name}'s screen moving`);
    }
    await agreement(people);
    expect(people.flatMap((person) => person.errors)).toEqual([]);
    console.log(`${String(steps.length)} steps, and agreed`);
  } catch (error) {
    const seen = await Promise.all(people.map((person) => person.describe()));
    throw new Error(
      `Seed ${String(seed)}, after these steps: ${steps.join("; ")}. Seen: ${JSON.stringify(seen, null, 1)}`,
      { cause: error },
    );
  }
}

async function seeEachOther([ada, grace]: Pair): Promise<void> {
  await ada.waitForMedia(grace.name);
  await grace.waitForMedia(ada.name);
}

async function restartIce(person: Participant): Promise<void> {
  await person.page.evaluate(() => {
    for (const connection of window.probe.connections) {
      if (connection.connectionState !== "closed") {
        connection.restartIce();
      }
    }
  });
}

/** Presses whichever of the two is shown, waits until that has been done, and tells which it was. */
async function toggle(person: Participant, [on, off]: Switch): Promise<string> {
  const pressed = await eventually(`${person.name} presses ${on} or ${off}`, async () => {
    for (const name of [on, off]) {
      if (await person.pressIfShown(name)) {
        return name;
      }
    }
    return null;
  });
  await person.waitForButton(pressed === on ? off : on);
  return `presses ${pressed}`;
}

/** One connection at each end, at rest, and each description is the other end's. */
async function agreement(people: readonly Participant[]): Promise<void> {
  const states = (): Promise<unknown[][]> =>
    Promise.all(
      people.map((person) =>
        person.page.evaluate(() =>
          window.probe.connections
            .filter((c) => c.connectionState !== "closed")
            .map((c) => ({
              signaling: c.signalingState,
              connection: c.connectionState,
              local: /a=ice-ufrag:(\S+)/.exec(c.localDescription?.sdp ?? "")?.[1],
              remote: /a=ice-ufrag:(\S+)/.exec(c.remoteDescription?.sdp ?? "")?.[1],
              sections: c.localDescription?.sdp.split(/^m=/m).length,
            })),
        ),
      ),
    );
  await eventually(
    "both ends agree",
    async () => {
      const [[one], [other]] = (await states()) as [Record<string, unknown>[], Record<string, unknown>[]];
      return (
        one?.["signaling"] === "stable" &&
        other?.["signaling"] === "stable" &&
        one["connection"] === "connected" &&
        other["connection"] === "connected" &&
        one["local"] === other["remote"] &&
        one["remote"] === other["local"] &&
        one["sections"] === other["sections"]
      );
    },
    states,
  );
}
