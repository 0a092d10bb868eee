import { describe, expect, it } from "vitest";
import type { BrowserKind } from "../harness/browsers.js";
import { installFileProbe } from "../harness/file-probe.js";
import type { Participant } from "../harness/participant.js";
import { inspect } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

interface Played {
  readonly width: number;
  readonly height: number;
  /** Seconds that were played. */
  readonly time: number;
  readonly colours: number;
  /** The loudest sample, 0 to 1. */
  readonly loudest: number;
}

interface Saved {
  readonly name: string;
  /** In base 64. */
  readonly bytes: string;
}

/** The one file that the page has handed to the browser's downloads. */
async function savedBy(participant: Participant): Promise<Saved> {
  await eventually(
    "the recording is saved",
    () => participant.page.evaluate(() => window.fileProbe.saved.length === 1),
    () => participant.describe(),
  );
  return participant.page.evaluate(async () => {
    const [saved] = window.fileProbe.saved;
    const data = new Uint8Array((await saved?.blob.arrayBuffer()) ?? new ArrayBuffer());
    let text = "";
    for (const byte of data) {
      text += String.fromCharCode(byte);
    }
    return { name: saved?.name ?? "", bytes: btoa(text) };
  });
}

async function play(participant: Participant, { name, bytes }: Saved): Promise<Played> {
  return participant.page.evaluate(
    async (encoded, type): Promise<Played> => {
      const data = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
      const video = document.createElement("video");
      video.muted = true;
      video.src = URL.createObjectURL(new Blob([data], { type }));
      await video.play();
      await new Promise<void>((resolve, reject) => {
        video.onerror = () => reject(new Error(video.error?.message));
        video.ontimeupdate = () => {
          if (video.currentTime > 1) {
            resolve();
          }
        };
      });
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [128, 72];
      const context = canvas.getContext("2d");
      context?.drawImage(video, 0, 0, 128, 72);
      const pixels = context?.getImageData(0, 0, 128, 72).data ?? new Uint8ClampedArray();
      const colours = new Set<number>();
      for (let at = 0; at < pixels.length; at += 4) {
        colours.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
      }
      const sound = await new AudioContext().decodeAudioData(data.buffer);
      const loudest = sound.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const { videoWidth: width, videoHeight: height, currentTime: time } = video;
      video.pause();
      return { width, height, time, colours: colours.size, loudest };
    },
    bytes,
    name.endsWith("mp4") ? "video/mp4" : "video/webm",
  );
}

/** How many pieces of a recording are safe on the disk. */
async function piecesOf(participant: Participant): Promise<number> {
  return participant.page.evaluate(async () => {
    let pieces = 0;
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("parley-recordings");
    for await (const recording of folder.values()) {
      for await (const piece of (recording as FileSystemDirectoryHandle).values()) {
        pieces += (await (piece as FileSystemFileHandle).getFile()).size > 0 ? 1 : 0;
      }
    }
    return pieces;
  });
}

/** Whether the browser would ask before this page is left. */
function asksToStay(participant: Participant): Promise<boolean> {
  return participant.page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
}

/** The whole name of the button that begins so. */
function nameOfButton(participant: Participant, beginning: string): Promise<string> {
  return eventually(
    `a button "${beginning}…"`,
    () =>
      participant.page.evaluate(
        (start) =>
          window.probe
            .all("button")
            .map((each) => window.probe.name(each))
            .find((each) => each.startsWith(start)) ?? null,
        beginning,
      ),
    () => participant.describe(),
  );
}

