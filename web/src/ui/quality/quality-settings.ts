import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Quality } from "../../call/index.js";
import type { ScreenContent } from "../../call/state.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { type QualityStrings, qualityPart } from "../strings/en-quality.js";

const contents: readonly ScreenContent[] = ["text", "motion"];

/** What a shared screen shows. */
@customElement("parley-quality-settings")
export class QualitySettings extends PartElement<QualityStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: 0 var(--p-4) var(--p-4);
      }

      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
      }

      label {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0 var(--p-3);
        align-items: start;
        min-height: 44px;
        padding: var(--p-2) 0;
        cursor: pointer;
      }

      input {
        width: 20px;
        height: 20px;
        margin: 2px 0 0;
        accent-color: var(--p-accent);
      }

      .text {
        display: block;
        color: var(--p-text-soft);
        font-size: 0.8125rem;
        text-wrap: pretty;
      }
    `,
  ];

  protected override readonly catalogue = qualityPart;

  @property({ attribute: false }) quality!: Quality;
  @state() private content: ScreenContent = "text";

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("quality")) this.content = this.quality.state.content;
  }

  override render(): TemplateResult {
    return html`<fieldset>
      <legend class="label">${this.words.sharing}</legend>
      ${contents.map((content) => {
        const { name, text } = this.words.content[content];
        return html`<label>
          <input
            type="radio"
            name="content"
            aria-describedby=${`about-${content}`}
            .checked=${this.content === content}
            @change=${() => this.#choose(content)}
          />
          <span>${name}<span class="text" id=${`about-${content}`}>${text}</span></span>
        </label>`;
      })}
    </fieldset>`;
  }

  #choose(content: ScreenContent): void {
    this.content = content;
    this.quality.setContent(content);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-quality-settings": QualitySettings;
  }
}
