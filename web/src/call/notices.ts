import type { DeviceProblem, Notice } from "./state.js";

/** What the person should hear about; at most one for each device, the newest. */
export class Notices {
  #list: readonly Notice[] = [];
  #lastId = 0;

  get list(): readonly Notice[] {
    return this.#list;
  }

  add(device: Notice["device"], problem: DeviceProblem): void {
    this.#lastId += 1;
    this.#list = [...this.#list.filter((notice) => notice.device !== device), { id: this.#lastId, device, problem }];
  }

  dismiss(id: number): void {
    if (this.#list.some((notice) => notice.id === id)) this.#list = this.#list.filter((notice) => notice.id !== id);
  }

  /** The device works: what was wrong with it is no longer of interest. */
  resolve(device: Notice["device"]): void {
    if (this.#list.some((notice) => notice.device === device)) {
      this.#list = this.#list.filter((notice) => notice.device !== device);
    }
  }
}
