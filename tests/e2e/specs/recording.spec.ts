import { describe, expect, it } from "vitest";
import type { BrowserKind } from "../harness/browsers.js";
import { installFileProbe } from "../harness/file-probe.js";
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
    if (kind === "chromium") {
      await inspect(ada, "call-recording");
    }
    // Who comes later is told too.
    const late = await stage.join("chromium", room, "Late");
    await late.waitForText("Recording: Ada");
    await ada.waitForMedia("Grace", "Late");
    await ada.press("Stop recording");
    await late.waitForNoText("Recording: Ada");
    await eventually(
      "the recording is saved",
      () => ada.page.evaluate(() => window.fileProbe.saved.length === 1),
      () => ada.describe(),
    );
    const { name, bytes } = await ada.page.evaluate(async () => {
      const [saved] = window.fileProbe.saved;
      const data = new Uint8Array((await saved?.blob.arrayBuffer()) ?? new ArrayBuffer());
      let text = "";
      for (const byte of data) {
        text += String.fromCharCode(byte);
      }
      return { name: saved?.name ?? "", bytes: btoa(text) };
    });
    expect(name).toMatch(/^parley-room-1-\d{4}-\d\d-\d\d-\d{4}\.(mp4|webm)$/);

    const played = await grace.page.evaluate(
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
    console.log(
      `${kind}: ${name}, ${String(Math.round((bytes.length * 3) / 4 / 1_000))} kB: ${JSON.stringify(played)}`,
    );
    expect(played).toMatchObject({ width: 1280, height: 720 });
    expect(played.colours).toBeGreaterThan(8);
    // Without a sound device Firefox (153) runs no AudioContext at all, so there is nothing to mix with on a machine for tests.
    if (kind === "chromium") {
      expect(played.loudest).toBeGreaterThan(0.001);
    }
    expect([...ada.errors, ...grace.errors, ...late.errors]).toEqual([]);
  });
});
