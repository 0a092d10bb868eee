/** The languages the interface speaks, each by its own name, in the order they are offered. English is the one that is always there. */
export const languageNames = { en: "English", de: "Deutsch", ar: "العربية" } as const;

export type Language = keyof typeof languageNames;

/** The rest of the world's languages, as far as we have them: English comes with the page, these are loaded. */
export type Translation = Exclude<Language, "en">;

const rightToLeft: readonly Language[] = ["ar"];

export function directionOf(language: Language): "ltr" | "rtl" {
  return rightToLeft.includes(language) ? "rtl" : "ltr";
}

/** The one that a BCP 47 tag asks for, whatever region or script it adds: "de-AT" is German; null: none of ours. */
export function languageOf(tag: string): Language | null {
  const primary = tag.trim().toLowerCase().split(/[-_]/u)[0] ?? "";
  return Object.hasOwn(languageNames, primary) ? (primary as Language) : null;
}

/** The first of the wanted ones that is one of ours (the lookup of RFC 4647 section 3.4); English if there is none. */
export function bestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = languageOf(tag);
    if (language !== null) return language;
  }
  return "en";
}
