import type { FileSink, SavedFile } from "../files/transfer.js";

/** A file of so many bytes, no two blocks of which are alike. */
export function fileOf(size: number, name = "numbers.bin"): File {
  const bytes = new Uint8Array(size);
  let state = 1;
  for (let at = 0; at < size; at += 1) bytes[at] = (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16;
  return new File([bytes], name);
}

/** Where a test lets a file go. */
export class FakeSink implements FileSink {
  readonly blocks: Uint8Array<ArrayBuffer>[] = [];
  closed = 0;
  aborted = 0;
  released = 0;
  /** What each write waits for. */
  before: () => Promise<void> = () => Promise.resolve();

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.before();
    this.blocks.push(bytes);
  }

  close(): Promise<SavedFile> {
    this.closed += 1;
    return Promise.resolve({ file: new Blob(this.blocks), release: () => void (this.released += 1) });
  }

  abort(): void {
    this.aborted += 1;
  }

  get size(): number {
    return this.blocks.reduce((sum, { length }) => sum + length, 0);
  }

  async equals(file: Blob): Promise<boolean> {
    const [mine, theirs] = await Promise.all([new Blob(this.blocks).arrayBuffer(), file.arrayBuffer()]);
    const there = new Uint8Array(theirs);
    return mine.byteLength === theirs.byteLength && new Uint8Array(mine).every((byte, at) => byte === there[at]);
  }
}
