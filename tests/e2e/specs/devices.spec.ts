import { describe, expect, it } from "vitest";
import type { BrowserKind } from "../harness/browsers.js";
import { useStage } from "../harness/stage.js";

describe.each<[BrowserKind]>([["chromium"], ["firefox"]])("devices in %s", (kind) => {
  const stage = useStage();

  it("permission denied: says so and what to do, and lets one join without", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada");
    const grace = await stage.open(kind, stage.server.link(room), "Grace", { devices: "denied" });
    await grace.waitForText("Camera and microphone are blocked");
    await grace.waitForText("Allow them next to the address bar");
    await grace.waitForText("You will join without camera and microphone");
    await grace.type("Your name", "Grace");
    await grace.press("Join");
    await grace.waitForMedia("Ada");
    await ada.waitForTiles("Grace with neither", (tiles) =>
      tiles.some((t) => t.name === "Grace" && t.mic === "off" && t.cam === "off"),
    );
  });

  it("permission denied in the link that skips the lobby: joins and says so", async () => {
    const grace = await stage.open(kind, stage.server.link(stage.newRoom(), "Grace"), "Grace", { devices: "denied" });
    await grace.waitForButton("Leave");
    await grace.waitForText("Camera and microphone are blocked");
    await grace.waitForButton("Unmute microphone");
    await grace.waitForButton("Turn camera on");
  });

  it("the lobby shows the camera, lets one choose, and remembers the name", async () => {
    const room = stage.newRoom();
    const ada = await stage.open(kind, stage.server.link(room), "Ada");
    await ada.waitForMovingPreview();
    await ada.press("Turn camera off");
    await ada.waitForText("Your camera is off");
    expect(await ada.hasNoLiveCamera()).toBe(true);
    await ada.press("Turn camera on");
    await ada.waitForMovingPreview();
    await ada.press("Mute microphone");
    await ada.type("Your name", "Ada Lovelace");
    await ada.press("Join");
    await ada.waitForButton("Unmute microphone");
    const grace = await stage.join("chromium", room, "Grace");
    await grace.waitForTiles("Ada, muted", (tiles) => tiles.some((t) => t.name === "Ada Lovelace" && t.mic === "off"));

    await ada.page.goto(stage.server.link(room));
    await ada.waitForMovingPreview();
    expect(await ada.valueOf("Your name")).toBe("Ada Lovelace");
  });
});

describe("without any device", () => {
  const stage = useStage();

  it("one can join, see and hear", async () => {
    const room = stage.newRoom();
    await stage.join("chromium", room, "Ada");
    const grace = await stage.open("chromium", stage.server.link(room), "Grace", { devices: "missing" });
    await grace.waitForText("No camera and no microphone found");
    await grace.type("Your name", "Grace");
    await grace.press("Join");
    await grace.waitForMedia("Ada");
  });

  it("sound that the browser refuses to start waits behind a button", async () => {
    const room = stage.newRoom();
    await stage.join("chromium", room, "Ada");
    const grace = await stage.open("chromium", stage.server.link(room, "Grace"), "Grace", {}, () => {
      // What browsers do on a page that nobody has touched; a click is needed first.
      const play = HTMLMediaElement.prototype.play;
      let touched = false;
      addEventListener("click", () => (touched = true), { capture: true });
      HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
        const refuses = this instanceof HTMLAudioElement && !touched;
        return refuses ? Promise.reject(new DOMException("no gesture", "NotAllowedError")) : play.call(this);
      };
    });
    await grace.press("Start audio");
    await grace.waitForMedia("Ada");
    await grace.waitForNoButton("Start audio");
  });
});
