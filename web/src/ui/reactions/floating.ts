import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Reaction } from "../../call/reactions/reactions.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { emoji } from "./emoji.js";

/** How many have room beside each other. */
const most = 12;

/** The reactions of the moment, rising over the pictures; where movement is not wanted they stand still. They are spoken elsewhere. */
@customElement("parley-floating")
export class Floating extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        overflow: hidden;
        pointer-events: none;
      }

      div {
        display: flex;
        flex-wrap: wrap;
        align-content: flex-end;
        align-items: flex-end;
        gap: var(--p-2);
        height: 100%;
      }

      p {
        display: grid;
        justify-items: center;
        gap: 2px;
        max-width: 112px;
        animation: rise 4s cubic-bezier(0.2, 0.6, 0.4, 1) both;
      }

      .emoji {
        font-family: var(--p-emoji);
        font-size: 2.25rem;
        line-height: 1.1;
        filter: drop-shadow(0 2px 4px rgb(0 0 0 / 45%));
      }

      bdi {
        max-width: 100%;
        padding: 1px 9px;
        border-radius: var(--p-radius-full);
        background: var(--p-veil);
        color: #fff;
        font-size: 0.75rem;
        font-weight: 500;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(24px) scale(0.6);
        }

        12% {
          opacity: 1;
          transform: translateY(0) scale(1);
        }

        75% {
          opacity: 1;
        }

        to {
          opacity: 0;
          transform: translateY(-160px);
        }
      }

      @media (prefers-reduced-motion: reduce) {
        p {
          animation: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) reactions: readonly Reaction[] = [];

  override render(): TemplateResult {
    return html`<div aria-hidden="true">
      ${repeat(
        this.reactions.slice(-most),
        ({ id }) => id,
        ({ kind, from, name }) =>
          html`<p><span class="emoji">${emoji[kind]}</span><bdi>${from === null ? this.strings.you : name}</bdi></p>`,
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-floating": Floating;
  }
}
