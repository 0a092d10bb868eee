import { describe, expect, it } from "vitest";
import { accessibleNames } from "../harness/accessibility.js";
import type { Participant } from "../harness/participant.js";
import { installPortrait } from "../harness/portrait.js";
import { inspect } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";

describe("every screen is accessible, fits a phone, and asks nobody else for anything", () => {
  const stage = useStage({ "Parley:Rooms:Capacity": "4" }, { bare: true });

  it("landing", async () => {
    const ada = await stage.open("chromium", stage.server.url, "Ada");
    await ada.waitForButton("New call");
    await inspect(ada, "landing");
  });

  it("lobby", async () => {
    const ada = await stage.open("chromium", stage.server.link("lobby"), "Ada");
    await ada.type("Your name", "Ada");
    await ada.waitForMovingPreview();
    expect(await accessibleNames(ada, "textbox", "button")).toEqual(
      expect.arrayContaining(["textbox Your name", "button Join", "button Mute microphone", "button Turn camera off"]),
    );
    await inspect(ada, "lobby");
  });

  it("a call alone", async () => {
    const ada = await stage.join("chromium", stage.newRoom(), "Ada");
    await ada.waitForText("You are the only one here");
    await inspect(ada, "call-alone");
  });

  it("a call of four, one of them without camera, another muted", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada", installPortrait);
    const grace = await stage.join("chromium", room, "Grace Hopper", installPortrait);
    const edsger = await stage.join("chromium", room, "Edsger Dijkstra", installPortrait);
    await stage.join("chromium", room, "Barbara Liskov", installPortrait);
    await grace.press("Turn camera off");
    await edsger.press("Mute microphone");
    await ada.waitForTiles(
      "Grace without camera, Edsger muted",
      (tiles) =>
        tiles.some((t) => t.name === "Grace Hopper" && t.cam === "off") &&
        tiles.some((t) => t.name === "Edsger Dijkstra" && t.mic === "off"),
    );
    await ada.waitForFrames((t) => t.cam === "on", 2, "Edsger's and Barbara's cameras");
    expect(await accessibleNames(ada, "button")).toEqual(
      expect.arrayContaining(
        ["Mute microphone", "Turn camera off", "Share screen", "Copy link", "Participants", "Leave"].map(
          (n) => `button ${n}`,
        ),
      ),
    );
    await inspect(ada, "call");

    await ada.press("Participants");
    await ada.waitForText("Edsger Dijkstra");
    await inspect(ada, "call-participants");
    await ada.press("Participants");
    expect(ada.errors).toEqual([]);
  });

  it("a full room", async () => {
    const full = stage.newRoom();
    for (const name of ["Ada", "Grace", "Edsger", "Barbara"]) {
      await stage.join("chromium", full, name);
    }
    const late = await stage.open("chromium", stage.server.link(full, "Late"), "Late");
    await late.waitForText("This room is full");
    await inspect(late, "room-full");
  });

  it("goodbye", async () => {
    const ada = await stage.join("chromium", stage.newRoom(), "Ada");
    await ada.press("Leave");
    await ada.waitForText("You left the call");
    await inspect(ada, "goodbye");
  });

  it("no screen sends a request to another host", async () => {
    const ada = await stage.open("chromium", "about:blank", "Ada");
    const foreign: string[] = [];
    ada.page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== new URL(stage.server.url).origin) {
        foreign.push(request.url());
      }
    });
    await ada.page.goto(stage.server.url);
    await ada.press("New call");
    await ada.type("Your name", "Ada");
    await ada.press("Join");
    await ada.press("Leave");
    await ada.waitForText("You left the call");
    expect(foreign).toEqual([]);
    expect(ada.errors).toEqual([]);
  });

  it("nothing moves for who wants no motion", async () => {
    const ada = await stage.join("chromium", stage.newRoom(), "Ada");
    await ada.press("Reactions");
    await ada.press("Thumbs up");
    await ada.waitForText("You: Thumbs up");
    expect(await moving(ada)).toContain("button");
    await ada.page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
    await ada.press("Reactions");
    await ada.press("Applause");
    await ada.waitForText("You: Applause");
    expect(await moving(ada)).toEqual([]);
  });

  it("twice as large, nothing is cut off", async () => {
    const ada = await stage.open("chromium", stage.server.url, "Ada");
    // What a browser does with a window of 1280 by 800 pixels at 200 %.
    await ada.page.setViewport({ width: 640, height: 400, deviceScaleFactor: 2 });
    await ada.waitForButton("New call");
    expect(await outOfReach(ada), "landing").toEqual([]);
    await ada.page.goto(stage.server.link(stage.newRoom()));
    await ada.waitForMovingPreview();
    expect(await outOfReach(ada), "lobby").toEqual([]);
    await ada.type("Your name", "Ada");
    await ada.press("Join");
    await ada.waitForText("You are the only one here");
    for (const panel of ["Participants", "Chat", "Settings"]) {
      await ada.press(panel);
      await ada.settle();
      expect(await outOfReach(ada), panel).toEqual([]);
      await ada.press("Close");
    }
  });
});

describe("what takes a browser with windows of its own is accessible, and fits a phone", () => {
  const stage = useStage();

  it("lobby with devices denied", async () => {
    const ada = await stage.open("chromium", stage.server.link("lobby"), "Ada", { devices: "denied" });
    await ada.waitForText("Camera and microphone are blocked");
    await inspect(ada, "lobby-denied");
  });

  it("a shared screen", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada", installPortrait);
    const grace = await stage.join("chromium", room, "Grace Hopper", installPortrait);
    await grace.press("Share screen");
    await ada.waitForFrames((t) => t.screen, 1, "Grace's screen");
    await inspect(ada, "call-screen");
    expect(ada.errors).toEqual([]);
  });
});

/** The elements, by name, that would move or fade for longer than one can see. */
function moving(person: Participant): Promise<string[]> {
  return person.page.evaluate(() => {
    const longest = (times: string): number =>
      Math.max(...times.split(",").map((time) => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1_000)));
    const found = window.probe.all("*").filter((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      return (animationName !== "none" && longest(animationDuration) > 1) || longest(transitionDuration) > 1;
    });
    return [...new Set(found.map(({ localName }) => localName))];
  });
}

/** What one would have to scroll sideways for, and controls that no scrolling brings into view. */
function outOfReach(person: Participant): Promise<string[]> {
  return person.page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
    const hidden = window.probe
      .all("button, input, select, textarea, a")
      .filter((element) => window.probe.visible(element))
      .filter((element) => {
        element.scrollIntoView({ block: "nearest", inline: "nearest" });
        const { left, top, right, bottom } = element.getBoundingClientRect();
        return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
      });
    return [...wide, ...hidden.map((element) => `${element.localName} ${element.textContent?.trim() ?? ""}`)];
  });
}
