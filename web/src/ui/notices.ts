import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Notice, RelayPart } from "../call/state.js";
import { base } from "./base.styles.js";
import { ParleyElement } from "./element.js";
import { icon, type IconName } from "./icons.js";
import { noticeCards } from "./notice-words.js";
import type { Words } from "./strings/en.js";

/** A participant whom no path leads to. */
export interface Unreachable {
  readonly id: string;
  readonly name: string;
  /** What the relay has done about it; null: not known. */
  readonly relay: RelayPart | null;
}

/**
 * What happened and what to do about it: read aloud when there is a pause, shown until dismissed or over. Emits `dismiss`
 * (the ids of notices).
 */
@customElement("parley-notices")
export class Notices extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      .list:focus {
        outline: none;
      }

      section {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: var(--p-3);
        margin-bottom: var(--p-2);
        padding-block: var(--p-3);
        padding-inline: var(--p-4) var(--p-2);
        border-radius: var(--p-radius);
        background: var(--p-warning-soft);
        color: var(--p-on-warning);
        box-shadow: var(--p-notice-shadow, var(--p-shadow-float));
        overflow-wrap: anywhere;
      }

      section > .icon {
        margin-top: 2px;
      }

      h2 {
        font-size: 1rem;
        line-height: 1.4;
        letter-spacing: 0;
      }

      p {
        font-size: 0.9375rem;
        text-wrap: pretty;
      }

      a {
        display: inline-block;
        padding: var(--p-2) 0;
        color: inherit;
        font-weight: 600;
      }

      button {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        margin: -6px 0;
        border: 0;
        border-radius: 50%;
        background: none;
        cursor: pointer;
      }

      button:hover {
        background: rgb(127 127 127 / 20%);
      }
    `,
  ];

  @property({ attribute: false }) notices: readonly Notice[] = [];
  /** Address of the connection test. */
  @property() doctor = "";
  @property({ attribute: false }) unreachable: readonly Unreachable[] = [];

  /** Whose unreachability the person has taken note of. */
  @state() private noted: ReadonlySet<string> = new Set();
  @query(".list") private list!: HTMLElement;

  protected override willUpdate(): void {
    // Who was reached meanwhile and is lost again is news again.
    const kept = [...this.noted].filter((id) => this.unreachable.some((other) => other.id === id));
    if (kept.length !== this.noted.size) this.noted = new Set(kept);
  }

  override render(): TemplateResult {
    return html`<div class="list" role="status" tabindex="-1">
      ${repeat(
        noticeCards(this.notices, this.strings),
        ({ ids }) => ids[0],
        ({ ids, words, good }) => this.#card(words, good ? "check" : "alert", () => this.emit("dismiss", ids)),
      )}
      ${repeat(
        this.unreachable.filter(({ id }) => !this.noted.has(id)),
        ({ id }) => id,
        ({ id, name, relay }) =>
          this.#card(
            this.strings.peerUnreachable[relay ?? "not-reached"](name),
            "alert",
            () => (this.noted = new Set([...this.noted, id])),
            this.doctor,
          ),
      )}
    </div>`;
  }

  #card({ title, text }: Words, picture: IconName, dismiss: () => void, doctor = ""): TemplateResult {
    return html`<section>
      ${icon(picture)}
      <div>
        <h2>${title}</h2>
        <p>${text}</p>
        ${
          doctor === ""
            ? nothing
            : html`<p><a href=${doctor} target="_blank" rel="noopener">${this.strings.testConnection}</a></p>`
        }
      </div>
      <button type="button" aria-label=${this.strings.dismiss(title)} @click=${() => void this.#dismiss(dismiss)}>
        ${icon("close")}
      </button>
    </section>`;
  }

  /** The button goes with its card; who works by keyboard goes on with the next one, or from where the last one was. */
  async #dismiss(dismiss: () => void): Promise<void> {
    dismiss();
    await new Promise(requestAnimationFrame);
    if (this.shadowRoot?.activeElement != null) return;
    (this.renderRoot.querySelector<HTMLElement>("button") ?? this.list).focus({ preventScroll: true });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-notices": Notices;
  }
}
