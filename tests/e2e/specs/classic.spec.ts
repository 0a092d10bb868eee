import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chromiumFirst } from "../harness/breadth.js";
import type { Participant } from "../harness/participant.js";
import { Sample } from "../harness/sample.js";
import { Stage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

// Their own server: Parley's is not needed.
const stage = new Stage({ bare: true });
afterEach(() => stage.clear());

/** So candidates reach the page before the description that they belong to is set. */
function settingTakesLong(): void {
  type Set = (this: RTCPeerConnection, description: RTCSessionDescriptionInit) => Promise<void>;
  const set = RTCPeerConnection.prototype.setRemoteDescription as Set;
  const late: Set = async function (description) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return set.call(this, description);
  };
  RTCPeerConnection.prototype.setRemoteDescription = late;
}

function useSample(vocabulary: string): () => Sample {
  let sample: Sample | undefined;
  beforeAll(async () => {
    sample = await Sample.start("ClassicCall", { Vocabulary: vocabulary });
  });
  afterAll(() => sample?.stop());
  return () => {
    if (sample === undefined) {
      throw new Error("The sample is not running.");
    }
    return sample;
  };
}

/** Fills in the form of a page of the sample, of which not every one asks who one is. */
async function enter(
  person: Participant,
  room: string,
  who?: { readonly label: string; readonly text: string },
): Promise<void> {
  if (who !== undefined) {
    await person.type(who.label, who.text);
  }
  await person.type("Room", room);
  await person.press("Join");
  await person.waitForButton("Leave");
}

const named = (text: string) => ({ label: "Your name", text });
const mailed = (text: string) => ({ label: "Your e-mail address", text });

/** Hosts that a page has asked for anything, besides the one it came from. */
async function strangers(person: Participant): Promise<string[]> {
  return person.page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map((entry) => new URL(entry.name))
      .filter((url) => url.host !== location.host && url.protocol !== "data:")
      .map((url) => url.host),
  );
}

async function expectQuiet(...people: Participant[]): Promise<void> {
  for (const person of people) {
    expect(await strangers(person)).toEqual([]);
    expect(person.errors).toEqual([]);
  }
}

describe("the sample's vocabulary of rooms", () => {
  const sample = useSample("rooms");

  it("holds a call in Chromium and Firefox, with early candidates, states, text and a board", async () => {
    const room = stage.newRoom();
    const ada = await stage.open("chromium", sample().url, "Ada", {}, settingTakesLong);
    const grace = await stage.open("firefox", sample().url, "Grace", {}, settingTakesLong);
    await enter(ada, room, named("Ada"));
    await ada.waitForText("In this room: 1");
    await enter(grace, room, named("Grace <b>H</b>"));
    await ada.waitForMedia("Grace <b>H</b>");
    await grace.waitForMedia("Ada");

    await ada.press("Microphone");
    await grace.waitForTiles("Ada's microphone off", (tiles) => tiles.some((t) => t.name === "Ada" && t.mic === "off"));
    const injected = `<img src="x" onerror="document.title = 'injected'">`;
    await ada.page.type("#chat input", injected);
    await ada.press("Send");
    for (const person of [ada, grace]) {
      await person.waitForText(`Ada: ${injected}`);
      expect(await person.page.evaluate(() => document.querySelectorAll("li *, figcaption *").length)).toBe(0);
      expect(await person.page.title()).toBe("Classic call: rooms");
    }

    const { x, y } = await ada.page.evaluate(() => {
      const board = document.querySelector("canvas");
      board?.scrollIntoView();
      const { x: left, y: top } = board?.getBoundingClientRect() ?? new DOMRect();
      return { x: left, y: top };
    });
    await ada.page.mouse.move(x + 50, y + 100);
    await ada.page.mouse.down();
    await ada.page.mouse.move(x + 250, y + 100, { steps: 4 });
    await ada.page.mouse.up();
    const barbara = await stage.open("chromium", sample().url, "Barbara");
    await enter(barbara, room, named("Barbara"));
    for (const person of [grace, barbara]) {
      await eventually(`${person.name} sees the stroke`, () =>
        person.page.evaluate(
          () => (document.querySelector("canvas")?.getContext("2d")?.getImageData(150, 100, 1, 1).data[3] ?? 0) > 0,
        ),
      );
    }
    await barbara.waitForMedia("Ada", "Grace <b>H</b>");
    await barbara.press("Leave");
    await ada.waitForPeople("Grace <b>H</b>");
    await ada.waitForText("In this room: 2");
    await expectQuiet(ada, grace);
  });
});

describe("the sample's vocabulary of a welcome", () => {
  const sample = useSample("welcome");

  it("holds a call in Chromium and Firefox, and again after one has come back", async () => {
    const room = stage.newRoom();
    const ada = await stage.open("chromium", sample().url, "Ada", {}, settingTakesLong);
    const grace = await stage.open("firefox", sample().url, "Grace", {}, settingTakesLong);
    await enter(ada, room);
    await enter(grace, room);
    await ada.waitForMedia("The other person");
    await grace.waitForMedia("The other person");
    await grace.press("Leave");
    await ada.waitForPeople();
    await enter(grace, room);
    await ada.waitForFrames(() => true, 1, "Grace again");
    await grace.waitForMedia("The other person");
    await expectQuiet(ada, grace);
  });
});

describe.each(chromiumFirst)("the sample's vocabulary of one to one, from %s to %s", (first, second) => {
  const sample = useSample("pair");

  it("holds a call, in which screens are shared by renegotiation and go again", async () => {
    const room = stage.newRoom();
    // Choosing a screen is up to the browser's own interface.
    const ada = await stage.open(first, sample().url, "Ada", { bare: false });
    const grace = await stage.open(second, sample().url, "Grace", { bare: false });
    await enter(ada, room, mailed("ada@example.org"));
    // Who is there first learns the other's name.
    await eventually("Ada is in the room", async () => (await ada.page.title()).includes(room));
    await enter(grace, room, mailed("grace@example.org"));
    await ada.waitForMedia("grace@example.org");
    await grace.waitForMedia("The other person");
    const connections = await grace.connectionsMade();
    for (const _ of ["first", "second"]) {
      await ada.press("Share screen");
      await grace.waitForFrames((t) => t.screen, 1, "Ada's screen moving");
      await grace.waitForFrames((t) => !t.screen, 1, "Ada's camera still moving");
      await ada.press("Stop sharing");
      await grace.waitForTiles("no screen", (tiles) => !tiles.some((t) => t.screen));
    }
    // Both at the same moment: one of the two offers gives way.
    await Promise.all([ada.press("Share screen"), grace.press("Share screen")]);
    for (const person of [ada, grace]) {
      await person.waitForFrames((t) => t.screen, 1, "the other's screen moving");
      await person.waitForFrames((t) => !t.screen, 1, "the other's camera still moving");
    }
    expect(await grace.connectionsMade()).toBe(connections);
    await expectQuiet(ada, grace);
  });
});
