import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { violations } from "../harness/accessibility.js";
import type { Participant } from "../harness/participant.js";
import { installPortrait } from "../harness/portrait.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

/** Every screen in both themes at three widths, to be looked at. Run by eng/gallery.sh, into artifacts/gallery. */
const folder = fileURLToPath(new URL("../../../artifacts/gallery", import.meta.url));
const themes = ["light", "dark"] as const;
const sizes = [
  [360, 740],
  [768, 1024],
  [1440, 900],
] as const;

/** Those that the guides show, in light and at the size of a small laptop: kept with them where PARLEY_KEEP_PICTURES is set. */
const kept = fileURLToPath(new URL("../../../docs/images", import.meta.url));
const inGuides = ["lobby", "chat", "host-waiting", "shared", "why", "statistics"];

async function keep(person: Participant, screen: string): Promise<void> {
  if (process.env["PARLEY_KEEP_PICTURES"] === undefined || !inGuides.includes(screen)) {
    return;
  }
  await person.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  await person.page.setViewport({ width: 1280, height: 800 });
  await person.settle();
  await person.page.screenshot({ path: join(kept, `${screen}.webp`) as `${string}.webp`, type: "webp", quality: 80 });
}

async function show(person: Participant, screen: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await keep(person, screen);
  for (const theme of themes) {
    await person.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
    for (const [width, height] of sizes) {
      await person.page.setViewport({ width, height });
      await person.settle();
      const overflow = await person.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(overflow, `${screen} at ${String(width)} px: pixels too wide`).toBeLessThanOrEqual(0);
      // The other combinations have the same colours and the same elements, and axe takes its time.
      if (width === (theme === "light" ? 360 : 1440)) {
        expect.soft(await violations(person), `axe on ${screen} at ${String(width)} px, ${theme}`).toEqual([]);
      }
      const path = join(folder, `${screen}-${String(width)}-${theme}.png`);
      await person.page.screenshot({ path: path as `${string}.png` });
    }
  }
  await person.page.setViewport({ width: 1280, height: 800 });
}

/** Opens a panel, shows it and closes it. */
async function showPanel(person: Participant, button: string, text: string, screen: string): Promise<void> {
  await person.press(button);
  await person.waitForText(text);
  await show(person, screen);
  await person.press("Close");
}

