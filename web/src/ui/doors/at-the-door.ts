import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Hosting, Waiting } from "../../call/doors/hosting.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { refocus } from "../refocus.js";
import { doorsPart, type DoorsStrings } from "../strings/en-doors.js";
import { card } from "./card.styles.js";

/** So many at once leave the pictures visible. */
const most = 2;

/**
 * Who waits, above a host's pictures. Emits `show` (the whole list is asked for) and `answered` (nobody waits any more, and
 * the focus went with the last of them).
 */
@customElement("parley-at-the-door")
export class AtTheDoor extends PartElement<DoorsStrings> {
  static override styles = [
    base,
    card,
    css`
      :host {
        display: block;
      }
    `,
  ];

  protected override readonly catalogue = doorsPart;
  @property({ attribute: false }) hosting!: Pick<Hosting, "admit" | "deny">;
  @property({ attribute: false }) waiting: readonly Waiting[] = [];

  override render(): TemplateResult {
    const { words, waiting } = this;
    const more = waiting.length - most;
    return html`${repeat(
      waiting.slice(0, most),
      ({ id }) => id,
      ({ id, name }) =>
        html`<section aria-label=${words.wantsIn(name)}>
          <p dir="auto">${words.wantsIn(name)}</p>
          <div class="answers">
            <button
              type="button"
              class="button"
              aria-label=${words.denyName(name)}
              @click=${() => void this.#answer(this.hosting.deny(id))}
            >
              ${words.deny}
            </button>
            <button
              type="button"
              class="button primary"
              aria-label=${words.admitName(name)}
              @click=${() => void this.#answer(this.hosting.admit(id))}
            >
              ${words.admit}
            </button>
          </div>
        </section>`,
    )}
    ${
      more <= 0
        ? nothing
        : html`<section>
            <button type="button" class="button" @click=${() => this.emit("show")}>${words.others(more)}</button>
          </section>`
    }`;
  }

  async #answer(request: Promise<unknown>): Promise<void> {
    await request;
    await this.updateComplete;
    await refocus(
      () => this.renderRoot.querySelector<HTMLElement>("button"),
      () => this.emit("answered"),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-at-the-door": AtTheDoor;
  }
}
