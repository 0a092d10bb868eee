import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ElementHandle } from "puppeteer-core";
import type { Participant } from "./participant.js";
import { eventually } from "./waiting.js";

/** What {@link installFileProbe} lets a test see of files in a page, and do to them. */
interface FileProbe {
  /** Files that were handed to the browser's downloads, or written where the person wanted them. */
  readonly saved: { readonly name: string; readonly blob: Blob }[];
  /** Channels that this page has opened for files. */
  readonly channels: RTCDataChannel[];
  /** Lets writes to the disk wait, or (null) go on. */
  hold(on: boolean): void;
}

declare global {
  interface Window {
    fileProbe: FileProbe;
  }
}

/** Runs in the page before anything else: its downloads are seen, and no window of the browser's own opens. */
export function installFileProbe(): void {
  const saved: { name: string; blob: Blob }[] = [];
  const channels: RTCDataChannel[] = [];
  const blobs = new Map<string, Blob>();
  const createObjectURL = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob: Blob) => {
    const address = createObjectURL(blob);
    blobs.set(address, blob);
    return address;
  };
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    const blob = blobs.get(this.href);
    if (blob !== undefined) {
      saved.push({ name: this.download, blob });
    }
  };
  delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;

  const prototype = RTCPeerConnection.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const createDataChannel = prototype.createDataChannel;
  prototype.createDataChannel = function (this: RTCPeerConnection, label, options) {
    const channel = createDataChannel.call(this, label, options);
    if (label.startsWith("file:")) {
      channels.push(channel);
    }
    return channel;
  };

  let release: (() => void) | null = null;
  let held: Promise<void> = Promise.resolve();
  // The page before the first one, which is not secure, has none.
  if ("FileSystemWritableFileStream" in window) {
    const stream = FileSystemWritableFileStream.prototype;
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const write = stream.write;
    stream.write = async function (this: FileSystemWritableFileStream, data) {
      await held;
      return write.call(this, data);
    };
  }
  window.fileProbe = {
    saved,
    channels,
    hold: (on) => {
      if (on) {
        held = new Promise((resolve) => (release = resolve));
      } else {
        release?.();
        held = Promise.resolve();
      }
    },
  };
}

/** Chooses files in the panel, as "Send file" lets a person do. */
export async function sendFile(participant: Participant, ...paths: string[]): Promise<void> {
  await participant.waitForButton("Send file");
  const handle = await participant.page.evaluateHandle(() => window.probe.all("input[type=file]")[0]);
  await (handle.asElement() as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  await handle.dispose();
}

/** Waits until the list of files has this one in this phase. */
export async function waitForPhase(participant: Participant, file: string, phase: string): Promise<void> {
  await eventually(
    `${participant.name} sees ${file} as ${phase}`,
    () =>
      participant.page.evaluate(
        (f, p) => window.probe.all(`[data-transfer="${f}"][data-phase="${p}"]`).length > 0,
        file,
        phase,
      ),
    async () => ({
      files: await participant.page.evaluate(() =>
        window.probe.all("[data-transfer]").map((e) => [e.getAttribute("data-transfer"), e.getAttribute("data-phase")]),
      ),
      page: await participant.describe(),
    }),
  );
}

/** The SHA-256 of what a participant's page has saved under this name; null: nothing. */
export async function savedHash(participant: Participant, file: string): Promise<string | null> {
  return participant.page.evaluate(async (name) => {
    const blob = window.fileProbe.saved.find((each) => each.name === name)?.blob;
    if (blob === undefined) {
      return null;
    }
    const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }, file);
}

export async function hashOf(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}
