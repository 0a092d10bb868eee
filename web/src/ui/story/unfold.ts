import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { storyStyles } from "./story.styles.js";

/** A line that opens to more. What is inside is made only while it is open. */
@customElement("parley-unfold")
export class Unfold extends ParleyElement {
  static override styles = [
    base,
    storyStyles,
    css`
      :host {
        display: block;
      }

      summary {
        display: flex;
        align-items: center;
        gap: var(--p-2);
        min-height: 32px;
        padding: var(--p-1) 0;
        border-radius: var(--p-radius-small);
        font-size: 0.8125rem;
        cursor: pointer;
        list-style: none;
      }

      summary::-webkit-details-marker {
        display: none;
      }

      summary::before {
        content: "";
        flex: none;
        width: 7px;
        height: 7px;
        border: solid var(--p-text-soft);
        border-width: 0 2px 2px 0;
        transform: rotate(-45deg);
        transition: transform var(--p-quick);
      }

      details[open] > summary::before {
        transform: rotate(45deg);
      }

      summary:hover {
        color: var(--p-accent);
      }

      :host(.heading) summary {
        min-height: 44px;
        font-size: 0.9375rem;
        font-weight: 600;
      }

      .title {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      .note {
        color: var(--p-text-soft);
        font-weight: 400;
      }
    `,
  ];

  @property() heading = "";
  /** Beside the heading: a time, a number. */
  @property() note = "";
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) content: () => TemplateResult = () => html``;

  override render(): TemplateResult {
    return html`<details .open=${this.open} @toggle=${this.#toggle}>
      <summary>
        <span class="title"><bdi>${this.heading}</bdi></span>
        ${this.note === "" ? nothing : html`<span class="note time">${this.note}</span>`}
      </summary>
      ${this.open ? this.content() : nothing}
    </details>`;
  }

  #toggle(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-unfold": Unfold;
  }
}
