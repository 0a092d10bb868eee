import type { ReactiveController, ReactiveControllerHost } from "lit";
import { permittedStorage } from "./permitted-storage.js";
import { en, type Strings } from "./strings/en.js";
import { bestLanguage, languageOf, type Language } from "./strings/languages.js";
import { Part } from "./strings/part.js";

const key = "parley.language";
const main = new Part<Strings>("", en);
const followers = new Set<() => void>();

let chosen: Language | null | undefined;

/** What the person has chosen in the settings, now or on an earlier visit; null: nothing. */
function personsChoice(): Language | null {
  // A value of an older or a newer version is not worth more than none.
  chosen ??= languageOf(permittedStorage(() => localStorage)?.getItem(key) ?? "");
  return chosen;
}

/** From now on everything speaks this language, and on the next visit too. */
export function chooseLanguage(language: Language): void {
  chosen = language;
  try {
    permittedStorage(() => localStorage)?.setItem(key, language);
  } catch {
    // A full or blocked storage: it holds for this visit.
  }
  for (const follow of followers) follow();
}

/**
 * The language of an outermost view: what the person has chosen, or else what the page around asks for, or else the best of what
 * the browser is set to.
 */
export class LanguageController implements ReactiveController {
  /** A BCP 47 tag that the page around asks for; empty or unknown: it does not. */
  asked = "";

  readonly #host: ReactiveControllerHost;
  readonly #follow = (): void => this.#host.requestUpdate();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get language(): Language {
    return personsChoice() ?? languageOf(this.asked) ?? bestLanguage(navigator.languages);
  }

  get strings(): Strings {
    return main.in(this.language);
  }

  /** Null: the words are there. */
  load(): Promise<void> | null {
    return main.load(this.language);
  }

  hostConnected(): void {
    followers.add(this.#follow);
  }

  hostDisconnected(): void {
    followers.delete(this.#follow);
  }
}
