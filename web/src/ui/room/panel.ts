import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";

/** A frame beside the tiles, with a headline and its content slotted. Takes the focus when it appears; emits `close`. */
@customElement("parley-panel")
export class Panel extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        overflow: hidden;
        border-radius: var(--p-radius);
        background: var(--p-surface);
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding-block: var(--p-2);
        padding-inline: var(--p-4) var(--p-2);
        border-bottom: 1px solid var(--p-line);
      }

      h2 {
        font-size: 1.0625rem;
      }

      button {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        border: 0;
        border-radius: 50%;
        background: none;
        cursor: pointer;
      }

      button:hover {
        background: var(--p-raised);
      }

      div {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
      }

      /* What fills the panel scrolls by itself. */
      div.filled {
        overflow: hidden;
      }

      div:focus-visible {
        outline-offset: -3px;
      }
    `,
  ];

  @property() heading = "";
  /** The content takes the height there is, and scrolls by itself. */
  @property({ type: Boolean }) filled = false;

  @query("button") private closeButton!: HTMLButtonElement;

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.closeButton.focus();
  }

  override render(): TemplateResult {
    return html`<header>
        <h2>${this.heading}</h2>
        <button type="button" aria-label=${this.strings.close} @click=${() => this.emit("close")}>
          ${icon("close")}
        </button>
      </header>
      ${
        this.filled
          ? html`<div class="filled"><slot></slot></div>`
          : html`<div role="region" tabindex="0" aria-label=${this.heading}><slot></slot></div>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-panel": Panel;
  }
}