describe("the gallery", () => {
  const stage = useStage({}, { bare: true });
  const sharing = useStage({ "Parley:Rooms:Capacity": "2" });

  it("landing, lobby, doctor", async () => {
    const ada = await stage.open("chromium", stage.server.url, "Ada", {}, installPortrait);
    await ada.waitForButton("New call");
    await show(ada, "landing");
    await ada.page.goto(`${stage.server.link("team-lunch")}?name=Ada`);
    await ada.waitForMovingPreview();
    await show(ada, "lobby");
    await ada.page.goto(`${stage.server.url}/doctor`);
    await ada.waitForButton("Test again");
    await show(ada, "doctor");
  });

  it("lobby without permission, a room that is alone", async () => {
    const denied = await sharing.open("chromium", sharing.server.link("team-lunch"), "Ada", { devices: "denied" });
    await denied.waitForText("Camera and microphone are blocked");
    await show(denied, "lobby-denied");
    const ada = await stage.join("chromium", "alone", "Ada", installPortrait);
    await ada.waitForText("You are the only one here");
    await show(ada, "alone");
  });

  it("a call, its panels and dialogs", async () => {
    const room = "team-lunch";
    const ada = await stage.join("chromium", room, "Ada", installPortrait);
    const grace = await stage.join("chromium", room, "Grace Hopper", installPortrait);
    const edsger = await stage.join("chromium", room, "Edsger Dijkstra", installPortrait);
    const barbara = await stage.join("chromium", room, "Barbara Liskov", installPortrait);
    await ada.waitForFrames((t) => t.cam === "on", 3, "everybody");
    await edsger.press("Mute microphone");
    await barbara.press("Turn camera off");
    await grace.press("Raise hand");
    await show(ada, "call");
    await grace.press("Chat");
    for (const text of ["Lunch at twelve?", "The menu: https://example.org/menu\nI take the soup."]) {
      await grace.type("Message", text);
      await grace.press("Send");
    }
    await ada.press("Chat");
    await ada.type("Message", "Soup for me, too.");
    await ada.press("Send");
    await ada.waitForText("Soup for me, too.");
    await show(ada, "chat");
    await ada.press("Close");
    await ada.press("Reactions");
    await show(ada, "reactions");
    await ada.press("Thumbs up");
    await ada.press("Reactions");
    await ada.press("Participants");
    await ada.press("Manage Grace Hopper");
    await ada.waitForText("Make host");
    await show(ada, "manage");
    await ada.press("Remove");
    await ada.waitForText("Remove Grace Hopper?");
    await show(ada, "confirm");
    await ada.press("Cancel");
    await ada.press("Manage Grace Hopper");
    await ada.press("Connection to Grace Hopper");
    await ada.press("Why is it bad? Connection to Grace Hopper");
    await show(ada, "why");
    await ada.press("Close");
    await showPanel(ada, "Host controls", "Waiting room", "host");
    await showPanel(ada, "Settings", "Keyboard shortcuts", "settings");
    await showPanel(ada, "Files", "Files go straight", "files");
    await ada.press("Statistics");
    await ada.waitForText("Frame rate");
    await eventually("the plots have lines", () =>
      ada.page.evaluate(() =>
        window.probe.all("[data-plot] path").some((path) => (path as unknown as SVGPathElement).getTotalLength() > 20),
      ),
    );
    await show(ada, "statistics");
    await ada.press("Close");
    await ada.press("Settings");
    await ada.press("How this call works");
    await ada.waitForText("DTLS");
    await show(ada, "story");
    await ada.press("Close");
    await ada.press("Settings");
    await ada.press("Keyboard shortcuts");
    await ada.waitForText("Shortcuts of a single key");
    await show(ada, "shortcuts");
    await ada.page.keyboard.press("Escape");
    await ada.press("Close");
    await ada.press("Switch to speaker view");
    await show(ada, "speaker");
    await ada.press("Switch to grid view");
    // Not into a file of the person's choice: nobody would choose.
    await barbara.page.evaluate(() => delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker);
    await barbara.press("Record call");
    await ada.waitForText("Recording: Barbara Liskov");
    await show(ada, "recorded");
    await show(barbara, "recording");
    await barbara.press("Leave");
    await show(barbara, "goodbye");
  });

  it("doors", async () => {
    const room = "doors";
    const ada = await stage.join("chromium", room, "Ada", installPortrait);
    await ada.press("Host controls");
    await ada.waitForText("Waiting room");
    await ada.page.evaluate(() => {
      const label = window.probe.all("label").find((each) => each.textContent?.trim() === "Waiting room");
      label?.querySelector("input")?.click();
    });
    const grace = await stage.open("chromium", stage.server.link(room, "Grace"), "Grace", {}, installPortrait);
    await grace.waitForText("Waiting to be let in");
    await ada.waitForButton("Refuse Grace");
    await show(ada, "host-waiting");
    await show(grace, "waiting");
    await ada.press("Close");
    await ada.waitForText("Grace wants to come in");
    await show(ada, "door");
    await ada.press("Admit Grace");
    await grace.waitForMedia("Ada");
    await show(grace, "two");
    await ada.press("Participants");
    await ada.press("Manage Grace");
    await ada.press("Ask to mute");
    await grace.waitForText("asks you to mute");
    await show(grace, "mute-asked");
  });

  it("doors that stay closed, and calls that are over", async () => {
    const room = "closed";
    const ada = await stage.join("chromium", room, "Ada", installPortrait);
    await ada.press("Host controls");
    await ada.waitForText("Waiting room");
    await ada.type("Passcode", "sesame");
    await ada.press("Set passcode");
    await ada.waitForText("A passcode is set");
    const grace = await stage.open("chromium", stage.server.link(room, "Grace"), "Grace", {}, installPortrait);
    await grace.waitForText("This room has a passcode");
    await grace.type("Passcode", "simsalabim");
    await grace.press("Enter");
    await grace.waitForText("That is not the passcode");
    await show(grace, "passcode");
    await grace.type("Passcode", "sesame");
    await grace.press("Enter");
    await grace.waitForMedia("Ada");
    await ada.page.evaluate(() => {
      const label = window.probe.all("label").find((each) => each.textContent?.trim() === "Lock the room");
      label?.querySelector("input")?.click();
    });
    const late = await stage.open("chromium", stage.server.link(room, "Late"), "Late", {}, installPortrait);
    await late.waitForText("This room is locked");
    await show(late, "locked");
    // A tab with the same seat in another browser profile: what a restored session is.
    const seat = await grace.page.evaluate(() => ({ ...sessionStorage }) as Record<string, string>);
    await late.page.evaluate((values) => {
      for (const [key, value] of Object.entries(values)) sessionStorage.setItem(key, value);
    }, seat);
    await late.page.reload();
    await grace.waitForText("This call goes on in another window or tab");
    await show(grace, "displaced");
    await ada.press("Participants");
    await ada.press("Manage Grace");
    await ada.press("Remove");
    await ada.press("Remove Grace");
    await late.waitForText("You were removed from the call");
    await show(late, "removed");
    await ada.press("Host controls");
    await ada.press("End call for everyone");
    await ada.press("End call");
    await ada.waitForText("The call has ended");
    await show(ada, "ended");
  });

  it("a shared screen, a full room", async () => {
    const ada = await sharing.join("chromium", "shared", "Ada", installPortrait);
    const grace = await sharing.join("chromium", "shared", "Grace Hopper", installPortrait);
    await grace.press("Share screen");
    await ada.waitForFrames((t) => t.screen, 1, "Grace's screen");
    await show(ada, "shared");
    await show(grace, "sharing");
    const late = await sharing.open("chromium", sharing.server.link("shared", "Late"), "Late");
    await late.waitForText("This room is full");
    await show(late, "full");
  });
});
