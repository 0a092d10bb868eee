import { css, html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";

/** Shows the link, selected, where the clipboard is closed to us. */
@customElement("parley-link-dialog")
export class LinkDialog extends ParleyElement {
  static override styles = [
    base,
    css`
      dialog {
        width: min(460px, calc(100vw - 2 * var(--p-4)));
        padding: var(--p-5);
        border: 0;
        border-radius: var(--p-radius-large);
        background: var(--p-surface);
        color: var(--p-text);
        box-shadow: var(--p-shadow-float);
      }

      dialog::backdrop {
        background: rgb(5 8 11 / 60%);
      }

      h2 {
        font-size: 1.25rem;
      }

      p {
        margin: var(--p-2) 0 var(--p-4);
        color: var(--p-text-soft);
      }

      form {
        display: flex;
        justify-content: flex-end;
        margin-top: var(--p-5);
      }
    `,
  ];

  @property() link = "";

  @query("dialog") private dialog!: HTMLDialogElement;
  @query("input") private field!: HTMLInputElement;

  open(): void {
    this.dialog.showModal();
    this.field.focus();
    this.field.select();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" aria-describedby="text">
      <h2 id="title">${this.strings.linkTitle}</h2>
      <p id="text">${this.strings.linkText}</p>
      <input
        class="field"
        readonly
        aria-label=${this.strings.linkLabel}
        .value=${this.link}
        @focus=${() => this.field.select()}
      />
      <form method="dialog"><button class="button primary">${this.strings.close}</button></form>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-link-dialog": LinkDialog;
  }
}
