import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inChromium } from "../harness/breadth.js";
import type { Participant } from "../harness/participant.js";
import { Sample } from "../harness/sample.js";
import { inspect } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";

describe("the sample of an element in a page", () => {
  const stage = useStage({ "Parley:AllowedOrigins": "*" }, { bare: true });

  it.each(inChromium)("holds a call in a shop's page, in %s", async (kind) => {
    const sample = await Sample.start("EmbedElement", { Parley: stage.server.url });
    try {
      const room = stage.newRoom();
      const ada = await stage.open(kind, `${sample.url}/?room=${room}`, "Ada");
      await ada.waitForButton("Talk to the workshop");
      expect(await ada.page.evaluate(() => customElements.get("parley-call") === undefined), "nothing is loaded").toBe(
        true,
      );
      await ada.press("Talk to the workshop");
      await ada.type("Your name", "Ada");
      await ada.waitForText("The workshop of Spoke & Chain");
      await ada.press("Join");
      await ada.waitForText("We are on our way.");
      const grace = await stage.join("chromium", room, "Grace");
      await ada.waitForText("You are talking to the workshop.");
      await ada.waitForMedia("Grace");
      await grace.waitForMedia("Ada");
      if (kind === "chromium") {
        await inspect(ada, "embedded");
      }

      await ada.press("Leave");
      await ada.waitForText("Thank you for calling.");
      await grace.waitForPeople();
      // What the page gives the element for its end takes the element out, and another call can begin.
      await ada.press("Back to the shop");
      expect(await ada.page.evaluate(() => document.querySelector("parley-call"))).toBeNull();
      await ada.press("Talk to the workshop");
      await ada.press("Join");
      await grace.waitForMedia("Ada");
      expect(ada.errors).toEqual([]);
    } finally {
      await sample.stop();
    }
  });
});

describe("the sample of join tokens", () => {
  const secret = randomBytes(32).toString("hex");
  const stage = useStage({ "Parley:JoinTokens:Secrets": secret, "Parley:JoinTokens:Required": "true" }, { bare: true });

  it("leads from its form into the room, as who one is", async () => {
    const hookSecret = `whsec_${randomBytes(32).toString("base64")}`;
    const room = stage.newRoom();
    const sample = await Sample.start("JoinTokens", {
      Parley: stage.server.url,
      Secret: secret,
      HookSecret: hookSecret,
      Room: room,
    });
    try {
      const teacher = await stage.open("chromium", sample.url, "Grace");
      await teacher.page.type("input[name=name]", "Grace");
      await teacher.page.click("input[value=teacher]");
      await submit(teacher);
      expect(await teacher.valueOf("Your name")).toBe("Grace");
      await teacher.press("Join");
      await teacher.waitForButton("Host controls");

      const pupil = await stage.open("firefox", sample.url, "Ada");
      await pupil.page.type("input[name=name]", "Ada");
      await submit(pupil);
      await pupil.press("Join");
      await pupil.waitForMedia("Grace");
      await teacher.waitForMedia("Ada");
      await pupil.waitForNoButton("Host controls");
    } finally {
      await sample.stop();
    }
  });
});

/** Sends the form of the page, which another page answers. */
async function submit(person: Participant): Promise<void> {
  await Promise.all([person.page.waitForNavigation(), person.page.click("form button")]);
}
