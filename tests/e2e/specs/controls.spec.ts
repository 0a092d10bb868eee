import { describe, expect, it } from "vitest";
import { chromiumFirst } from "../harness/breadth.js";
import type { Tile } from "../harness/probe.js";
import { eventually } from "../harness/waiting.js";
import { useStage } from "../harness/stage.js";

const camera = (name: string) => (tile: Tile) => tile.name === name && !tile.screen;

describe.each(chromiumFirst)("what %s does is seen in %s", (first, second) => {
  // A closed tab may be a reload: its tile stays for the grace time, whose length is no matter here.
  const stage = useStage({ "Parley:Rooms:GraceSeconds": "3" }, { bare: true });

  it("muting and unmuting", async () => {
    const [ada, grace] = await stage.pair(first, second);
    await ada.press("Mute microphone");
    await grace.waitForTiles("Ada muted", (tiles) => tiles.some((t) => camera("Ada")(t) && t.mic === "off"));
    await grace.waitForSilence();
    await ada.press("Unmute microphone");
    await grace.waitForTiles("Ada unmuted", (tiles) => tiles.some((t) => camera("Ada")(t) && t.mic === "on"));
    await grace.waitForMedia("Ada");
  });

  it("the camera off, which frees the device, and on again", async () => {
    const [ada, grace] = await stage.pair(first, second);
    await ada.press("Turn camera off");
    await grace.waitForTiles("Ada without camera", (tiles) => tiles.some((t) => camera("Ada")(t) && t.cam === "off"));
    await eventually(
      "Ada's camera is free",
      () => ada.hasNoLiveCamera(),
      () => ada.describe(),
    );
    await ada.press("Turn camera on");
    await grace.waitForTiles("Ada with camera", (tiles) => tiles.some((t) => camera("Ada")(t) && t.cam === "on"));
    await grace.waitForMedia("Ada");
    expect([...ada.errors, ...grace.errors]).toEqual([]);
  });

  it("leaving takes the tile away", async () => {
    const [ada, grace] = await stage.pair(first, second);
    await ada.press("Leave");
    await ada.waitForText("You left the call");
    await grace.waitForPeople();
  });

  it("closing the tab takes the tile away", async () => {
    const [ada, grace] = await stage.pair(first, second);
    stage.forget(ada);
    await ada.page.close();
    await grace.waitForPeople();
    await ada.close();
  });

  it("someone who joins late sees who is muted and whose camera is off", async () => {
    const room = stage.newRoom();
    const ada = await stage.join(first, room, "Ada");
    await ada.press("Mute microphone");
    await ada.press("Turn camera off");
    await ada.waitForButton("Unmute microphone");
    await ada.waitForButton("Turn camera on");
    const grace = await stage.join(second, room, "Grace");
    await grace.waitForTiles("Ada muted, without camera", (tiles) =>
      tiles.some((t) => camera("Ada")(t) && t.mic === "off" && t.cam === "off"),
    );
    await ada.waitForMedia("Grace");
    await ada.press("Unmute microphone");
    await ada.press("Turn camera on");
    await grace.waitForMedia("Ada");
  });
});
