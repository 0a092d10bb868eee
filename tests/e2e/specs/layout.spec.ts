import { describe, expect, it } from "vitest";
import { expectAccessible } from "../harness/accessibility.js";
import { chromiumFirst } from "../harness/breadth.js";
import type { BrowserKind } from "../harness/browsers.js";
import { gatherCrowd, showCrowd, type Extra } from "../harness/crowd.js";
import type { Participant } from "../harness/participant.js";
import { snapshot } from "../harness/screens.js";
import { useStage, type Stage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

/** Where each tile is: "Grace", "Grace’s screen", "own". */
function places(person: Participant): Promise<Record<string, string>> {
  return person.page.evaluate(() =>
    Object.fromEntries(
      window.probe.all("parley-tile").map((tile) => {
        const { name, source, own, place } = (tile as HTMLElement).dataset;
        const label = own !== undefined ? `own${own === "screen" ? " screen" : ""}` : (name ?? "");
        return [source === "screen" ? `${label}’s screen` : label, place ?? ""];
      }),
    ),
  );
}

async function waitForPlaces(person: Participant, what: string, expected: Record<string, string>): Promise<void> {
  await eventually(
    `${person.name} sees ${what}`,
    async () => {
      const now = await places(person);
      return Object.entries(expected).every(([tile, place]) => now[tile] === place);
    },
    async () => ({ places: await places(person), page: await person.describe() }),
  );
}

async function onStage(person: Participant): Promise<string[]> {
  return Object.entries(await places(person)).flatMap(([tile, place]) => (place === "stage" ? [tile] : []));
}

declare global {
  interface Window {
    videos: { readonly id: string; readonly video: HTMLVideoElement; time: number; breaks: string[] }[];
  }
}

/** From now on {@link expectUnbroken} knows whether a picture of somebody else has started again. */
async function watchPictures(person: Participant): Promise<void> {
  await person.page.evaluate(() => {
    window.videos = window.probe.all("parley-tile[data-participant]:not([data-source])").flatMap((tile) => {
      const video = tile.shadowRoot?.querySelector("video");
      if (!(video instanceof HTMLVideoElement)) {
        return [];
      }
      const breaks: string[] = [];
      for (const type of ["emptied", "loadstart", "ended"]) {
        video.addEventListener(type, () => breaks.push(type));
      }
      return [{ id: tile.getAttribute("data-participant") ?? "", video, time: video.currentTime, breaks }];
    });
  });
}

/**
 * The very same elements are there, have never begun anew, and those that are shown go on. One that is hidden may rest: Firefox lets
 * it in a full screen, and goes on by itself.
 */
async function expectUnbroken(person: Participant, people: number): Promise<void> {
  const state = await person.page.evaluate(() =>
    window.videos.map(({ id, video, breaks }) => ({
      same: window.probe.all(`parley-tile[data-participant="${id}"]`)[0]?.shadowRoot?.querySelector("video") === video,
      breaks,
    })),
  );
  expect(state).toEqual(Array.from({ length: people }, () => ({ same: true, breaks: [] })));
  await eventually(`${person.name}'s pictures of the others go on`, () =>
    person.page.evaluate(() => {
      const shown = window.videos.filter(({ video }) => window.probe.visible(video));
      const advanced = shown.every(({ video, time }) => video.currentTime > time && !video.paused);
      if (advanced) {
        for (const each of shown) {
          each.time = each.video.currentTime;
        }
      }
      return advanced;
    }),
  );
}

/** In the middle of a tile, or where the tile's own measure says. */
async function centreOf(
  person: Participant,
  selector: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  return person.page.evaluate((s) => {
    const { x, y, width, height } = window.probe.all(s)[0]?.getBoundingClientRect() ?? new DOMRect();
    return { x: x + width / 2, y: y + height / 2, width, height };
  }, selector);
}

async function doubleClick(person: Participant, selector: string): Promise<void> {
  await person.settle();
  const { x, y } = await centreOf(person, selector);
  await person.page.mouse.click(x, y, { count: 2 });
}

/** By the tile's own button, or in its menu where there is no place (or no pointer) for more than one. */
async function ask(person: Participant, label: string, action: string): Promise<void> {
  if (!(await person.pressIfShown(action))) {
    await person.press(`More: ${label}`);
    await person.waitForButton(action);
    await person.press(action);
  }
  await person.settle();
}

async function crowd(stage: Stage, kind: BrowserKind, people: readonly Extra[]): Promise<Participant> {
  const ada = await stage.open(kind, stage.server.link(stage.newRoom(), "Ada"), "Ada");
  await gatherCrowd(ada, people);
  return ada;
}

const names = ["Grace", "Edsger", "Barbara", "Tony", "Donald", "Radia", "Leslie", "Frances", "Niklaus", "Margaret"];
const people = (count: number): Extra[] =>
  Array.from({ length: count }, (_, at) => ({ name: names[at] ?? `Person ${String(at + 1)}` }));
const tile = (name: string) => `parley-tile[data-participant="${name}"]:not([data-source])`;
const screen = (name: string) => `parley-tile[data-participant="${name}"][data-source]`;

// The same browsers for both: starting them takes longer than much of what is tested.
const calls = useStage();

describe.each(chromiumFirst)("the layout of a call, seen in %s", (kind, other) => {
  const stage = calls;

  it("follows speaker, pin and shared screen, turns pages, and no picture or sound ever stops", async () => {
    const room = stage.newRoom();
    const ada = await stage.join(kind, room, "Ada");
    const grace = await stage.join(other, room, "Grace");
    // A second tab of one Firefox would be in the background, where it takes its time.
    const edsger = await stage.join("chromium", room, "Edsger");
    await ada.waitForMedia("Grace", "Edsger");
    await watchPictures(ada);
    await waitForPlaces(ada, "a grid", { Grace: "grid", Edsger: "grid", own: "grid" });

    await edsger.press("Mute microphone");
    await ada.press("Switch to speaker view");
    await waitForPlaces(ada, "Grace, who speaks, on the stage", { Grace: "stage", Edsger: "strip", own: "strip" });
    await grace.press("Mute microphone");
    await edsger.press("Unmute microphone");
    await waitForPlaces(ada, "Edsger, who speaks now, on the stage", { Edsger: "stage", Grace: "strip" });
    await expectUnbroken(ada, 2);

    await ask(ada, "Grace", "Pin Grace");
    await waitForPlaces(ada, "Grace, who is pinned, on the stage", { Grace: "stage", Edsger: "strip" });
    await grace.press("Share screen");
    await waitForPlaces(ada, "Grace's screen beside her", { "Grace’s screen": "stage", Grace: "stage" });
    await ask(ada, "Grace", "Unpin Grace");
    await waitForPlaces(ada, "Grace's screen alone", { "Grace’s screen": "stage", Grace: "strip" });
    await expectUnbroken(ada, 2);

    await grace.endCaptureFromBrowser();
    await waitForPlaces(ada, "the speaker again", { Edsger: "stage", Grace: "strip" });
    await ada.press("Switch to grid view");

    await grace.press("Unmute microphone");
    await ada.page.setViewport({ width: 300, height: 420 });
    await ada.waitForText("Page 1 of");
    await eventually("somebody is on another page", async () => Object.values(await places(ada)).includes("elsewhere"));
    // Who is on another page is heard, and every picture goes on.
    await ada.waitForMedia("Grace", "Edsger");
    await ada.press("Next page");
    await ada.waitForText("Page 2 of");
    await expectUnbroken(ada, 2);

    await ada.page.setViewport({ width: 1280, height: 800 });
    await doubleClick(ada, 'parley-tile[data-name="Grace"]');
    await waitForPlaces(ada, "Grace over everything", { Grace: "full", Edsger: "elsewhere" });
    await ada.press("Exit full screen");
    await waitForPlaces(ada, "the grid again", { Grace: "grid" });
    await expectUnbroken(ada, 2);
    expect(ada.errors).toEqual([]);

    await ada.press("Switch to speaker view");
    await ada.page.reload();
    await ada.waitForButton("Switch to grid view");
  });

  it("turns pages by keyboard, keeps whoever speaks on each, and tells how large pictures are shown", async () => {
    const many = people(16).map((each) => ({ ...each, speaking: each.name === "Person 16" }));
    const ada = await crowd(stage, kind, many);
    await ada.page.setViewport({ width: 360, height: 740 });
    await ada.settle();
    const seen = new Set<string>();
    const look = async (): Promise<void> => {
      const now = await places(ada);
      expect(now["Person 16"]).toBe("grid");
      for (const [name, place] of Object.entries(now)) {
        if (place === "grid") {
          seen.add(name);
        }
      }
      await eventually("the sizes that were told are those that are shown", async () => {
        const sizes = await ada.page.evaluate(() => window.crowd.sizes());
        return many.every(({ name }) => (sizes[name]?.camera ?? -1) > 0 === (now[name] === "grid"));
      });
    };
    await look();
    await ada.tabTo("Previous page");
    await ada.tabTo("Next page");
    for (let page = 2; seen.size < 17 && page < 9; page++) {
      await ada.page.keyboard.press("Enter");
      await ada.waitForText(`Page ${String(page)} of`);
      expect(await ada.focused()).toBe("Next page");
      await look();
    }
    expect(seen.size).toBe(17);
    const pinned = Object.entries(await places(ada)).find(([name, place]) => place === "grid" && name !== "Person 16");
    expect(pinned).toBeDefined();
    const name = pinned?.[0] ?? "";
    await ask(ada, name, `Pin ${name}`);
    expect(await places(ada)).toMatchObject({ [name]: "stage", "Person 16": "strip" });
    await ada.press("Previous page");
    expect(await places(ada)).toMatchObject({ [name]: "stage", "Person 16": "strip" });
  });

  it("fills the screen with one picture on a double click, and on Escape no longer", async () => {
    const ada = await crowd(stage, kind, people(3));
    const fullScreen = (): Promise<boolean> => ada.page.evaluate(() => document.fullscreenElement !== null);
    // Quick presses on a button are presses of the button, also when the first one moves the tile.
    const { x, y, width, height } = await centreOf(ada, tile("Grace"));
    await ada.page.mouse.click(x + width / 2 - 66, y - height / 2 + 22, { count: 2 });
    await waitForPlaces(ada, "Grace, who is pinned, on the stage", { Grace: "stage" });
    await ada.press("Switch to grid view");

    await doubleClick(ada, tile("Edsger"));
    await waitForPlaces(ada, "Edsger over everything", { Edsger: "full", Grace: "elsewhere" });
    await eventually("the browser shows the whole screen", fullScreen);
    await ada.waitForNoButton("Leave");
    await eventually("who is behind it is told as not shown", async () => {
      const { Edsger, Grace } = await ada.page.evaluate(() => window.crowd.sizes());
      return (Edsger?.camera ?? 0) > 0 && Grace?.camera === 0;
    });
    await ada.page.keyboard.press("Escape");
    await waitForPlaces(ada, "all", { Edsger: "grid", Grace: "grid" });
    await eventually("the browser shows its window again", async () => !(await fullScreen()));

    await ada.press("More: Barbara");
    await ada.waitForButton("Full screen: Barbara");
    await ada.press("Full screen: Barbara");
    await waitForPlaces(ada, "Barbara over everything", { Barbara: "full" });
    // Who leaves gives the room back.
    await showCrowd(ada, people(2));
    await waitForPlaces(ada, "the others", { Edsger: "grid", Grace: "grid" });
    await eventually("the browser shows its window again", async () => !(await fullScreen()));
  });

  it("fills the room where the browser gives no screen, on a double tap of a finger", async () => {
    const ada = await stage.open(kind, "about:blank", "Ada", {}, () => {
      Reflect.deleteProperty(Element.prototype, "requestFullscreen");
    });
    await ada.page.setViewport({ width: 390, height: 740, hasTouch: kind === "chromium" });
    await ada.page.goto(stage.server.link(stage.newRoom(), "Ada"));
    await gatherCrowd(ada, people(2));
    if (kind === "chromium") {
      const { x, y } = await centreOf(ada, tile("Grace"));
      await ada.page.touchscreen.tap(x, y);
      await ada.page.touchscreen.tap(x, y);
    } else {
      // This Firefox takes no touch from a test.
      await doubleClick(ada, tile("Grace"));
    }
    await waitForPlaces(ada, "Grace over everything", { Grace: "full" });
    await eventually("Grace has all the space there is", async () => {
      const { width, height } = await centreOf(ada, tile("Grace"));
      return width === 390 && height === 740;
    });
    await ada.page.keyboard.press("Escape");
    await waitForPlaces(ada, "both", { Grace: "grid", Edsger: "grid" });
  });
});

describe("the layout of a call, looked at", () => {
  const stage = useStage({}, { bare: true });

  const sizes = [
    [360, 740],
    [740, 360],
    [768, 1024],
    [1440, 900],
  ] as const;
  const views: [string, Extra[], string?][] = [
    ["duo", people(1)],
    ["grid", people(7)],
    ["speaker", people(7), "Switch to speaker view"],
    ["screens", people(5).map((each) => ({ ...each, screen: each.name.includes("e") }))],
    ["pages", people(15)],
  ];

  it.each(views)("%s fits a phone, a tablet and a desktop, and is accessible", async (name, extras, press) => {
    const ada = await crowd(stage, "chromium", extras);
    if (press !== undefined) {
      await ada.press(press);
    }
    for (const [width, height] of sizes) {
      await ada.page.setViewport({ width, height });
      await ada.settle();
      const outside = await ada.page.evaluate(() =>
        window.probe
          .all("parley-tile, parley-pager")
          .filter((element) => window.probe.visible(element))
          .map((element) => element.getBoundingClientRect())
          .filter((box) => box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1),
      );
      expect(outside).toEqual([]);
      await snapshot(ada, `layout-${name}-${String(width)}`);
    }
    await expectAccessible(ada, `the layout ${name}`);
  });

  it("pins several, up to four, and remembers nothing of a cough", async () => {
    const ada = await crowd(stage, "chromium", people(6));
    for (const name of names.slice(0, 4)) {
      await ask(ada, name, `Pin ${name}`);
    }
    expect(await onStage(ada)).toEqual(names.slice(0, 4));
    await ask(ada, "Ada (You)", "Pin Ada (You)");
    expect(await onStage(ada)).toEqual([...names.slice(1, 4), "own"]);
    await ada.press("Switch to grid view");
    expect(await onStage(ada)).toEqual([]);

    await ada.press("Switch to speaker view");
    expect(await onStage(ada)).toEqual(["Grace"]);
    // As long as a cough and what is held after it.
    const coughing = people(6).map((each) => ({ ...each, speaking: each.name === "Tony" }));
    await showCrowd(ada, coughing);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await showCrowd(ada, people(6));
    await showCrowd(
      ada,
      people(6).map((each) => ({ ...each, speaking: each.name === "Donald" })),
    );
    await eventually("Donald, who speaks for a while, is on the stage", async () =>
      (await onStage(ada)).includes("Donald"),
    );
    expect(await onStage(ada)).toEqual(["Donald"]);
  });

  it("shows several screens at once, and leaves it to the person to take one off the stage", async () => {
    const sharing = people(5).map((each) => ({ ...each, screen: each.name !== "Barbara" && each.name !== "Tony" }));
    const ada = await crowd(stage, "chromium", sharing);
    expect(await onStage(ada)).toEqual(["Grace’s screen", "Edsger’s screen", "Donald’s screen"]);
    await ask(ada, "Edsger’s screen", "Unpin Edsger’s screen");
    await showCrowd(ada, sharing, true);
    expect(await onStage(ada)).toEqual(["Grace’s screen", "Donald’s screen"]);
    await ada.press("Switch to grid view");
    expect(await onStage(ada)).toEqual([]);
    await showCrowd(ada, people(5), true);
    expect(await places(ada)).toMatchObject({ Grace: "grid", own: "grid", "own screen": "grid" });
    await showCrowd(ada, sharing);
    expect(await onStage(ada)).toEqual(["Grace’s screen", "Edsger’s screen", "Donald’s screen"]);
  });

  it("shows oneself small beside one other, and not at all if so wished", async () => {
    const ada = await crowd(stage, "chromium", people(1));
    expect(await places(ada)).toEqual({ Grace: "grid", own: "floating" });
    await ada.press("Hide own picture");
    expect(await places(ada)).toEqual({ Grace: "grid" });
    await showCrowd(ada, people(2));
    expect(Object.keys(await places(ada))).not.toContain("own");
    await ada.press("Show own picture");
    expect(await places(ada)).toMatchObject({ own: "grid" });
  });

  it("a tile's menu is accessible, takes the focus and gives it back", async () => {
    const ada = await crowd(stage, "chromium", people(7));
    await ada.page.setViewport({ width: 360, height: 740 });
    await ada.tabTo("More: Grace");
    await ada.page.keyboard.press("Enter");
    await ada.waitForButton("Full screen: Grace");
    expect(await ada.focused()).toBe("Pin Grace");
    await ada.settle();
    await expectAccessible(ada, "a tile's menu");
    await snapshot(ada, "layout-menu-360");
    await ada.page.keyboard.press("Escape");
    await ada.waitForNoButton("Full screen: Grace");
    expect(await ada.focused()).toBe("More: Grace");
    await ada.page.keyboard.press("Enter");
    await ada.waitForButton("Connection to Grace");
    await ada.page.mouse.click(20, 700);
    await ada.waitForNoButton("Full screen: Grace");
    expect(await ada.page.evaluate((s) => window.probe.all(s).length, screen("Grace"))).toBe(0);
  });

  it("from right to left, the strip is on the other side", async () => {
    const ada = await stage.open("chromium", `${stage.server.link(stage.newRoom(), "Ada")}&lang=ar`, "Ada");
    await gatherCrowd(ada, [{ name: "Grace", screen: true }, { name: "Edsger" }]);
    await ada.settle();
    const shared = await centreOf(ada, screen("Grace"));
    const camera = await centreOf(ada, tile("Grace"));
    expect(camera.x + camera.width / 2).toBeLessThanOrEqual(shared.x - shared.width / 2);
  });
});
