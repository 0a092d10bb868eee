import { css, html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { dialog } from "../dialog.styles.js";
import { ParleyElement } from "../element.js";

/** Shows the link, selected, where the clipboard is closed to us. */
@customElement("parley-link-dialog")
export class LinkDialog extends ParleyElement {
  static override styles = [
    base,
    dialog,
    css`
      p {
        margin-bottom: var(--p-4);
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
