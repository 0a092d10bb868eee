import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { loadDoctor } from "../load-doctor.js";
import "../later.js";

/** The connection test as a page of its own, for links: "open this, and send me the report". */
@customElement("parley-doctor-page")
export class DoctorPage extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-height: 100%;
        padding: max(var(--p-4), env(safe-area-inset-top)) max(var(--p-4), env(safe-area-inset-right))
          max(var(--p-6), env(safe-area-inset-bottom)) max(var(--p-4), env(safe-area-inset-left));
        background: var(--p-ground);
      }

      main {
        width: min(720px, 100%);
        margin: 0 auto;
        padding-top: var(--p-5);
      }

      h1 {
        font-size: clamp(1.625rem, 5vw, 2.25rem);
      }

      .intro {
        margin: var(--p-2) 0 var(--p-5);
        color: var(--p-text-soft);
        text-wrap: pretty;
      }
    `,
  ];

  /** Address of the server; ends with "/". */
  @property() server = "";

  override render(): TemplateResult {
    const { strings } = this;
    return html`<header><slot name="brand"></slot></header>
      <main>
        <h1>${strings.connectionTest}</h1>
        <p class="intro">${strings.connectionTestText}</p>
        <parley-later .strings=${strings} .load=${loadDoctor}>
          <parley-doctor .strings=${this.strings} .server=${this.server}></parley-doctor>
        </parley-later>
      </main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-doctor-page": DoctorPage;
  }
}
