import { describe, expect, it } from "vitest";
import { Participant } from "../harness/participant.js";
import { Server } from "../harness/server.js";
import { useStage } from "../harness/stage.js";

describe("rooms", () => {
  const stage = useStage({ "Parley:Rooms:Capacity": "2" }, { bare: true });

  it("a full room says so, and lets one in when somebody has left", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada");
    const grace = await stage.join("chromium", room, "Grace");
    const late = await stage.open("chromium", stage.server.link(room, "Barbara"), "Barbara");
    await late.waitForText("This room is full");
    stage.forget(ada);
    await ada.press("Leave");
    await ada.waitForButton("Rejoin");
    // A browser that is closed at once may not get to say so: then the seat is held.
    await grace.waitForPeople();
    await ada.close();
    await late.press("Try again");
    await late.waitForMedia("Grace");
  });

  it("people of different rooms do not meet", async () => {
    const ada = await stage.join("chromium", stage.newRoom(), "Ada");
    const grace = await stage.join("chromium", stage.newRoom(), "Grace");
    await ada.waitForPeople();
    await grace.waitForPeople();
  });

  it("from the landing page into a new room, and by its link to it", async () => {
    const ada = await stage.open("chromium", stage.server.url, "Ada");
    await ada.press("New call");
    await ada.type("Your name", "Ada");
    await ada.press("Join");
    await ada.waitForButton("Leave");
    const link = ada.page.url();
    expect(new URL(link).pathname).toMatch(/^\/r\/[^/]+$/);

    const grace = await stage.open("chromium", link, "Grace");
    await grace.type("Your name", "Grace");
    await grace.press("Join");
    await grace.waitForMedia("Ada");
  });

  it("leaving and coming back", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada");
    const grace = await stage.join("chromium", room, "Grace");
    await ada.press("Leave");
    await grace.waitForPeople();
    await ada.press("Rejoin");
    await ada.pressIfShown("Join");
    await stage.everyoneReceivesEveryone();
  });

  it("leaving before the devices are open, and coming back with them", async () => {
    const room = stage.newRoom();
    await stage.join("chromium", room, "Ada");
    const grace = await stage.open("chromium", stage.server.link(room, "Grace"), "Grace", {}, () => {
      // A person who finds "Allow" only when they have left already.
      const allowed = new Promise((resolve) => addEventListener("allow", resolve, { once: true }));
      const { mediaDevices } = navigator;
      const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        await allowed;
        return getUserMedia(constraints);
      };
    });
    await grace.press("Leave");
    await grace.waitForButton("Rejoin");
    await grace.page.evaluate(() => dispatchEvent(new Event("allow")));
    await grace.press("Rejoin");
    await stage.everyoneReceivesEveryone();
  });

  it("who presses Join more than once is one participant", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada");
    const grace = await stage.open("chromium", stage.server.link(room), "Grace");
    await grace.type("Your name", "Grace");
    await grace.page.evaluate(() => {
      const join = window.probe.button("Join");
      for (let presses = 0; presses < 3; presses += 1) {
        join?.click();
      }
    });
    await grace.waitForMedia("Ada");
    await ada.waitForMedia("Grace");
    await grace.press("Leave");
    await ada.waitForPeople();
  });

  it("a reloaded page is one participant, not two", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada");
    const grace = await stage.join("chromium", room, "Grace");
    await stage.everyoneReceivesEveryone();
    await ada.page.reload();
    await ada.waitForButton("Leave");
    await grace.waitForPeople("Ada");
    await stage.everyoneReceivesEveryone();
  });
});

describe("a server that goes away", () => {
  const stage = useStage({}, { bare: true });

  it("is told, while people go on seeing and hearing each other", async () => {
    const server = await Server.start();
    const browser = await stage.browser("chromium");
    const ada = await Participant.join(browser, server.link("gone", "Ada"), "Ada");
    const grace = await Participant.join(browser, server.link("gone", "Grace"), "Grace");
    stage.present.push(ada, grace);
    await stage.everyoneReceivesEveryone();
    await server.stop();
    await ada.waitForText("The server is out of reach");
    await grace.waitForText("The server is out of reach");
    await stage.everyoneReceivesEveryone();
  });
});
