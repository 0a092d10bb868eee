import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { type Verbosity, verbosities, wantedVerbosity } from "./preferences.js";

interface Message {
  readonly id: number;
  readonly text: string;
}

/** How long a message stays; long enough to be read aloud and at leisure. */
const shownFor = 4500;

/** Says what happens, politely: a screen reader reads it when there is a pause, everybody else sees it for a moment. */
@customElement("parley-announcer")
export class Announcer extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        pointer-events: none;
      }

      [role="status"] {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--p-1);
      }

      p {
        max-width: 100%;
        padding: 6px 16px;
        border-radius: var(--p-radius-large);
        background: var(--p-text);
        color: var(--p-ground);
        font-size: 0.9375rem;
        font-weight: 500;
        text-align: center;
        text-wrap: balance;
        overflow-wrap: anywhere;
        box-shadow: var(--p-shadow-float);
        animation: rise 160ms ease-out;
      }

      @keyframes rise {
        from {
          opacity: 0;
          transform: translateY(6px);
        }
      }
    `,
  ];

  @state() private messages: readonly Message[] = [];
  #last = 0;

  /** `from`: how much a person wants to hear at least who hears this. What concerns the person, everybody hears. */
  say(text: string, from: Verbosity = "few"): void {
    if (verbosities.indexOf(wantedVerbosity()) > verbosities.indexOf(from)) return;
    const message = { id: ++this.#last, text };
    // Several at once (everyone leaves) would cover the room; the newest matter.
    this.messages = [...this.messages.slice(-2), message];
    setTimeout(() => {
      this.messages = this.messages.filter((other) => other !== message);
    }, shownFor);
  }

  override render(): TemplateResult {
    return html`<div role="status" aria-live="polite">
      ${
        this.messages.length === 0
          ? nothing
          : repeat(
              this.messages,
              (message) => message.id,
              (message) => html`<p dir="auto">${message.text}</p>`,
            )
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-announcer": Announcer;
  }
}
