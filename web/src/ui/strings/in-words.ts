import type { Language } from "./languages.js";

/**
 * What Intl is told. Arabic is written with two sets of digits; what Intl takes for "ar" without a country has changed with its
 * versions, and addresses, codecs and rates beside a count have European digits in any case, so all have them.
 */
export function localeOf(language: Language): string {
  return language === "ar" ? "ar-u-nu-latn" : language;
}

/** A count in the digits of the language. */
export function number(language: Language, count: number): string {
  return new Intl.NumberFormat(localeOf(language)).format(count);
}

/** The forms that a language has for counts (CLDR plural rules), `other` for all that have none of their own. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** The form for a count; `#` in it becomes the count. */
export function plural(language: Language, count: number, forms: Forms): string {
  const form = forms[new Intl.PluralRules(localeOf(language)).select(count)] ?? forms.other;
  return form.replace("#", number(language, count));
}

/** What comes from people, kept from turning the sentence around it (UAX #9: first strong isolate ... pop directional isolate). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
