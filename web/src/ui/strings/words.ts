import type { Language } from "./languages.js";

/** A headline and what to do about it. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** What a part of the catalogue looks like in any language: keys and parameters are the same, each text is another. */
export type Wording<T> = T extends Language
  ? Language
  : T extends string
    ? string
    : T extends (...parameters: infer P) => infer R
      ? (...parameters: P) => Wording<R>
      : { [K in keyof T]: Wording<T[K]> };
