import { memoryLimit } from "../files/storage.js";

/** Where a recording lies while it is made. */
export interface RecordingStore {
  /** It is there still when the page has crashed or was closed. */
  readonly lasting: boolean;
  /** Resolves once this is stored. Rejects when there is no more room; what was stored before stays. */
  append(data: Blob): Promise<void>;
  /** All of it, without reading it into memory. */
  join(): Promise<Blob>;
  /** The browser's downloads have it: it is not offered again, and may be cleared away once they cannot be reading it any more. */
  handleSaved(): void;
  /** Nobody needs it any more. */
  remove(): Promise<void>;
  /** This page is done with it, and the person has not got it yet: it is offered to them. */
  leave(): void;
}

/** For browsers that let a page keep nothing. It is gone with the page. */
export class MemoryStore implements RecordingStore {
  readonly lasting = false;
  #blocks: Blob[] = [];
  #size = 0;

  append(data: Blob): Promise<void> {
    if (this.#size + data.size > memoryLimit) {
      return Promise.reject(new DOMException("too large for memory", "QuotaExceededError"));
    }
    this.#size += data.size;
    this.#blocks.push(data);
    return Promise.resolve();
  }

  join(): Promise<Blob> {
    return Promise.resolve(new Blob(this.#blocks, { type: "application/octet-stream" }));
  }

  handleSaved(): void {
    this.#blocks = [];
  }

  remove(): Promise<void> {
    this.#blocks = [];
    return Promise.resolve();
  }

  leave(): void {
    this.#blocks = [];
  }
}
