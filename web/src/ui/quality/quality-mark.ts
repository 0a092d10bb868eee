import { css, html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Mark } from "../../call/state.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { drawn } from "../icons.js";
import { type QualityMarksStrings, qualityMarksPart } from "../strings/en-quality-marks.js";

/** Two of four bars, one of four, a shield with a tick, and one with a line through it; Lucide, as in icons.ts. */
const shapes = {
  fair: svg`<path d="M2 20h.01M7 20v-4M12 20v-8"/><path d="M17 20V8M22 4v16" opacity=".3"/>`,
  bad: svg`<path d="M2 20h.01M7 20v-4"/><path d="M12 20v-8M17 20V8M22 4v16" opacity=".3"/>`,
  paused: svg`<path d="M14 4h4v16h-4zM6 4h4v16H6z"/>`,
  verified: svg`<path d="M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1z"/><path d="m9 12 2 2 4-4"/>`,
  changed: svg`<path d="M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1z"/><path d="M12 8v4M12 16h.01"/>`,
};

/** On a tile: what is not as it should be with the connection, and whether its keys were verified. Nothing while all is well. */
@customElement("parley-quality-mark")
export class QualityMark extends PartElement<QualityMarksStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        gap: 4px;
        pointer-events: auto;
      }

      span {
        display: grid;
        place-items: center;
        width: 24px;
        height: 24px;
        border-radius: 50%;
        background: var(--p-veil);
        color: #fff;
      }

      p {
        display: flex;
        align-items: center;
        gap: 6px;
        margin: 0;
        padding: 3px 10px;
        border-radius: 14px;
        background: var(--p-veil);
        color: #fff;
        font-size: 0.8125rem;
      }

      .icon {
        flex: none;
        width: 15px;
        height: 15px;
      }

      .fair {
        color: #ffdf94;
      }

      .bad,
      .changed {
        background: var(--p-danger);
        color: var(--p-on-danger);
      }

      .verified {
        color: #7fe3bf;
      }
    `,
  ];

  protected override readonly catalogue = qualityMarksPart;

  @property({ reflect: true, attribute: "data-quality" }) mark: Mark = "good";
  @property({ reflect: true, attribute: "data-keys" }) keys: "verified" | "changed" | null = null;
  @property({ type: Boolean }) paused = false;
  /** That it pauses is written out: on a screen nothing else says why there is no picture. */
  @property({ type: Boolean }) spoken = false;

  override render(): TemplateResult {
    const { mark, keys, paused } = this;
    return html`${mark === "good" ? nothing : this.#sign(mark)} ${paused ? this.#pause() : nothing}
    ${keys === null ? nothing : this.#sign(keys)}`;
  }

  #pause(): TemplateResult {
    if (!this.spoken) return this.#sign("paused");
    return html`<p>${drawn(shapes.paused)}${this.words.pausedScreen}</p>`;
  }

  #sign(name: keyof typeof shapes): TemplateResult {
    const words = this.words[name];
    return html`<span class=${name} role="img" aria-label=${words} title=${words}>${drawn(shapes[name])}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-quality-mark": QualityMark;
  }
}
