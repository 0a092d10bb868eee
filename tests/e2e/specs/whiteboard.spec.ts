import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Participant } from "../harness/participant.js";
import { Sample } from "../harness/sample.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

/** Whether something of this colour is drawn here: a share of the width and the height. */
async function drawnAt(person: Participant, x: number, y: number): Promise<boolean> {
  return person.page.evaluate(
    (left, top) => {
      const canvas = document.querySelector("canvas");
      const place = [Math.round(left * (canvas?.width ?? 0)), Math.round(top * (canvas?.height ?? 0))] as const;
      return (canvas?.getContext("2d")?.getImageData(...place, 1, 1).data[3] ?? 0) > 0;
    },
    x,
    y,
  );
}

async function waitForDrawing(person: Participant, x: number, y: number, drawn = true): Promise<void> {
  await eventually(
    `${person.name} sees ${drawn ? "something" : "nothing"} at ${String(x)}, ${String(y)}`,
    async () => (await drawnAt(person, x, y)) === drawn,
    () => person.describe(),
  );
}

/** A line across the board at this height, by the mouse. */
async function draw(person: Participant, y: number): Promise<void> {
  const box = await person.page.evaluate(() => {
    const {
      x: left,
      y: top,
      width,
      height,
    } = document.querySelector("canvas")?.getBoundingClientRect() ?? new DOMRect();
    return { left, top, width, height };
  });
  const { mouse } = person.page;
  await mouse.move(box.left + box.width * 0.1, box.top + box.height * y);
  await mouse.down();
  await mouse.move(box.left + box.width * 0.9, box.top + box.height * y, { steps: 8 });
  await mouse.up();
}

describe("the sample of a whiteboard", () => {
  // It is on another origin, whose port nobody knows before it has started.
  const stage = useStage({ "Parley:AllowedOrigins": "*" }, { bare: true });
  let sample: Sample;

  beforeAll(async () => {
    sample = await Sample.start("Whiteboard", { Parley: stage.server.url });
  });

  afterAll(() => sample.stop());

  it("shows everybody what everybody draws, also who comes late, in Chromium and Firefox", async () => {
    const link = (name: string): string => `${sample.url}/?room=board&name=${name}`;
    const ada = await stage.open("chromium", link("Ada"), "Ada");
    const grace = await stage.open("firefox", link("Grace"), "Grace");
    await ada.waitForMedia("Grace");
    await draw(ada, 0.25);
    await draw(grace, 0.5);
    for (const person of [ada, grace]) {
      await waitForDrawing(person, 0.5, 0.25);
      await waitForDrawing(person, 0.5, 0.5);
    }

    const barbara = await stage.open("chromium", link("Barbara"), "Barbara");
    await waitForDrawing(barbara, 0.5, 0.25);
    await waitForDrawing(barbara, 0.5, 0.5);
    await draw(barbara, 0.75);
    await waitForDrawing(grace, 0.5, 0.75);

    await grace.press("Clear for everyone");
    for (const person of [ada, grace, barbara]) {
      await waitForDrawing(person, 0.5, 0.25, false);
      await waitForDrawing(person, 0.5, 0.75, false);
    }
    expect([...ada.errors, ...grace.errors, ...barbara.errors]).toEqual([]);
  });
});
