import { describe, expect, it } from "vitest";
import { atLeast } from "../harness/breadth.js";
import type { BrowserKind } from "../harness/browsers.js";
import { useStage } from "../harness/stage.js";

describe("people in a room see and hear each other", () => {
  const stage = useStage();

  it.each(
    atLeast<[string, BrowserKind, BrowserKind]>(
      ["two Firefoxes", "firefox", "firefox"],
      ["two Chromiums", "chromium", "chromium"],
      ["Firefox joining Chromium", "chromium", "firefox"],
      ["Chromium joining Firefox", "firefox", "chromium"],
    ),
  )("%s", async (_, first, second) => {
    const room = stage.newRoom();
    await stage.join(first, room, "Ada");
    await stage.join(second, room, "Grace");
    await stage.everyoneReceivesEveryone();
    expect(stage.present.flatMap((p) => p.errors)).toEqual([]);
  });

  it("four people, two of them in Firefox", async () => {
    const room = stage.newRoom();
    await stage.join("chromium", room, "Ada");
    await stage.join("firefox", room, "Grace");
    await stage.join("chromium", room, "Edsger");
    await stage.join("firefox", room, "Barbara");
    await stage.everyoneReceivesEveryone();
    expect(stage.present.flatMap((p) => p.errors)).toEqual([]);
  });
});
