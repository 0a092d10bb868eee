import type { CDPSession } from "puppeteer-core";
import { describe, expect, it } from "vitest";
import { Browser, type BrowserKind } from "../harness/browsers.js";
import { Line } from "../harness/line.js";
import { Participant } from "../harness/participant.js";
import type { Tile } from "../harness/probe.js";
import { useStage } from "../harness/stage.js";

const kinds: readonly BrowserKind[] = ["chromium", "firefox"];
const only = (name: string, check: (tile: Tile) => boolean) => (tiles: Tile[]) =>
  tiles.length === 1 && tiles[0]?.name === name && check(tiles[0]);

describe.each(kinds)("a seat in %s", (kind) => {
  const stage = useStage({ "Parley:Rooms:GraceSeconds": "10" });

  it("is taken again after a reload, with microphone and camera as they were", async () => {
    const [ada, grace] = await stage.pair(kind, "chromium");
    await ada.press("Mute microphone");
    await ada.press("Turn camera off");
    const [before] = await grace.waitForTiles("Ada muted and without camera", (tiles) =>
      only("Ada", (t) => t.mic === "off" && t.cam === "off")(tiles),
    );
    // Without the lobby: who was in the call is in the call.
    await ada.page.goto(ada.page.url().replace(/\?.*$/, ""));
    await ada.waitForButton("Leave");
    await ada.waitForButton("Unmute microphone");
    await ada.waitForButton("Turn camera on");
    await grace.waitForTiles("Ada in her old seat, still muted", (tiles) =>
      only("Ada", (t) => !t.away && t.id === before?.id && t.mic === "off" && t.cam === "off")(tiles),
    );
    await ada.press("Unmute microphone");
    await ada.press("Turn camera on");
    await stage.everyoneReceivesEveryone();
    await ada.page.reload();
    await ada.waitForButton("Mute microphone");
    await ada.waitForButton("Turn camera off");
    await stage.everyoneReceivesEveryone();
    await grace.waitForTiles(
      "Ada, once",
      only("Ada", (t) => t.id === before?.id),
    );
  });

  it("is not shared by a duplicated tab, which begins in the lobby as somebody new", async () => {
    const [ada, grace] = await stage.pair(kind, "chromium");
    const [before] = await grace.tiles();
    const twin = await stage.duplicate(ada, "Ada’s twin");
    await twin.type("Your name", twin.name);
    await twin.press("Join");
    await grace.waitForPeople("Ada", twin.name);
    const tiles = await grace.tiles();
    expect(tiles.find((t) => t.name === "Ada")?.id).toBe(before?.id);
    expect(tiles.find((t) => t.name === twin.name)?.id).not.toBe(before?.id);
    await grace.waitForMedia("Ada", twin.name);
    await twin.waitForMedia("Ada", "Grace");
    // Chromium starts no video in a tab that lies behind another one.
    await ada.page.bringToFront();
    await ada.waitForMedia("Grace", twin.name);
  });

  it("is seen as away at once when its tab is closed, and as gone after the grace time", async () => {
    const [ada, grace] = await stage.pair(kind, "chromium");
    stage.forget(ada);
    const closed = Date.now();
    await ada.close();
    await grace.waitForTiles(
      "Ada reconnecting",
      only("Ada", (t) => t.away),
    );
    const away = Date.now() - closed;
    await grace.waitForText("Reconnecting…");
    await grace.waitForPeople();
    const gone = Date.now() - closed;
    console.log(`closed tab in ${kind}: away after ${String(away)} ms, gone after ${String(gone)} ms`);
    expect(gone).toBeGreaterThanOrEqual(10_000);
  });

  it("is left at once by the one who presses Leave", async () => {
    const [ada, grace] = await stage.pair(kind, "chromium");
    await ada.press("Leave");
    await grace.waitForPeople();
    await ada.page.goto(ada.page.url().replace(/\?.*$/, ""));
    await ada.waitForButton("Join");
  });

  it("hears of a screen that was shared while it was away", async () => {
    const line = await Line.to(stage.server.url);
    try {
      const room = stage.newRoom();
      const ada = await stage.joinAt(kind, line.link(room, "Ada"), "Ada");
      const grace = await stage.join("chromium", room, "Grace");
      await stage.everyoneReceivesEveryone();
      line.cut();
      await grace.waitForTiles(
        "Ada away",
        only("Ada", (t) => t.away),
      );
      await grace.press("Share screen");
      await grace.waitForButton("Stop sharing");
      await ada.press("Share screen");
      await ada.waitForButton("Stop sharing");
      line.mend();
      await ada.waitForFrames((t) => t.screen && t.name === "Grace", 1, "Grace's screen moving");
      await grace.waitForFrames((t) => t.screen && t.name === "Ada", 1, "Ada's screen moving");
      await stage.everyoneReceivesEveryone();
    } finally {
      await line.close();
    }
  });
});

describe("a seat whose browser dies", () => {
  const stage = useStage({ "Parley:Rooms:GraceSeconds": "10" });

  it("is away and then gone, when Firefox is killed", async () => {
    const room = stage.newRoom();
    const firefox = await Browser.launch("firefox");
    const grace = await stage.join("chromium", room, "Grace");
    await Participant.join(firefox, stage.server.link(room, "Ada"), "Ada");
    await grace.waitForMedia("Ada");
    await firefox.kill();
    await grace.waitForTiles(
      "Ada reconnecting",
      only("Ada", (t) => t.away),
    );
    await grace.waitForPeople();
  });
});

describe("a seat whose page dies", () => {
  // Long enough to load a page on a busy machine.
  const stage = useStage({ "Parley:Rooms:GraceSeconds": "30" });

  it("is away and then gone, when a Chromium tab crashes, and free again when the tab is reloaded in time", async () => {
    const [ada, grace] = await stage.pair("chromium", "firefox");
    const [before] = await grace.tiles();
    await crash(ada);
    await grace.waitForTiles(
      "Ada reconnecting",
      only("Ada", (t) => t.away),
    );
    await ada.page.reload();
    await ada.waitForButton("Leave");
    await grace.waitForTiles(
      "Ada back",
      only("Ada", (t) => !t.away && t.id === before?.id),
    );
    await stage.everyoneReceivesEveryone();
    await crash(ada);
    stage.forget(ada);
    await grace.waitForTiles(
      "Ada reconnecting",
      only("Ada", (t) => t.away),
    );
    await grace.waitForPeople();
    await ada.close();
  });
});

/** The renderer process ends as by a fault of its own; the browser goes on. */
async function crash(person: Participant): Promise<void> {
  const session: CDPSession = await person.page.createCDPSession();
  // There is nobody left to answer.
  session.send("Page.crash").catch(() => {});
}
