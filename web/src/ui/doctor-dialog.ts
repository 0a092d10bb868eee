import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { base } from "./base.styles.js";
import { ParleyElement } from "./element.js";
import { icon } from "./icons.js";
import { loadDoctor } from "./load-doctor.js";
import "./later.js";

/** The connection test over whatever is there; it is loaded when first opened, and ends when it is closed. */
@customElement("parley-doctor-dialog")
export class DoctorDialog extends ParleyElement {
  static override styles = [
    base,
    css`
      dialog {
        width: min(680px, calc(100vw - 2 * var(--p-3)));
        max-height: calc(100dvh - 2 * var(--p-3));
        padding: 0;
        border: 0;
        border-radius: var(--p-radius-large);
        background: var(--p-ground);
        color: var(--p-text);
        box-shadow: var(--p-shadow-float);
        overflow-y: auto;
        overscroll-behavior: contain;
      }

      dialog::backdrop {
        background: rgb(5 8 11 / 60%);
      }

      header {
        position: sticky;
        top: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding-block: var(--p-3);
        padding-inline: var(--p-5) var(--p-3);
        border-bottom: 1px solid var(--p-line);
        background: var(--p-ground);
      }

      h2 {
        font-size: 1.25rem;
      }

      header button {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        border: 0;
        border-radius: 50%;
        background: none;
        cursor: pointer;
      }

      header button:hover {
        background: var(--p-raised);
      }

      .content {
        padding: var(--p-4) var(--p-5) var(--p-5);
      }

      @media (max-width: 480px) {
        header {
          padding-inline-start: var(--p-4);
        }

        .content {
          padding: var(--p-3);
        }
      }
    `,
  ];

  /** Address of the Parley server, with its path if it has one. */
  @property() server = "";
  @state() private shown = false;
  @query("dialog") private dialog!: HTMLDialogElement;

  open(): void {
    this.shown = true;
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { strings } = this;
    return html`<dialog aria-labelledby="title" @close=${() => (this.shown = false)}>
      <header>
        <h2 id="title">${strings.connectionTest}</h2>
        <button type="button" aria-label=${strings.close} @click=${() => this.dialog.close()}>${icon("close")}</button>
      </header>
      ${
        this.shown
          ? html`<div class="content">
              <parley-later .strings=${strings} .load=${loadDoctor}>
                <parley-doctor .strings=${this.strings} .server=${this.server}></parley-doctor>
              </parley-later>
            </div>`
          : nothing
      }
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-doctor-dialog": DoctorDialog;
  }
}
