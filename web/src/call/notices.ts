import type { DeviceNews, DeviceNotice, NoticeDevice } from "./state.js";

/** What the person should hear about their devices; at most one for each, the newest. */
export class Notices {
  #list: readonly DeviceNotice[] = [];
  #lastId = 0;

  /** The same array while nothing changed. */
  get list(): readonly DeviceNotice[] {
    return this.#list;
  }

  add(device: NoticeDevice, news: DeviceNews): void {
    this.#lastId += 1;
    this.#list = [...this.#list.filter((notice) => notice.device !== device), { id: this.#lastId, device, ...news }];
  }

  dismiss(id: number): void {
    this.#keep((notice) => notice.id !== id);
  }

  dismissAll(): void {
    this.#keep(() => false);
  }

  /** What is no longer so is no longer of interest: a problem with a device that works, a silence that has ended. */
  resolve(device: NoticeDevice, kind: "problem" | "silenced" | "talking" | "unheard"): void {
    this.#keep((notice) => notice.device !== device || notice.kind !== kind);
  }

  #keep(which: (notice: DeviceNotice) => boolean): void {
    const kept = this.#list.filter(which);
    if (kept.length !== this.#list.length) this.#list = kept;
  }
}
