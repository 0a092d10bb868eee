import type { ScreenContent } from "./plan.js";

/** Where what the person wants is remembered: `localStorage`. */
export type PreferenceStorage = Pick<Storage, "getItem" | "setItem">;

const audioOnlyKey = "parley.audio-only";
const contentKey = "parley.screen-content";

/** What the person wants of every call. A browser that keeps nothing is no reason to go without. */
export class Preferences {
  readonly #storage: PreferenceStorage | undefined;

  constructor(storage: PreferenceStorage | undefined) {
    this.#storage = storage;
  }

  get audioOnly(): boolean {
    return this.#get(audioOnlyKey) === "yes";
  }

  set audioOnly(on: boolean) {
    this.#set(audioOnlyKey, on ? "yes" : "no");
  }

  get content(): ScreenContent {
    return this.#get(contentKey) === "motion" ? "motion" : "text";
  }

  set content(content: ScreenContent) {
    this.#set(contentKey, content);
  }

  #get(key: string): string | null {
    try {
      return this.#storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #set(key: string, value: string): void {
    try {
      this.#storage?.setItem(key, value);
    } catch {
      // Full, or forbidden meanwhile: it holds for this call.
    }
  }
}
