import type { Files } from "../../call/index.js";
import { loadFiles } from "../load-files.js";
import type { Strings } from "../strings/en.js";
import { FileDrop, type Dropped } from "./file-drop.js";
import { FileWatch } from "./file-watch.js";

export interface RoomFilesHandlers {
  strings(): Strings;
  say(words: string): void;
  /** {@link RoomFiles.offers} or {@link RoomFiles.dragging} may have changed. */
  onChange(): void;
  /** What was dropped is about to be offered. */
  onDrop(): void;
}

/** The files of a call, as its view has to do with them while their panel is closed: offers, news, and what is dropped on it. */
export class RoomFiles {
  readonly #handlers: RoomFilesHandlers;
  readonly #watch: FileWatch;
  readonly #drop: FileDrop;
  #files: Files | null = null;
  #dragging = false;

  constructor(target: HTMLElement, handlers: RoomFilesHandlers) {
    this.#handlers = handlers;
    this.#watch = new FileWatch(
      () => handlers.strings().language,
      (words) => handlers.say(words),
      () => this.#handleChange(),
    );
    this.#drop = new FileDrop(
      target,
      (over) => this.#handleDrag(over),
      (dropped) => this.#handleDrop(dropped),
    );
  }

  /** How many offers wait for an answer of the person. */
  get offers(): number {
    return this.#watch.offers;
  }

  /** A file is dragged over the call. */
  get dragging(): boolean {
    return this.#dragging;
  }

  follow(files: Files): void {
    this.#files = files;
    this.#watch.follow(files);
  }

  watch(): void {
    this.#drop.watch();
  }

  close(): void {
    this.#drop.end();
    this.#watch.close();
  }

  async send(files: readonly File[]): Promise<void> {
    try {
      await this.#files?.offer(files);
    } catch {
      this.#handlers.say(this.#handlers.strings().filesNotLoaded);
    }
  }

  #handleChange(): void {
    if (this.offers > 0) void loadFiles().catch(ignore);
    this.#handlers.onChange();
  }

  #handleDrag(over: boolean): void {
    this.#dragging = over;
    if (over) void loadFiles().catch(ignore);
    this.#handlers.onChange();
  }

  #handleDrop({ files, folders }: Dropped): void {
    if (files.length > 0) {
      this.#handlers.onDrop();
      void this.send(files);
    }
    if (folders === 0) return;
    const { language } = this.#handlers.strings();
    void loadFiles().then(
      async ({ filesPart }) => this.#handlers.say((await filesPart.get(language)).news.folders),
      ignore,
    );
  }
}

/** What could not be loaded is missing until it is asked for again; the panel says so. */
function ignore(): void {}
