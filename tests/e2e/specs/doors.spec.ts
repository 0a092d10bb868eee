import { describe, expect, it } from "vitest";
import { chromiumFirst } from "../harness/breadth.js";
import type { Participant } from "../harness/participant.js";
import { inspect } from "../harness/screens.js";
import { Server } from "../harness/server.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

/** A switch in the open panel, by its name. */
async function flip(person: Participant, name: string): Promise<void> {
  await eventually(
    `${person.name} finds the switch "${name}"`,
    () =>
      person.page.evaluate((n) => {
        const box = window.probe
          .all("label")
          .find((label) => label.textContent?.trim() === n)
          ?.querySelector("input");
        box?.click();
        return box instanceof HTMLInputElement;
      }, name),
    () => person.describe(),
  );
}

/** Whether the person's control is there: only hosts have it. */
function isHost(person: Participant): Promise<boolean> {
  return person.page.evaluate(() => window.probe.button("Host controls") !== null);
}

describe.each(chromiumFirst)("roles and doors, with a host in %s and a guest in %s", (kind, other) => {
  const stage = useStage({}, { bare: true });

  it("decide who enters, who speaks, who stays, and when it ends", async () => {
    const room = stage.newRoom();
    const ada = await stage.join(kind, room, "Ada");
    await ada.waitForButton("Host controls");
    await ada.press("Host controls");

    // Who is new waits, and is refused or let in.
    await flip(ada, "Waiting room");
    const grace = await stage.open(other, stage.server.link(room, "Grace"), "Grace");
    await grace.waitForText("Waiting to be let in");
    await ada.waitForButton("Refuse Grace");
    if (kind === "chromium") {
      await inspect(grace, "waiting");
      await inspect(ada, "call-host");
    }
    await ada.press("Refuse Grace");
    // What had the focus is gone, and the focus is not.
    await eventually("the focus goes on from the list", async () => (await ada.focused()) === "Who may enter");
    await grace.waitForText("You were not let in");
    await ada.press("Close");
    // What is announced fades in and out: the pictures below are of what stands still.
    await ada.waitForNoText("Grace is waiting to be let in");
    await grace.press("Try again");
    await ada.waitForText("Grace wants to come in");
    await ada.waitForText("Grace is waiting to be let in");
    if (kind === "chromium") {
      await inspect(ada, "call-door");
    }
    await ada.press("Admit Grace");
    await grace.waitForMedia("Ada");
    expect(await isHost(grace)).toBe(false);

    // A hand, and a question.
    await grace.press("Raise hand");
    await ada.waitForText("Hand raised, number 1");
    await grace.waitForButton("Lower hand");
    await ada.press("Participants");
    await ada.press("Manage Grace");
    await ada.press("Lower hand");
    await grace.waitForButton("Raise hand");
    await ada.press("Ask to mute");
    await grace.waitForText("Ada asks you to mute your microphone");
    if (kind === "chromium") {
      await inspect(ada, "call-manage");
    }
    await grace.press("Mute");
    await ada.waitForTiles("Grace, who is silent", (tiles) => tiles.some((t) => t.name === "Grace" && t.mic === "off"));
    await grace.waitForNoText("Ada asks you to mute");
    await grace.press("Unmute microphone");

    // Another host.
    await ada.press("Make host");
    await ada.waitForText("Make Grace the host?");
    await ada.press("Cancel");
    await ada.press("Make host");
    await ada.press("Make Grace host");
    await grace.waitForButton("Host controls");
    await eventually("Ada is no host any more", async () => !(await isHost(ada)));

    // A passcode stays one for who comes anew, and not for who comes back.
    await grace.press("Host controls");
    await flip(grace, "Waiting room");
    await grace.type("Passcode", "sesame");
    await grace.press("Set passcode");
    await grace.waitForText("A passcode is set");
    await ada.page.reload();
    await ada.waitForMedia("Grace");
    await ada.press("Leave");
    await ada.press("Rejoin");
    await ada.waitForText("This room has a passcode");
    await ada.type("Passcode", "simsalabim");
    await ada.press("Enter");
    await ada.waitForText("That is not the passcode");
    if (kind === "chromium") {
      await inspect(ada, "passcode");
    }
    await ada.type("Passcode", " sesame ");
    await ada.press("Enter");
    await ada.waitForMedia("Grace");

    // A locked door, somebody who has to go, and the end.
    await flip(grace, "Lock the room");
    await grace.press("Participants");
    await grace.press("Manage Ada");
    await grace.press("Remove");
    await grace.waitForText("Remove Ada?");
    await grace.press("Remove Ada");
    await ada.waitForText("You were removed from the call");
    expect(await ada.hasNoLiveCamera()).toBe(true);
    await grace.waitForPeople();
    if (kind === "chromium") {
      await inspect(ada, "removed");
    }
    await ada.press("Try again");
    await ada.waitForText("This room is locked");
    if (kind === "chromium") {
      await inspect(ada, "locked");
    }
    await grace.press("Host controls");
    await flip(grace, "Lock the room");
    await grace.press("Remove passcode");
    await grace.waitForText("Whoever comes has to know it");
    await ada.press("Try again");
    await ada.waitForMedia("Grace");
    await grace.press("End call for everyone");
    await grace.press("End call");
    await ada.waitForText("The call has ended");
    if (kind === "chromium") {
      await inspect(ada, "ended");
    }
    await grace.waitForText("The call has ended");
    expect([...ada.errors, ...grace.errors]).toEqual([]);
  });
});

describe("roles and doors", () => {
  const stage = useStage({}, { bare: true });

  it("outlive a server that is killed", async () => {
    const server = await Server.start();
    const room = stage.newRoom();
    try {
      const ada = await stage.joinAt("firefox", server.link(room, "Ada"), "Ada");
      const grace = await stage.joinAt("chromium", server.link(room, "Grace"), "Grace");
      await ada.press("Host controls");
      await flip(ada, "Lock the room");
      // The answer to what was asked second: the server knows of both.
      await ada.type("Passcode", "sesame");
      await ada.press("Set passcode");
      await ada.waitForText("A passcode is set");

      await server.kill();
      for (const person of [ada, grace]) {
        await person.waitForText("The server is out of reach");
      }
      // What cannot be done now says so, and says so no longer than it is true.
      await flip(ada, "Waiting room");
      await ada.waitForText("Try again in a moment");
      await server.startAgain();
      for (const person of [ada, grace]) {
        await person.waitForNoText("out of reach");
      }
      await ada.waitForNoText("Try again in a moment");

      expect([await isHost(ada), await isHost(grace)]).toEqual([true, false]);
      const late = await stage.open("chromium", server.link(room, "Barbara"), "Barbara");
      await late.waitForText("This room is locked");
      await flip(ada, "Lock the room");
      await late.press("Try again");
      await late.waitForText("This room has a passcode");
      await late.type("Passcode", "sesame");
      await late.press("Enter");
      await late.waitForMedia("Ada", "Grace");
      await ada.waitForMedia("Grace", "Barbara");
    } finally {
      await server.stop();
    }
  });
});
