import { describe, expect, it } from "vitest";
import { Line } from "../harness/line.js";
import type { Participant } from "../harness/participant.js";
import { Server } from "../harness/server.js";
import { useStage } from "../harness/stage.js";

/** How soon after the return of what was lost everybody is back (milliseconds). */
const backWithin = 5_000;
const second = 1_000;

/** Frames arrived in every second, on the very connections there were: nothing was made anew, and nothing else was. */
async function nothingStopped(people: readonly Participant[], connectionsBefore: readonly number[]): Promise<void> {
  const pauses = await Promise.all(people.map((person) => person.pauses()));
  const rounded = pauses.map((each) => each.map(({ longest, lateness }) => [longest, lateness].map(Math.round)));
  console.log(`longest pause and lateness of the watch: ${JSON.stringify(rounded)}`);
  // What the machine did not even measure in time cannot be held against the call.
  const late = await lateness(people);
  for (const each of pauses) {
    expect(each).toHaveLength(people.length - 1);
    for (const { longest, state } of each) {
      expect(state).toBe("connected");
      expect(longest).toBeLessThan(second + 2 * late);
    }
  }
  expect(await Promise.all(people.map((person) => person.connectionsMade()))).toEqual(connectionsBefore);
}

/** By how much the machine itself was late at most: each step of a return (timer, connection, requests) is late by as much. */
async function lateness(people: readonly Participant[]): Promise<number> {
  const pauses = await Promise.all(people.map((person) => person.pauses()));
  return Math.max(0, ...pauses.flat().map((pause) => pause.lateness));
}

/** Waits until everybody sees everybody else here, under the id from before, and gives how long that took. */
async function everyoneIsBack(people: readonly Participant[], ids: readonly Record<string, string>[]): Promise<number> {
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
  return Date.now() - since;
}

async function watch(people: readonly Participant[]): Promise<readonly [Record<string, string>[], number[]]> {
  const ids = await Promise.all(people.map((person) => person.ids()));
  const connections = await Promise.all(people.map((person) => person.connectionsMade()));
  await Promise.all(people.map((person) => person.watchFrames()));
  return [ids, connections];
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
      for (const person of people) {
        await person.waitForText("The server is out of reach");
      }
      await server.startAgain();
      const took = await everyoneIsBack(people, ids);
      console.log(`everyone was back ${String(took)} ms after the server`);
      expect(took).toBeLessThan(backWithin + 10 * (await lateness(people)));
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

  it.each([20, 60])("a signalling network that is cut for %i seconds", async (seconds) => {
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
      // The length of the cut is what this test is about.
      await new Promise((resolve) => setTimeout(resolve, seconds * second));
      for (const line of lines) {
        line.mend();
      }
      const took = await everyoneIsBack(people, ids);
      console.log(`everyone was back ${String(took)} ms after the network`);
      expect(took).toBeLessThan(backWithin + 10 * (await lateness(people)));
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
