import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { base } from "./base.styles.js";
import { ParleyElement } from "./element.js";

/** A screen that says one thing and offers ways on (slotted `actions`). */
@customElement("parley-message")
export class Message extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100%;
        container-type: inline-size;
        padding: max(var(--p-5), env(safe-area-inset-top)) max(var(--p-4), env(safe-area-inset-right))
          max(var(--p-5), env(safe-area-inset-bottom)) max(var(--p-4), env(safe-area-inset-left));
        background: var(--p-ground);
      }

      div {
        width: min(480px, 100%);
        padding: var(--p-7) var(--p-6);
        border-radius: var(--p-radius-large);
        background: var(--p-surface);
        box-shadow: var(--p-shadow);
        text-align: center;
      }

      h1 {
        font-size: clamp(1.5rem, 5vw, 1.875rem);
      }

      p {
        margin-top: var(--p-3);
        color: var(--p-text-soft);
        text-wrap: pretty;
      }

      nav {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--p-3);
        margin-top: var(--p-6);
      }

      @container (max-width: 480px) {
        div {
          padding: var(--p-6) var(--p-5);
        }
      }
    `,
  ];

  @property() heading = "";
  @property() text = "";

  @query("h1") private headline!: HTMLElement;

  override render(): TemplateResult {
    return html`<div part="card">
      <h1 tabindex="-1">${this.heading}</h1>
      <p>${this.text}</p>
      <nav><slot></slot></nav>
    </div>`;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.headline.focus({ preventScroll: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-message": Message;
  }
}
