import { expect, describe, it } from "vitest";
import { expectAccessible } from "../harness/accessibility.js";
import { Line } from "../harness/line.js";
import type { Participant } from "../harness/participant.js";
import { inspect } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

const markup = '<img src=x onerror="document.title = `broken into`"> & <b>bold</b>';

async function write(person: Participant, ...lines: readonly string[]): Promise<void> {
  const [first = "", ...rest] = lines;
  await person.type("Message", first);
  for (const line of rest) {
    await person.page.keyboard.down("Shift");
    await person.page.keyboard.press("Enter");
    await person.page.keyboard.up("Shift");
    await person.page.keyboard.type(line);
  }
  await person.page.keyboard.press("Enter");
}

/** The messages in the open panel, from the first to the last. */
async function read(person: Participant): Promise<string[]> {
  return person.page.evaluate(() => window.probe.all("[role=log] .text").map((m) => m.textContent ?? ""));
}

async function waitForMessages(person: Participant, expected: readonly string[]): Promise<void> {
  await eventually(
    `${person.name} reads ${JSON.stringify(expected)}`,
    async () => JSON.stringify(await read(person)) === JSON.stringify(expected),
    async () => ({ messages: await read(person), page: await person.describe() }),
  );
}

async function waitForUnread(person: Participant, count: string | null): Promise<void> {
  const seen = (): Promise<string | null> =>
    person.page.evaluate(() => window.probe.button("Chat")?.getAttribute("data-count") ?? null);
  await eventually(
    `${person.name} sees that ${String(count)} messages are unread`,
    async () => (await seen()) === count,
    async () => ({ unread: await seen(), page: await person.describe() }),
  );
}

/** From now on the notes are counted that the page plays. */
async function countNotes(person: Participant): Promise<void> {
  await person.page.evaluate(() => {
    const Native = window.OscillatorNode;
    document.documentElement.dataset["notes"] = "0";
    window.OscillatorNode = class extends Native {
      override start(when?: number): void {
        super.start(when);
        const { dataset } = document.documentElement;
        dataset["notes"] = String(Number(dataset["notes"]) + 1);
      }
    };
  });
}

async function waitForNotes(person: Participant, count: number): Promise<void> {
  const played = (): Promise<number> => person.page.evaluate(() => Number(document.documentElement.dataset["notes"]));
  await eventually(`${person.name} hears ${String(count)} notes`, async () => (await played()) === count, played);
}

/** Waits until a picture in the grid has this reaction on it: of a participant, or (null) of the person at the page. */
async function waitForReaction(person: Participant, from: string | null, kind: string): Promise<void> {
  await eventually(
    `${person.name} sees ${kind} of ${from ?? "the own"}`,
    () =>
      person.page.evaluate(
        (name, wanted) =>
          window.probe
            .all("parley-tile")
            .some(
              (tile) =>
                tile.getAttribute("data-name") === name &&
                tile.shadowRoot?.querySelector("[data-reaction]")?.getAttribute("data-reaction") === wanted,
            ),
        from,
        kind,
      ),
    () => person.describe(),
  );
}

