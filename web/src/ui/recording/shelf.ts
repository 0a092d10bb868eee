import { permittedStorage } from "../permitted-storage.js";
import { markedRecordings } from "./marked.js";
import { type Mark, readMark, removeMark, writeMark } from "./marks.js";
import type { RecordingStore } from "./store.js";

const parent = "parley-recordings";

/** How long (milliseconds) a recording that was interrupted is kept for the person to decide. */
const keptFor = 7 * 24 * 3_600_000;
/** How long (milliseconds) the browser's downloads may read from one that was saved, also when its page is gone. */
const readFor = 3_600_000;

/** What a shelf stands on. */
export interface ShelfGround {
  /** In the Origin Private File System: a folder for each recording. */
  readonly folder: FileSystemDirectoryHandle;
  readonly locks: Pick<LockManager, "request">;
  readonly storage: Storage;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * The recordings that this browser keeps for this site: those that are being made, and those whose page ended before the person had got
 * them. Each is a folder in the Origin Private File System with a file for each few seconds. Such a file counts once it is
 * closed, and one that grew would be copied each time (`keepExistingData`); so what has been recorded is safe within seconds, and costs
 * its own size only.
 *
 * Whose a recording is says a Web Lock, which ends with its page, however that ends. Without locks there is no shelf: another tab would
 * take what is still being made.
 */
export class Shelf {
  readonly #ground: ShelfGround;

  constructor(ground: ShelfGround) {
    this.#ground = ground;
  }

  /** Null: this browser lets a page keep nothing (private windows, old browsers, pages that are not secure), or nothing for later. */
  static async open(): Promise<Shelf | null> {
    const { storage: disk, locks } = navigator as { storage?: StorageManager; locks?: LockManager };
    const storage = permittedStorage(() => localStorage);
    if (!disk || !locks || !storage || !("getDirectory" in disk)) return null;
    // Safari writes there from a worker only.
    if (typeof FileSystemFileHandle === "undefined" || !("createWritable" in FileSystemFileHandle.prototype))
      return null;
    try {
      const folder = await (await disk.getDirectory()).getDirectoryHandle(parent, { create: true });
      return new Shelf({ folder, locks, storage, now: () => Date.now() });
    } catch {
      return null;
    }
  }

  /** A new one, called `name` when it is a file. Rejects where it could not be found again. */
  async begin(name: string): Promise<KeptRecording> {
    const ground = this.#ground;
    const id = crypto.randomUUID();
    const release = await this.#hold(id);
    try {
      const mark = { name, begun: ground.now(), saved: null };
      const folder = await ground.folder.getDirectoryHandle(id, { create: true });
      writeMark(ground.storage, id, mark);
      return new KeptRecording(ground, id, mark, folder, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Those that are or were made, each by its id. */
  get marked(): readonly string[] {
    return markedRecordings(this.#ground.storage);
  }

  /**
   * Waits until the page that has it is gone, and gives the recording if the person has not got it yet. Null: they have, or it is too old;
   * then it is cleared away in its time.
   */
  async take(id: string): Promise<KeptRecording | null> {
    const { storage, folder } = this.#ground;
    const release = await this.#hold(id);
    const now = this.#ground.now();
    const mark = readMark(storage, id);
    const over = mark === null || (mark.saved === null ? now > mark.begun + keptFor : now > mark.saved + readFor);
    try {
      if (mark !== null && !over) {
        const own = await folder.getDirectoryHandle(id);
        if (mark.saved === null) return new KeptRecording(this.#ground, id, mark, own, release);
      } else {
        await this.#clear(id);
      }
    } catch {
      // Its folder is gone: somebody has cleared the browser's storage.
      if (!over) removeMark(storage, id);
    }
    release();
    return null;
  }

  /** Clears away what nothing is known of any more. */
  async sweep(): Promise<void> {
    const { folder, locks, storage } = this.#ground;
    try {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      for (const id of names) {
        await locks.request(lockOf(id), { ifAvailable: true }, async (lock) => {
          // Whoever begins one has its lock before its folder, and its mark after it.
          if (lock && readMark(storage, id) === null) await this.#clear(id);
        });
      }
    } catch {
      // The browser still reads from there: the next page tries again.
    }
  }

  async #clear(id: string): Promise<void> {
    try {
      await this.#ground.folder.removeEntry(id, { recursive: true });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error;
    }
    removeMark(this.#ground.storage, id);
  }

  #hold(id: string): Promise<() => void> {
    return new Promise((resolve, reject) => {
      this.#ground.locks.request(lockOf(id), () => new Promise<void>((release) => resolve(release))).catch(reject);
    });
  }
}

/** One recording on the shelf, as long as this page has it. */
export class KeptRecording implements RecordingStore {
  readonly lasting = true;
  readonly #ground: ShelfGround;
  readonly #folder: FileSystemDirectoryHandle;
  readonly #release: () => void;
  readonly #mark: Mark;
  #parts = 0;

  constructor(
    ground: ShelfGround,
    readonly id: string,
    mark: Mark,
    folder: FileSystemDirectoryHandle,
    release: () => void,
  ) {
    this.#ground = ground;
    this.#mark = mark;
    this.#folder = folder;
    this.#release = release;
  }

  /** Of the file that it becomes. */
  get name(): string {
    return this.#mark.name;
  }

  /** Milliseconds since 1970. */
  get begun(): number {
    return this.#mark.begun;
  }

  async append(data: Blob): Promise<void> {
    const part = await this.#folder.getFileHandle(String(this.#parts).padStart(8, "0"), { create: true });
    const stream = await part.createWritable();
    try {
      await stream.write(data);
      await stream.close();
    } catch (error) {
      // It stays empty, as it was.
      await stream.abort().catch(() => {});
      throw error;
    }
    this.#parts += 1;
  }

  async join(): Promise<Blob> {
    const names: string[] = [];
    for await (const name of this.#folder.keys()) names.push(name);
    const parts = names.sort().map(async (name) => (await this.#folder.getFileHandle(name)).getFile());
    return new Blob(await Promise.all(parts), { type: "application/octet-stream" });
  }

  handleSaved(): void {
    writeMark(this.#ground.storage, this.id, { ...this.#mark, saved: this.#ground.now() });
  }

  async remove(): Promise<void> {
    try {
      // First, so that it is never offered again, whatever becomes of the rest.
      this.handleSaved();
      await this.#ground.folder.removeEntry(this.id, { recursive: true });
      removeMark(this.#ground.storage, this.id);
    } catch {
      // The browser still reads from there: it is cleared away later.
    }
    this.#release();
  }

  leave(): void {
    this.#release();
  }
}

function lockOf(id: string): string {
  return `${parent} ${id}`;
}
