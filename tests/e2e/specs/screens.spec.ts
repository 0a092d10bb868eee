import { describe, expect, it } from "vitest";
import { accessibleNames } from "../harness/accessibility.js";
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

  it("a whole call by keyboard alone", async () => {
    const room = stage.newRoom();
    const grace = await stage.join("chromium", room, "Grace");
    const ada = await stage.open("chromium", stage.server.link(room), "Ada");
    await ada.waitForMovingPreview();
    await ada.tabTo("Your name");
    await ada.page.keyboard.type("Ada");
    await ada.page.keyboard.press("Enter");
    await ada.waitForButton("Leave");
    await grace.waitForPeople("Ada");
    await ada.tabTo("Mute microphone");
    await ada.page.keyboard.press("Space");
    await grace.waitForTiles("Ada muted", (tiles) => tiles.some((t) => t.name === "Ada" && t.mic === "off"));
    await ada.tabTo("Participants");
    await ada.page.keyboard.press("Enter");
    await ada.waitForText("Grace");
    await ada.page.keyboard.press("Escape");
    expect(await ada.focused()).toBe("Participants");
    await ada.tabTo("Leave");
    await ada.page.keyboard.press("Enter");
    await ada.waitForText("You left the call");
    await grace.waitForPeople();
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
