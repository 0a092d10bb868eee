import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Participant } from "../harness/participant.js";
import { eventually } from "../harness/waiting.js";
import { Lab } from "./lab.js";
import { legOf, routeOf } from "./path.js";
import { relayKind } from "./relay.js";

/** How soon after the return of the server pictures move again (milliseconds). */
const backWithin = 5_000;

describe(`with the relay of ${relayKind}`, () => {
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await Lab.open(relayKind);
  });
  const present: Participant[] = [];
  afterEach(() => Promise.all(present.splice(0).map((person) => person.close())));
  afterAll(() => lab?.close());

  // Where the relay is the server's, one power cut takes both; coturn is made to go and come with it.
  it.each([1, 10])("a relayed call is back soon after a server that was away for %i s", async (seconds) => {
    if (lab === undefined) throw new Error("There is no lab.");
    const { meeting, relay } = lab;
    await lab.stand("port-restricted", "symmetric");
    const room = lab.newRoom();
    const ada = await lab.join("a", "chromium", room, "Ada");
    present.push(ada);
    const grace = await lab.join("b", "chromium", room, "Grace");
    present.push(grace);
    await ada.waitForMedia("Grace");
    await grace.waitForMedia("Ada");
    expect(routeOf((await legOf(ada)).path, (await legOf(grace)).path)).toBe("relay/udp");
    const made = [await ada.connectionsMade(), await grace.connectionsMade()];

    await Promise.all([meeting.kill(), relay.kill()]);
    // How long it is away is what this test is about.
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    await relay.start();
    await meeting.openAgain();
    const since = Date.now();
    const took = await Promise.all([moving(ada, since), moving(grace, since)]);
    console.log(`after ${String(seconds)} s away: pictures again ${took.join(" and ")} ms after the server's return`);
    await ada.waitForMedia("Grace");
    await grace.waitForMedia("Ada");
    expect([await ada.connectionsMade(), await grace.connectionsMade()]).toEqual(made);
    expect(Math.max(...took)).toBeLessThan(backWithin);
  });
});

/** Waits for three more pictures than there were, and gives how long after `since` they came. */
async function moving(participant: Participant, since: number): Promise<number> {
  const frames = async (): Promise<number> => (await participant.received()).at(-1)?.framesDecoded ?? 0;
  const before = await frames();
  await eventually(
    `${participant.name} sees pictures move again`,
    async () => (await frames()) > before + 2,
    () => participant.describe(),
  );
  return Date.now() - since;
}
