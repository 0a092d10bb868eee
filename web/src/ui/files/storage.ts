import type { FileSink, SavedFile } from "../../call/files/transfer.js";
import { privateFolder } from "./private-folder.js";

/**
 * Where this browser lets a page put a file that arrives.
 *
 * `chosen`: where the person wants it (File System Access). `disk`: in the page's own part of the disk (Origin Private File
 * System), from where it is saved. `memory`: nowhere else.
 */
export type Place = "chosen" | "disk" | "memory";

/** In bytes: more is not kept in memory, since a browser that runs out of it takes the call down with it. */
export const memoryLimit = 512 * 1_000_000;

/** Chromium's, on secure pages that are in no frame of another origin. */
interface SavePicker {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

export async function findPlace(): Promise<Place> {
  if ((window as SavePicker).showSaveFilePicker !== undefined) return "chosen";
  return (await privateFolder()) === null ? "memory" : "disk";
}

/**
 * Asks the person where a file shall go, where a browser lets a page ask; only as an answer to a press. Gives what opens the place, or null: the person does
 * not want it after all.
 */
export async function choosePlace(name: string, size: number): Promise<(() => Promise<FileSink>) | null> {
  const handle = await askForPlace(name);
  if (handle === "declined") return null;
  return handle === null ? () => openPlace(size) : () => writingTo(handle, () => Promise.resolve(null));
}

/** The same, for who writes there later. Null: this browser lets no page ask. */
export async function askForPlace(name: string): Promise<FileSystemFileHandle | "declined" | null> {
  const picker = window as SavePicker;
  if (picker.showSaveFilePicker === undefined) return null;
  try {
    return await picker.showSaveFilePicker({ suggestedName: name });
  } catch (error) {
    // In a frame of another origin it is there and refuses.
    return error instanceof DOMException && error.name === "AbortError" ? "declined" : null;
  }
}

async function openPlace(size: number): Promise<FileSink> {
  const folder = await privateFolder();
  if (folder === null) {
    if (size > memoryLimit) throw new DOMException("too large for memory", "QuotaExceededError");
    return inMemory();
  }
  const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
  // Better now than in the middle.
  if (quota - usage < size) throw new DOMException("too large for the disk", "QuotaExceededError");
  const name = crypto.randomUUID();
  const handle = await folder.getFileHandle(name, { create: true });
  const release = (): void => void folder.removeEntry(name).catch(() => {});
  return writingTo(handle, async () => ({ file: plain(await handle.getFile()), release }), release);
}

async function writingTo(
  handle: FileSystemFileHandle,
  finished: () => Promise<SavedFile | null>,
  forget: () => void = () => {},
): Promise<FileSink> {
  const stream = await handle.createWritable();
  return {
    write: (bytes) => stream.write(bytes),
    close: async () => {
      await stream.close();
      return finished();
    },
    abort: () =>
      void stream
        .abort()
        .catch(() => {})
        .then(forget),
  };
}

function inMemory(): FileSink {
  let blocks: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: (bytes) => {
      blocks.push(bytes);
      return Promise.resolve();
    },
    close: () => {
      const file = plain(new Blob(blocks));
      blocks = [];
      return Promise.resolve({ file, release: () => {} });
    },
    abort: () => (blocks = []),
  };
}

/** Not what it says it is, but bytes: no browser shows or runs them. */
function plain(file: Blob): Blob {
  return file.slice(0, file.size, "application/octet-stream");
}
