import type { Language } from "./languages.js";

/** `./de-chat.ts` and so on, each a file of its own that is fetched when somebody reads in that language. */
const files = import.meta.glob<unknown>(["./{de,ar}.ts", "./{de,ar}-*.ts"], { import: "default" });

/** Null: it could not be loaded, and English stands in. */
const loaded = new Map<string, unknown>();
const loading = new Map<string, Promise<void>>();

/**
 * A part of the catalogue in all languages: `en-NAME.ts` comes with the view that says it, `de-NAME.ts` and `ar-NAME.ts` are the
 * same in other languages, of the same type, and are loaded when they are wanted. The main part has no name.
 */
export class Part<T extends object> {
  constructor(
    readonly name: string,
    readonly english: T,
  ) {}

  /** What has been loaded in the language, or else English. */
  in(language: Language): T {
    return (loaded.get(this.#file(language)) as T | null | undefined) ?? this.english;
  }

  /** Null: there is nothing to wait for. Never rejects: a language that cannot be had is English until the page is loaded again. */
  load(language: Language): Promise<void> | null {
    const file = this.#file(language);
    const fetch = files[file];
    if (language === "en" || fetch === undefined || loaded.has(file)) return null;
    const before = loading.get(file);
    if (before !== undefined) return before;
    const now = fetch()
      .catch(() => null)
      .then((words) => {
        loaded.set(file, words);
        loading.delete(file);
      });
    loading.set(file, now);
    return now;
  }

  /** The words in the language, once they are there. */
  async get(language: Language): Promise<T> {
    await this.load(language);
    return this.in(language);
  }

  #file(language: Language): string {
    return this.name === "" ? `./${language}.ts` : `./${language}-${this.name}.ts`;
  }
}
