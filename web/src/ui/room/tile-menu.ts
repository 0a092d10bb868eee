import { css, html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import type { TileAction, TileActionEntry } from "./tile-actions.js";

/** Pixels that stay free between the menu, its button and the edges of the window. */
const margin = 6;

/**
 * What can be done with one tile, above everything else: a tile may be smaller than its menu. Gives the focus back to what had it
 * when it opened. Emits `choose` (a {@link TileAction}), after it has closed.
 */
@customElement("parley-tile-menu")
export class TileMenu extends ParleyElement {
  static override styles = [
    base,
    css`
      dialog {
        position: fixed;
        inset: auto;
        width: max-content;
        max-width: min(320px, calc(100vw - 12px));
        margin: 0;
        padding: var(--p-2);
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius);
        background: var(--p-surface);
        color: var(--p-text);
        box-shadow: var(--p-shadow-float);
      }

      dialog::backdrop {
        background: none;
      }

      button {
        display: flex;
        align-items: center;
        gap: var(--p-3);
        width: 100%;
        min-height: 48px;
        padding-block: 0;
        padding-inline: var(--p-3) var(--p-4);
        border: 0;
        border-radius: var(--p-radius-small);
        background: none;
        text-align: start;
        cursor: pointer;
      }

      button:hover {
        background: var(--p-raised);
      }

      button:focus-visible {
        outline-offset: -3px;
      }

      span {
        min-width: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Its accessible name. */
  @property() heading = "";
  @property({ attribute: false }) entries: readonly TileActionEntry[] = [];
  @query("dialog") private dialog!: HTMLDialogElement;

  /** Below its button, or above where there is more space; never out of the window. */
  async open(anchor: DOMRect): Promise<void> {
    await this.updateComplete;
    if (this.dialog.open) return;
    this.dialog.showModal();
    const { offsetWidth: width, offsetHeight: height, style } = this.dialog;
    const left = getComputedStyle(this).direction === "rtl" ? anchor.left : anchor.right - width;
    const below = anchor.bottom + height + margin <= innerHeight;
    const top = below ? anchor.bottom : Math.max(margin, anchor.top - height);
    style.left = `${Math.max(margin, Math.min(left, innerWidth - width - margin))}px`;
    style.top = `${top}px`;
  }

  override render(): TemplateResult {
    return html`<dialog aria-label=${this.heading} @click=${this.#closeFromOutside}>
      ${this.entries.map(
        ({ action, name, icon: shape }) =>
          html`<button type="button" @click=${() => this.#choose(action)}>
            ${icon(shape)}<span dir="auto">${name}</span>
          </button>`,
      )}
    </dialog>`;
  }

  #choose(action: TileAction): void {
    this.dialog.close();
    this.emit("choose", action);
  }

  /** A click beside a modal dialog is one on its backdrop, which is the dialog itself; so is one on its own edge. */
  #closeFromOutside(event: MouseEvent): void {
    if (event.target !== this.dialog) return;
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) this.dialog.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-tile-menu": TileMenu;
  }
}
