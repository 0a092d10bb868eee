import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query } from "lit/decorators.js";
import { reactionKinds } from "../../call/reactions/reactions.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { emoji } from "./emoji.js";

/** The reactions to choose from. Takes the focus when it appears; emits `react` (a kind) and `close` (true: give the focus back). */
@customElement("parley-palette")
export class Palette extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      [role="group"] {
        display: flex;
        gap: var(--p-1);
        padding: var(--p-1);
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius-full);
        background: var(--p-surface);
        box-shadow: var(--p-shadow-float);
      }

      button {
        display: grid;
        place-items: center;
        width: 48px;
        height: 48px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: none;
        font-family: var(--p-emoji);
        font-size: 1.625rem;
        line-height: 1;
        cursor: pointer;
        transition: transform var(--p-quick);
      }

      button:hover {
        background: var(--p-raised);
        transform: scale(1.12);
      }

      button:active {
        transform: scale(0.94);
      }
    `,
  ];

  @query("button") private first!: HTMLButtonElement;

  readonly #closeFromOutside = (event: Event): void => {
    const path = event.composedPath();
    // The control that opened it closes it by itself.
    if (!path.includes(this) && !path.some((each) => (each as Partial<HTMLElement>).id === "reactions")) {
      this.emit("close", false);
    }
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#closeFromOutside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#closeFromOutside);
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.first.focus();
  }

  override render(): TemplateResult {
    const { strings } = this;
    return html`<div
      role="group"
      aria-label=${strings.reactions}
      @keydown=${this.#closeOnEscape}
      @focusout=${this.#closeOnLeaving}
    >
      ${reactionKinds.map(
        (kind) =>
          html`<button
            type="button"
            aria-label=${strings.reactionNames[kind]}
            title=${strings.reactionNames[kind]}
            @click=${() => this.emit("react", kind)}
          >
            ${emoji[kind]}
          </button>`,
      )}
    </div>`;
  }

  #closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    // The panel that may be open beside it stays.
    event.stopPropagation();
    this.emit("close", true);
  }

  #closeOnLeaving({ relatedTarget, currentTarget }: FocusEvent): void {
    // Without a target the window lost the focus.
    if (relatedTarget === null || !(currentTarget instanceof Node)) return;
    if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    this.emit("close", false);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-palette": Palette;
  }
}
