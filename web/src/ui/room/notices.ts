import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Notice } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";

/** What went wrong and what to do about it, said at once, shown until dismissed. Emits `dismiss` with the notice's id. */
@customElement("parley-notices")
export class Notices extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      div {
        display: flex;
        flex-direction: column;
        gap: var(--p-2);
      }

      section {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: var(--p-3);
        padding: var(--p-3) var(--p-2) var(--p-3) var(--p-4);
        border-radius: var(--p-radius);
        background: var(--p-warning-soft);
        color: var(--p-on-warning);
        box-shadow: var(--p-shadow-float);
      }

      section > .icon {
        margin-top: 2px;
      }

      h2 {
        font-size: 1rem;
      }

      p {
        font-size: 0.9375rem;
      }

      button {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        margin: -6px 0;
        border: 0;
        border-radius: 50%;
        background: none;
        cursor: pointer;
      }

      button:hover {
        background: rgb(127 127 127 / 20%);
      }
    `,
  ];

  @property({ attribute: false }) notices: readonly Notice[] = [];

  override render(): TemplateResult {
    return html`<div role="alert">
      ${repeat(
        this.notices,
        (notice) => notice.id,
        (notice) => this.#notice(notice),
      )}
    </div>`;
  }

  #notice({ id, device, problem }: Notice): TemplateResult {
    const words = this.strings.problems[device][problem];
    return html`<section>
      ${icon("alert")}
      <div>
        <h2>${words.title}</h2>
        <p>${words.text}</p>
      </div>
      <button type="button" aria-label=${this.strings.dismiss} @click=${() => this.emit("dismiss", id)}>
        ${icon("close")}
      </button>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-notices": Notices;
  }
}
