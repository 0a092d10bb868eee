import type { KeyInput } from "puppeteer-core";
import { describe, expect, it } from "vitest";
import type { BrowserKind } from "../harness/browsers.js";
import type { Participant } from "../harness/participant.js";
import { inspect } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

/** Holds the keys down together, and releases them. */
async function chord(person: Participant, modifier: "Control" | "Shift", key: KeyInput): Promise<void> {
  await person.page.keyboard.down(modifier);
  await person.page.keyboard.press(key);
  await person.page.keyboard.up(modifier);
}

describe.each<BrowserKind>(["chromium", "firefox"])("a whole call by keyboard alone, in %s", (kind) => {
  const stage = useStage({}, { bare: true });

  it("from the first page to the goodbye", async () => {
    const grace = await stage.join("chromium", stage.newRoom(), "Grace");
    const ada = await stage.open(kind, stage.server.url, "Ada");
    const { keyboard } = ada.page;
    await ada.waitForButton("New call");
    await ada.tabTo("Room name or link");
    await keyboard.type(new URL(grace.page.url()).pathname.replace("/r/", ""));
    await keyboard.press("Enter");
    await ada.waitForButton("Join");
    await ada.tabTo("Your name");
    await keyboard.type("Ada");
    await keyboard.press("Enter");
    await ada.waitForMedia("Grace");

    // What stands on each button has a key.
    await keyboard.press("m");
    await ada.waitForButton("Unmute microphone");
    await grace.waitForTiles("Ada, who is muted", (tiles) => tiles.some((t) => t.name === "Ada" && t.mic === "off"));
    await keyboard.down("v");
    await ada.waitForButton("Mute microphone");
    await keyboard.up("v");
    await ada.waitForButton("Unmute microphone");
    await chord(ada, "Control", "d");
    await ada.waitForButton("Mute microphone");
    await keyboard.press("v");
    await ada.waitForButton("Turn camera on");
    await chord(ada, "Control", "e");
    await ada.waitForButton("Turn camera off");
    await keyboard.press("h");
    await grace.waitForText("Hand raised, number 1");

    // In a text box they are letters.
    await keyboard.press("c");
    await eventually("the chat is loaded", async () => (await ada.valueOf("Message")) !== undefined);
    await ada.tabTo("Message");
    await keyboard.type("much ado");
    expect(await ada.valueOf("Message")).toBe("much ado");
    await keyboard.press("Enter");
    await grace.waitForText("Message from Ada: much ado");
    await keyboard.press("Escape");
    await ada.waitForButton("Mute microphone");
    expect(await ada.focused()).toBe("Chat");

    await chord(ada, "Shift", "?");
    await ada.waitForText("Shortcuts of a single key");
    if (kind === "chromium") {
      await inspect(ada, "call-shortcuts");
    }
    await ada.tabTo("Shortcuts of a single key");
    await keyboard.press(" ");
    await eventually("single keys are off", () =>
      ada.page.evaluate(() => localStorage.getItem("parley.single-keys") === "off"),
    );
    await keyboard.press("Escape");
    await eventually("the list is closed", () =>
      ada.page.evaluate(() => !window.probe.all("dialog").some((dialog) => (dialog as HTMLDialogElement).open)),
    );
    await keyboard.press("m");
    await chord(ada, "Control", "d");
    // Only the second one did anything.
    await ada.waitForButton("Unmute microphone");

    await ada.tabTo("Leave");
    await keyboard.press("Enter");
    await grace.waitForPeople();
    await ada.waitForButton("Rejoin");
    expect([...ada.errors, ...grace.errors]).toEqual([]);
  });
});
