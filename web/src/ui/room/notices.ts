import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Notice } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import type { Strings, Words } from "../strings/en.js";

interface Card {
  /** The notices that it speaks for. */
  readonly ids: readonly number[];
  readonly words: Words;
}

/** What went wrong and what to do about it, said at once, shown until dismissed. Emits `dismiss` (the ids of notices). */
@customElement("parley-notices")
export class Notices extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      div {
        display: flex;
        flex-direction: column;
        gap: var(--p-2);
      }

      section {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: var(--p-3);
        padding: var(--p-3) var(--p-2) var(--p-3) var(--p-4);
        border-radius: var(--p-radius);
        background: var(--p-warning-soft);
        color: var(--p-on-warning);
        box-shadow: var(--p-shadow-float);
      }

      section > .icon {
        margin-top: 2px;
      }

      h2 {
        font-size: 1rem;
      }

      p {
        font-size: 0.9375rem;
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

  override render(): TemplateResult {
    return html`<div role="alert">
      ${repeat(
        cards(this.notices, this.strings),
        ({ ids }) => ids[0],
        (card) => this.#card(card),
      )}
    </div>`;
  }

  #card({ ids, words }: Card): TemplateResult {
    return html`<section>
      ${icon("alert")}
      <div>
        <h2>${words.title}</h2>
        <p>${words.text}</p>
      </div>
      <button type="button" aria-label=${this.strings.dismiss} @click=${() => this.emit("dismiss", ids)}>
        ${icon("close")}
      </button>
    </section>`;
  }
}

/** One for each notice; the same trouble with camera and microphone is one trouble to the person. */
function cards(notices: readonly Notice[], { problems }: Strings): Card[] {
  const camera = notices.find(({ device }) => device === "camera");
  const both = notices.find(({ device, problem }) => device === "microphone" && problem === camera?.problem);
  return notices
    .filter((notice) => both === undefined || notice !== camera)
    .map((notice) =>
      notice === both && camera !== undefined
        ? { ids: [notice.id, camera.id], words: problems.both[notice.problem] }
        : { ids: [notice.id], words: problems[notice.device][notice.problem] },
    );
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-notices": Notices;
  }
}
