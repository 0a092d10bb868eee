import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashOf, installFileProbe, savedHash, sendFile, waitForPhase } from "../harness/file-probe.js";
import { Line } from "../harness/line.js";
import { inspect } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

const mebibyte = 1_048_576;

describe("files", () => {
  const stage = useStage({}, { bare: true });
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-files-"));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function file(name: string, size: number): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, randomBytes(size));
    return path;
  }

  it("go from Chromium to Firefox and back, survive what happens to connections, and are theirs to take or leave", async () => {
    const room = stage.newRoom();
    const line = await Line.to(stage.server.url);
    try {
      const ada = await stage.join("chromium", room, "Ada", installFileProbe);
      const grace = await stage.joinAt("firefox", line.link(room, "Grace"), "Grace", installFileProbe);
      await ada.waitForMedia("Grace");
      await ada.press("Files");

      // A name that would look like a picture's, and a file that is more than may be on its way at once.
      const gift = await file("holiday\u202egpj.exe", 12 * mebibyte + 12_345);
      await sendFile(ada, gift);
      await grace.waitForText("Ada offers you holidaygpj.exe, 12.6");
      await grace.page.evaluate(() => window.fileProbe.hold(true));
      await grace.press("Accept holidaygpj.exe");
      await grace.press("Files");
      await waitForPhase(grace, "holidaygpj.exe", "running");
      await waitForPhase(ada, "holidaygpj.exe", "running");

      // One after the other is cut: the way to the server, the path, and the channel itself.
      line.drop();
      await ada.page.evaluate(() => window.probe.connections[0]?.restartIce());
      await ada.page.evaluate(() => window.fileProbe.channels[0]?.close());
      await waitForPhase(ada, "holidaygpj.exe", "waiting");
      await grace.page.evaluate(() => window.fileProbe.hold(false));
      await waitForPhase(ada, "holidaygpj.exe", "done");
      await waitForPhase(grace, "holidaygpj.exe", "done");
      expect(await savedHash(grace, "holidaygpj.exe")).toBe(await hashOf(gift));
      expect(await ada.page.evaluate(() => window.fileProbe.channels.length)).toBe(2);
      await ada.waitForText("Grace has received holidaygpj.exe");

      await ada.page.evaluate(() => window.fileProbe.hold(true));
      const [back, unwanted, long] = [
        await file("back.bin", 3 * mebibyte),
        await file("unwanted.bin", 10),
        await file("long.bin", 30 * mebibyte),
      ];
      await sendFile(grace, back, unwanted, long);
      await ada.press("Accept back.bin");
      await waitForPhase(ada, "back.bin", "running");
      await ada.press("Accept long.bin");
      await waitForPhase(ada, "long.bin", "running");
      await waitForPhase(ada, "unwanted.bin", "offered");
      await inspect(ada, "call-files");
      await ada.press("Decline");
      await waitForPhase(grace, "unwanted.bin", "declined");
      await grace.press("Cancel long.bin");
      await waitForPhase(ada, "long.bin", "cancelled");
      await ada.page.evaluate(() => window.fileProbe.hold(false));
      await waitForPhase(grace, "back.bin", "done");
      await waitForPhase(ada, "back.bin", "done");
      expect(await savedHash(ada, "back.bin")).toBe(await hashOf(back));
      expect(await savedHash(ada, "long.bin")).toBeNull();
      expect([...ada.errors, ...grace.errors]).toEqual([]);
    } finally {
      await line.close();
    }
  });

  it("are dropped onto the call, for everybody or for one, and written where the receiver wants them", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada", installFileProbe);
    const grace = await stage.join("chromium", room, "Grace", installFileProbe);
    const barbara = await stage.join("chromium", room, "Barbara", installFileProbe);
    await ada.waitForPeople("Grace", "Barbara");
    await ada.press("Files");
    await ada.choose("To", "Grace");

    await ada.page.evaluate(() => {
      const target = window.probe.all("parley-room")[0];
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["dropped here"], "dropped.txt"));
      const tell = (type: string): void => {
        target?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      };
      tell("dragenter");
      Object.assign(window, { drop: () => tell("drop") });
    });
    await ada.waitForText("Drop to offer it to Grace");
    await inspect(ada, "call-drop");
    await ada.page.evaluate(() => (window as unknown as { drop(): void }).drop());
    await ada.waitForNoText("Drop to offer it");

    await grace.waitForButton("Accept dropped.txt");
    await inspect(grace, "call-offer");
    await grace.page.evaluate(() => {
      // What the browser's own window would give.
      const showSaveFilePicker = async ({
        suggestedName,
      }: {
        suggestedName: string;
      }): Promise<FileSystemFileHandle> => {
        const handle = await (await navigator.storage.getDirectory()).getFileHandle("chosen", { create: true });
        Object.assign(window, {
          look: async () => window.fileProbe.saved.push({ name: suggestedName, blob: await handle.getFile() }),
        });
        return handle;
      };
      Object.assign(window, { showSaveFilePicker });
    });
    await grace.press("Accept dropped.txt");
    await ada.waitForText("Grace has received dropped.txt");
    await grace.page.evaluate(() => (window as unknown as { look(): Promise<void> }).look());
    const text = await grace.page.evaluate(() => window.fileProbe.saved[0]?.blob.text());
    expect(text).toBe("dropped here");
    await barbara.press("Files");
    await barbara.waitForText("No files yet");
    await eventually("nobody noted an error", () =>
      Promise.resolve([ada, grace, barbara].every((person) => person.errors.length === 0)),
    );
  });
});
