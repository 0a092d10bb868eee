import type { DeviceKind } from "./user-media.js";

/** The part of `Storage` that is used; it may refuse (private windows, embedded pages), and then nothing is remembered. */
export type DeviceStorage = Pick<Storage, "getItem" | "setItem">;

/** Remembers which microphone and camera a person chose. */
export class ChosenDevices {
  readonly #storage: DeviceStorage | undefined;

  constructor(storage: DeviceStorage | undefined) {
    this.#storage = storage;
  }

  get(kind: DeviceKind): string | null {
    try {
      return this.#storage?.getItem(keyOf(kind)) ?? null;
    } catch {
      return null;
    }
  }

  set(kind: DeviceKind, deviceId: string): void {
    try {
      this.#storage?.setItem(keyOf(kind), deviceId);
    } catch {
      // Full or forbidden: the choice holds for this page only.
    }
  }
}

function keyOf(kind: DeviceKind): string {
  return `parley.${kind}`;
}
