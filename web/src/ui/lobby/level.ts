import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";

const steps = 12;

/** How loud the microphone is. */
@customElement("parley-level")
export class Level extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      div {
        display: flex;
        gap: 3px;
        height: 8px;
      }

      span {
        flex: 1;
        border-radius: 2px;
        background: var(--p-raised);
        transition: background 80ms linear;
      }

      span.lit {
        background: var(--p-accent);
      }
    `,
  ];

  /** 0 (silence) to 1 (as loud as it gets). */
  @property({ type: Number }) level = 0;

  override render(): TemplateResult {
    const lit = Math.round(Math.min(1, Math.max(0, this.level)) * steps);
    return html`<div
      role="meter"
      aria-label=${this.strings.microphoneLevel}
      aria-valuemin="0"
      aria-valuemax=${steps}
      aria-valuenow=${lit}
    >
      ${Array.from({ length: steps }, (_, step) => html`<span class=${step < lit ? "lit" : ""}></span>`)}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-level": Level;
  }
}
