import type { DeviceKind } from "./user-media.js";

/** `navigator.permissions`, as far as it is used. */
export type PermissionSource = Pick<Permissions, "query">;

/** What the person allows of one kind of device, where the browser tells. */
export class DevicePermission {
  readonly #source: PermissionSource | undefined;
  readonly #kind: DeviceKind;
  #status: PermissionStatus | null = null;
  #closed = false;

  /** @param onGranted Told each time when the person has changed it to "allowed". */
  constructor(source: PermissionSource | undefined, kind: DeviceKind, onGranted: () => void) {
    this.#source = source;
    this.#kind = kind;
    void this.#watch(onGranted);
  }

  /** Null where the browser does not tell. */
  async state(): Promise<PermissionState | null> {
    return (await this.#query())?.state ?? null;
  }

  close(): void {
    this.#closed = true;
    if (this.#status) this.#status.onchange = null;
  }

  async #watch(onGranted: () => void): Promise<void> {
    const status = await this.#query();
    if (!status || this.#closed) return;
    // Kept, because browsers tell changes only to a status that somebody holds.
    this.#status = status;
    status.onchange = () => {
      if (status.state === "granted") onGranted();
    };
  }

  async #query(): Promise<PermissionStatus | null> {
    try {
      return (await this.#source?.query({ name: this.#kind })) ?? null;
    } catch {
      // A browser that knows no such permission throws.
      return null;
    }
  }
}
