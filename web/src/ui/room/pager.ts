import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { number } from "../strings/in-words.js";

/** To the pages of tiles that do not find place at once. Emits `page` (a number from 0). */
@customElement("parley-pager")
export class Pager extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        position: absolute;
        display: grid;
        container-type: size;
      }

      nav {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: var(--p-1);
        min-width: 0;
      }

      button {
        display: grid;
        flex: none;
        place-items: center;
        width: 44px;
        height: 44px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: var(--p-raised);
        cursor: pointer;
      }

      button:hover {
        background: var(--p-raised-hover);
      }

      button[aria-disabled="true"] {
        background: none;
        color: var(--p-text-soft);
        cursor: default;
      }

      .number {
        min-width: 40px;
        color: var(--p-text-soft);
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
        text-align: center;
        white-space: nowrap;
      }

      .back .icon,
      .on:dir(rtl) .icon {
        transform: scaleX(-1);
      }

      .back:dir(rtl) .icon {
        transform: none;
      }

      @container (max-width: 131px) {
        nav {
          flex-direction: column;
        }
      }
    `,
  ];

  /** From 0. */
  @property({ type: Number }) page = 0;
  @property({ type: Number }) pages = 1;

  override render(): TemplateResult {
    const { strings, page, pages } = this;
    return html`<nav aria-label=${strings.pages}>
      ${this.#button("back", strings.previousPage, page - 1)}
      <span class="number" role="status">
        <span aria-hidden="true" dir="ltr">${page + 1} / ${pages}</span>
        <span class="unseen">${strings.page(number(strings.language, page + 1), number(strings.language, pages))}</span>
      </span>
      ${this.#button("on", strings.nextPage, page + 1)}
    </nav>`;
  }

  /** At the end it stays a button that can have the focus: somebody may just have pressed it. */
  #button(look: string, name: string, page: number): TemplateResult {
    const there = page >= 0 && page < this.pages;
    return html`<button
      type="button"
      class=${look}
      aria-label=${name}
      aria-disabled=${!there}
      @click=${() => there && this.emit("page", page)}
    >
      ${icon("chevron")}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-pager": Pager;
  }
}