describe.each<[BrowserKind, BrowserKind]>([
  ["chromium", "firefox"],
  ["firefox", "chromium"],
])("a recording made in %s", (kind, other) => {
  const stage = useStage({}, { bare: true });

  it("is known to everybody while it is made, and plays in %s".replace("%s", other), async () => {
    const room = stage.newRoom();
    const ada = await stage.join(kind, room, "Ada", installFileProbe);
    const grace = await stage.join(other, room, "Grace");
    await ada.waitForMedia("Grace");
    await ada.press("Record call");
    await grace.waitForText("Ada is recording the call");
    await grace.waitForText("Recording: Ada");
    await ada.waitForText("Recording: You");
    await ada.waitForText("You are recording.");
    expect(await asksToStay(ada)).toBe(true);
    if (kind === "chromium") {
      await inspect(ada, "call-recording");
    }
    // Who comes later is told too.
    const late = await stage.join("chromium", room, "Late");
    await late.waitForText("Recording: Ada");
    await ada.waitForMedia("Grace", "Late");
    await ada.press("Stop recording");
    await late.waitForNoText("Recording: Ada");
    const saved = await savedBy(ada);
    expect(saved.name).toMatch(/^parley-room-1-\d{4}-\d\d-\d\d-\d{4}\.(mp4|webm)$/);

    const played = await play(grace, saved);
    console.log(
      `${kind}: ${saved.name}, ${String(Math.round((saved.bytes.length * 3) / 4 / 1_000))} kB: ${JSON.stringify(played)}`,
    );
    expect(played).toMatchObject({ width: 1280, height: 720 });
    expect(played.colours).toBeGreaterThan(8);
    // Without a sound device Firefox (153) runs no AudioContext at all, so there is nothing to mix with on a machine for tests.
    if (kind === "chromium") {
      expect(played.loudest).toBeGreaterThan(0.001);
    }
    expect(await asksToStay(ada)).toBe(false);
    expect([...ada.errors, ...grace.errors, ...late.errors]).toEqual([]);
  });

  it("is saved when its maker leaves, who is told so", async () => {
    const room = stage.newRoom();
    const ada = await stage.join(kind, room, "Ada", installFileProbe);
    await ada.press("Record call");
    await ada.waitForText("Recording: You");
    await eventually(
      "a piece is on the disk",
      async () => (await piecesOf(ada)) > 0,
      () => ada.describe(),
    );
    await ada.press("Leave");
    await ada.waitForText("The recording is saved");
    expect((await savedBy(ada)).bytes.length).toBeGreaterThan(1_000);
    expect(await asksToStay(ada)).toBe(false);
    await ada.press("Close");
    await ada.waitForNoText("The recording is saved");
    expect(ada.errors).toEqual([]);
  });

  it("that was interrupted is offered by the next page, and plays", async () => {
    const room = stage.newRoom();
    const ada = await stage.join(kind, room, "Ada", installFileProbe);
    const grace = await stage.join(other, room, "Grace");
    await ada.waitForMedia("Grace");
    await ada.press("Record call");
    await ada.waitForText("Recording: You");
    const next = await stage.duplicate(ada, "Ada");
    await next.page.evaluateOnNewDocument(installFileProbe);
    await next.page.goto(stage.server.url);
    await eventually(
      "two pieces are on the disk",
      async () => (await piecesOf(ada)) > 1,
      () => ada.describe(),
    );
    // It waits until nobody makes it any more.
    await eventually(
      "the next page knows of it",
      () =>
        next.page.evaluate(async () =>
          ((await navigator.locks.query()).pending ?? []).some((each) => each.name?.startsWith("parley-recordings ")),
        ),
      () => next.describe(),
    );
    await next.waitForNoText("A recording was interrupted");
    // Without a word to the page: its recorder ends nothing.
    await ada.page.close();
    await next.waitForText("A recording was interrupted on");
    if (kind === "chromium") {
      await inspect(next, "recording-interrupted");
    }
    await next.press(await nameOfButton(next, "Save the recording of"));
    const saved = await savedBy(next);
    await next.waitForNoText("A recording was interrupted");
    expect(saved.name).toMatch(/^parley-room-\d+-.*\.(mp4|webm)$/);
    const played = await play(grace, saved);
    console.log(`${kind}, interrupted: ${saved.name}: ${JSON.stringify(played)}`);
    expect(played).toMatchObject({ width: 1280, height: 720 });
    expect(played.colours).toBeGreaterThan(8);
    expect([...next.errors, ...grace.errors]).toEqual([]);
  });
});
