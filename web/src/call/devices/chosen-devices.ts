import type { SelectableKind } from "./device-list.js";

/** The part of `Storage` that is used; it may refuse (private windows, embedded pages), and then nothing is remembered. */
export type DeviceStorage = Pick<Storage, "getItem" | "setItem">;

/** Remembers which devices a person chose. */
export class ChosenDevices {
  readonly #storage: DeviceStorage | undefined;

  constructor(storage: DeviceStorage | undefined) {
    this.#storage = storage;
  }

  get(kind: SelectableKind): string | null {
    try {
      return this.#storage?.getItem(keyOf(kind)) ?? null;
    } catch {
      return null;
    }
  }

  set(kind: SelectableKind, deviceId: string): void {
    try {
      this.#storage?.setItem(keyOf(kind), deviceId);
    } catch {
      // Full or forbidden: the choice holds for this page only.
    }
  }
}

function keyOf(kind: SelectableKind): string {
  return `parley.${kind}`;
}
