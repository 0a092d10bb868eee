import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Files } from "../../call/index.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { icon } from "../icons.js";
import { filesPart, type FilesStrings } from "../strings/en-files.js";

/** Shown while a file is dragged over the call: where it would go. */
@customElement("parley-drop-sign")
export class DropSign extends PartElement<FilesStrings> {
  static override styles = [
    base,
    css`
      :host {
        position: absolute;
        inset: var(--p-2);
        z-index: 5;
        display: grid;
        place-items: center;
        padding: var(--p-4);
        border: 3px dashed var(--p-accent);
        border-radius: var(--p-radius);
        background: color-mix(in srgb, var(--p-ground), transparent 15%);
        pointer-events: none;
      }

      p {
        display: grid;
        justify-items: center;
        gap: var(--p-2);
        font-size: 1.125rem;
        font-weight: 600;
        text-align: center;
        overflow-wrap: anywhere;
      }

      .icon {
        width: 40px;
        height: 40px;
      }
    `,
  ];

  protected override readonly catalogue = filesPart;
  @property({ attribute: false }) files!: Files;

  override render(): TemplateResult {
    return html`<p role="status">${icon("files")}<span dir="auto">${this.#say()}</span></p>`;
  }

  #say(): string {
    const { words, files } = this;
    const { recipients, to } = files.state;
    if (!files.able) return words.insecure;
    if (to !== null)
      return recipients.some(({ id }) => id === to.id) ? words.drop.one(to.name) : words.outOfReach(to.name);
    return recipients.length === 0 ? words.drop.nobody : words.drop.everyone;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-drop-sign": DropSign;
  }
}
