import { describe, expect, it } from "vitest";
import { atLeast } from "../harness/breadth.js";
import { Line } from "../harness/line.js";
import type { Participant } from "../harness/participant.js";
import { Server } from "../harness/server.js";
import { useStage } from "../harness/stage.js";

const second = 1_000;

/** Long enough to tell a picture that stopped with what was lost from one that a busy machine kept waiting. */
const outage = 12 * second;
/** In seconds. A browser holds back the timers of a page more, the longer it is idle. */
const cuts = atLeast(15, 60, 300);

/** Frames arrived all the time, on the very connections there were: nothing was made anew, and nothing else was. */
async function nothingStopped(people: readonly Participant[], connectionsBefore: readonly number[]): Promise<void> {
  const pauses = await Promise.all(people.map((person) => person.pauses()));
  const rounded = pauses.map((each) => each.map(({ longest, lateness }) => [longest, lateness].map(Math.round)));
  console.log(`longest pause and lateness of the watch: ${JSON.stringify(rounded)}`);
  for (const each of pauses) {
    expect(each).toHaveLength(people.length - 1);
    for (const { longest, state } of each) {
      expect(state).toBe("connected");
      expect(longest).toBeLessThan(outage / 2);
    }
  }
  expect(await Promise.all(people.map((person) => person.connectionsMade()))).toEqual(connectionsBefore);
}

/**
 * Waits until everybody sees everybody else here, under the id from before, and prints how long that took. How soon it has to be
 * is a matter for a machine that does nothing else: `eng/nat-matrix.sh --restart`.
 */
async function everyoneIsBack(people: readonly Participant[], ids: readonly Record<string, string>[]): Promise<void> {
  const since = Date.now();
  await Promise.all(
    people.map((person, at) =>
      person.waitForTiles("everybody back, once each and under the old id", (tiles) => {
        const before = ids[at] ?? {};
        return tiles.length === people.length - 1 && tiles.every((tile) => !tile.away && before[tile.name] === tile.id);
      }),
    ),
  );
  await Promise.all(people.map((person) => person.waitForNoText("out of reach")));
  console.log(`everyone was back ${String(Date.now() - since)} ms after what was lost`);
}

async function watch(people: readonly Participant[]): Promise<readonly [Record<string, string>[], number[]]> {
  const ids = await Promise.all(people.map((person) => person.ids()));
  const connections = await Promise.all(people.map((person) => person.connectionsMade()));
  await Promise.all(people.map((person) => person.watchFrames()));
  return [ids, connections];
}

/** The length of an outage is what these tests are about: a wait for time. */
function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A mute is sent by the way that was lost, and must arrive. */
async function muteArrives(sender: Participant, others: readonly Participant[]): Promise<void> {
  await sender.press("Mute microphone");
  for (const other of others) {
    await other.waitForTiles(`${sender.name} muted`, (tiles) =>
      tiles.some((t) => t.name === sender.name && t.mic === "off"),
    );
  }
  await sender.press("Unmute microphone");
  for (const other of others) {
    await other.waitForTiles(`${sender.name} unmuted`, (tiles) =>
      tiles.some((t) => t.name === sender.name && t.mic === "on"),
    );
  }
}

describe("a call outlives", () => {
  const stage = useStage({}, { bare: true });

  it("a server that is killed and started again", async () => {
    const server = await Server.start();
    try {
      for (const [kind, name] of [
        ["chromium", "Ada"],
        ["firefox", "Grace"],
        ["chromium", "Barbara"],
      ] as const) {
        await stage.joinAt(kind, server.link("lasting", name), name);
      }
      await stage.everyoneReceivesEveryone();
      const people = stage.present;
      const [ids, connections] = await watch(people);
      await server.kill();
      const over = Date.now() + outage;
      for (const person of people) {
        await person.waitForText("The server is out of reach");
      }
      await wait(over - Date.now());
      await server.startAgain();
      await everyoneIsBack(people, ids);
      await nothingStopped(people, connections);
      const [ada, ...others] = people;
      if (ada !== undefined) {
        await muteArrives(ada, others);
      }
      await stage.everyoneReceivesEveryone();
    } finally {
      await server.stop();
    }
  });

  it.each(cuts)("a signalling network that is cut for %i seconds", async (seconds) => {
    // Two lose their connection to the server, one keeps it: all three ways to see it in one room.
    const lines = [await Line.to(stage.server.url), await Line.to(stage.server.url)];
    const room = stage.newRoom();
    try {
      for (const [kind, name, at] of [
        ["chromium", "Ada", 0],
        ["firefox", "Grace", 1],
        ["chromium", "Barbara", 2],
      ] as const) {
        await stage.joinAt(kind, (lines[at] ?? stage.server).link(room, name), name);
      }
      await stage.everyoneReceivesEveryone();
      const people = stage.present;
      const [ids, connections] = await watch(people);
      for (const line of lines) {
        line.cut();
      }
      await wait(seconds * second);
      for (const line of lines) {
        line.mend();
      }
      await everyoneIsBack(people, ids);
      await nothingStopped(people, connections);
      for (const person of people) {
        await muteArrives(
          person,
          people.filter((other) => other !== person),
        );
      }
      await stage.everyoneReceivesEveryone();
    } finally {
      await Promise.all(lines.map((line) => line.close()));
    }
  });
});