describe("people write to each other", () => {
  const stage = useStage({}, { bare: true });

  it("to all and to one, and everybody ends with the same, whoever comes late, reloads or loses the server", async () => {
    const room = stage.newRoom();
    const line = await Line.to(stage.server.url);
    try {
      const ada = await stage.joinAt("chromium", line.link(room, "Ada"), "Ada");
      await ada.waitForText("You are the only one here");
      await ada.press("Chat");
      await ada.waitForText("Nobody else is here yet.");
      await write(ada, "Is anybody here?");
      const grace = await stage.join("firefox", room, "Grace");

      // What was written before comes with those who were there, and is counted until it was seen.
      await waitForUnread(grace, "1");
      await write(ada, "See (https://example.org/a?b=1).", "A second line");
      await waitForUnread(grace, "2");
      await grace.waitForText("Message from Ada: See (https://example.org/a?b=1). A second line");
      await grace.press("Chat");
      const public1 = ["Is anybody here?", "See (https://example.org/a?b=1).\nA second line"];
      await waitForMessages(grace, public1);
      await waitForUnread(grace, null);
      const links = await grace.page.evaluate(() =>
        window.probe
          .all("[role=log] a")
          .map((a) => [a.textContent, a.getAttribute("href"), a.getAttribute("target"), a.getAttribute("rel")]),
      );
      expect(links).toEqual([
        ["https://example.org/a?b=1", "https://example.org/a?b=1", "_blank", "noopener noreferrer"],
      ]);

      // Text is text.
      await write(grace, markup);
      await waitForMessages(ada, [...public1, markup]);
      expect(await ada.page.evaluate(() => window.probe.all("[role=log] img, [role=log] b").length)).toBe(0);
      expect(await ada.page.title()).not.toContain("broken into");

      await ada.choose("To", "Grace");
      await ada.waitForText("Only Grace will see this.");
      await write(ada, "Just for you");
      await waitForMessages(grace, [...public1, markup, "Just for you"]);
      await grace.waitForText("Private, to you");
      await ada.waitForText("Private, to Grace");

      const late = await stage.join("chromium", room, "Edsger");
      await waitForUnread(late, "3");
      await late.press("Chat");
      await waitForMessages(late, [...public1, markup]);
      await ada.choose("To", "Everyone");

      // A sound, for those who want one.
      await countNotes(late);
      await late.press("Sound for new messages");
      await waitForNotes(late, 2);
      await late.page.keyboard.press("Escape");
      await late.waitForNoButton("Send");
      expect(await late.focused()).toBe("Chat");
      await write(ada, "Do you hear this?");
      await waitForUnread(late, "1");
      await waitForNotes(late, 4);
      await late.press("Chat");
      const forAll = [...public1, markup, "Do you hear this?"];
      const forTwo = [...public1, markup, "Just for you", "Do you hear this?"];
      await waitForMessages(late, forAll);

      // Who reloads finds everything again, the private ones too.
      await grace.page.reload();
      await grace.waitForButton("Leave");
      await grace.press("Chat");
      await waitForMessages(grace, forTwo);

      // Without the server it goes on, and nothing comes twice when it is back.
      line.cut();
      line.drop();
      await ada.waitForText("The server is out of reach.");
      await write(ada, "Can you still read me?");
      await waitForMessages(late, [...forAll, "Can you still read me?"]);
      await write(late, "I can");
      line.mend();
      await ada.waitForText("Connected again");
      await write(grace, "So can I");
      const last = ["Can you still read me?", "I can", "So can I"];
      await waitForMessages(ada, [...forTwo, ...last]);
      await waitForMessages(grace, [...forTwo, ...last]);
      await waitForMessages(late, [...forAll, ...last]);

      // What was meant for somebody who has left is not sent to all.
      await ada.choose("To", "Edsger");
      await late.press("Leave");
      await ada.waitForText("Edsger has left.");
      await write(ada, "For Edsger alone");
      await ada.waitForChoice("To", "Edsger (left)");
      expect(await ada.valueOf("Message")).toBe("For Edsger alone");
      await ada.choose("To", "Everyone");
      await ada.type("Message", "Good night");
      await ada.press("Send");
      await waitForMessages(grace, [...forTwo, ...last, "Good night"]);

      await ada.press("Reactions");
      await expectAccessible(ada, "the reactions");
      expect(await ada.focused()).toBe("Thumbs up");
      await ada.press("Applause");
      await waitForReaction(grace, "Ada", "applause");
      await waitForReaction(ada, null, "applause");
      await grace.waitForText("Ada: Applause");
      await ada.page.keyboard.press("Escape");
      expect(await ada.focused()).toBe("Reactions");
      await inspect(ada, "call-chat");
      expect(
        [...ada.errors, ...grace.errors, ...late.errors].filter((e) => !/WebSocket|ERR_|Firefox can/.test(e)),
      ).toEqual([]);
    } finally {
      await line.close();
    }
  });
});
