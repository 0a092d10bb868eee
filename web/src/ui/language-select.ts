import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { base } from "./base.styles.js";
import { ParleyElement } from "./element.js";
import { chooseLanguage } from "./language-choice.js";
import { languageNames, type Language } from "./strings/languages.js";

/** Chooses the language of everything at once; each is called as its speakers call it. */
@customElement("parley-language-select")
export class LanguageSelect extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      select {
        padding-inline-end: var(--p-2);
      }
    `,
  ];

  override render(): TemplateResult {
    const { language, languageChoice } = this.strings;
    return html`<label class="label" for="language">${languageChoice}</label>
      <select id="language" class="field" @change=${this.#choose}>
        ${Object.entries(languageNames).map(
          ([value, name]) =>
            html`<option value=${value} lang=${value} .selected=${value === language}>${name}</option>`,
        )}
      </select>`;
  }

  #choose(event: Event): void {
    chooseLanguage((event.target as HTMLSelectElement).value as Language);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-language-select": LanguageSelect;
  }
}
