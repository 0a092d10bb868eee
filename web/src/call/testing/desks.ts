import { expect, vi } from "vitest";
import { Files } from "../files/files.js";
import type { Transfer } from "../files/transfer.js";
import { FakeSink } from "./fake-files.js";
import { LinkedPages } from "./linked-pages.js";

export const digest = (bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> => crypto.subtle.digest("SHA-256", bytes);

/** Waits for what `check` expects; a busy machine takes its time. */
export function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 30_000, interval: 2 });
}

/** Ada has files, and Bob gets them, if he wants to. */
export class Desks {
  readonly pages = new LinkedPages();
  readonly ada = new Files(this.pages.ada, digest);
  readonly bob = new Files(this.pages.bob, digest);
  readonly sink = new FakeSink();

  /** `left`: how many things the first connection carries. */
  constructor(left = Infinity) {
    this.pages.connect(left);
  }

  get sent(): Transfer | undefined {
    return this.ada.state.transfers[0];
  }

  get got(): Transfer | undefined {
    return this.bob.state.transfers[0];
  }

  kinds(): (string | undefined)[] {
    return [this.sent?.phase.kind, this.got?.phase.kind];
  }

  async until(...kinds: string[]): Promise<void> {
    await eventually(() => expect(this.kinds()).toEqual(kinds));
  }

  /** Ada offers, and Bob knows of it. */
  async offer(file: File): Promise<void> {
    await this.ada.offer([file]);
    await this.until("offered", "offered");
  }

  accept(sink = this.sink): void {
    this.bob.accept(this.got?.key ?? "", () => Promise.resolve(sink));
  }
}
