import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Browser, type BrowserKind } from "../harness/browsers.js";
import { Participant } from "../harness/participant.js";
import { Server } from "../harness/server.js";

describe("people in a room see and hear each other", () => {
  let server: Server;
  const browsers = new Map<BrowserKind, Browser>();
  let present: Participant[] = [];

  beforeAll(async () => {
    server = await Server.start();
    browsers.set("chromium", await Browser.launch("chromium"));
    browsers.set("firefox", await Browser.launch("firefox"));
  });

  afterEach(async () => {
    await Promise.all(present.map((p) => p.close()));
    present = [];
  });

  afterAll(async () => {
    for (const browser of browsers.values()) {
      await browser.close();
    }
    await server.stop();
  });

  async function join(kind: BrowserKind, room: string, name: string): Promise<Participant> {
    const browser = browsers.get(kind);
    if (browser === undefined) {
      throw new Error(`${kind} is not running`);
    }
    const participant = await Participant.join(browser, server.link(room, name), name);
    present.push(participant);
    return participant;
  }

  async function everyoneReceivesEveryone(): Promise<void> {
    for (const person of present) {
      const others = present.filter((p) => p !== person).map((p) => p.name);
      await person.waitForPeople(...others);
      await person.waitForMedia(...others);
    }
  }

  it.each<[string, BrowserKind, BrowserKind]>([
    ["two Chromiums", "chromium", "chromium"],
    ["two Firefoxes", "firefox", "firefox"],
    ["Firefox joining Chromium", "chromium", "firefox"],
    ["Chromium joining Firefox", "firefox", "chromium"],
  ])("%s", async (what, first, second) => {
    const room = what.replaceAll(" ", "-");
    await join(first, room, "Ada");
    await join(second, room, "Grace");
    await everyoneReceivesEveryone();
    expect(present.flatMap((p) => p.errors)).toEqual([]);
  });

  it("four people, two of them in Firefox", async () => {
    await join("chromium", "four", "Ada");
    await join("firefox", "four", "Grace");
    await join("chromium", "four", "Edsger");
    await join("firefox", "four", "Barbara");
    await everyoneReceivesEveryone();
    expect(present.flatMap((p) => p.errors)).toEqual([]);
  });
});
