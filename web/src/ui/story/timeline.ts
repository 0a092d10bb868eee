import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { enStory, type StoryStrings } from "../strings/en-story.js";
import { time } from "../figures.js";
import type { Step } from "./steps.js";
import { storyStyles } from "./story.styles.js";

/** Steps along a line, each with its moment; those that have not come yet are hollow. */
@customElement("parley-timeline")
export class Timeline extends ParleyElement {
  static override styles = [
    base,
    storyStyles,
    css`
      :host {
        display: block;
        margin-top: var(--p-3);
      }

      li {
        position: relative;
        padding-block-end: var(--p-4);
        padding-inline-start: var(--p-5);
      }

      li:last-child {
        padding-bottom: 0;
      }

      li::before {
        content: "";
        position: absolute;
        top: 6px;
        inset-inline-start: 2px;
        z-index: 1;
        width: 10px;
        height: 10px;
        border: 2px solid var(--p-accent);
        border-radius: 50%;
        background: var(--p-accent);
      }

      li:not(:last-child)::after {
        content: "";
        position: absolute;
        top: 6px;
        bottom: -6px;
        inset-inline-start: 6px;
        width: 2px;
        background: var(--p-line);
      }

      .pending::before {
        border-color: var(--p-line-strong);
        background: var(--p-surface);
      }

      .pending .title {
        color: var(--p-text-soft);
      }

      .line {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--p-3);
      }

      .title {
        font-size: 0.875rem;
        font-weight: 600;
      }

      .pending .time {
        font-style: italic;
      }

      .time {
        color: var(--p-text-soft);
      }
    `,
  ];

  @property({ attribute: false }) words: StoryStrings = enStory;
  @property({ attribute: false }) steps: readonly Step[] = [];

  override render(): TemplateResult {
    return html`<ol role="list">
      ${repeat(
        this.steps,
        ({ key }) => key,
        ({ at, title, text }) =>
          html`<li class=${at === null ? "pending" : nothing}>
            <div class="line">
              <span class="title">${title}</span>
              <span class="time">${at === null ? this.words.notYet : time(at, this.words.language)}</span>
            </div>
            <p class="soft">${text}</p>
          </li>`,
      )}
    </ol>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-timeline": Timeline;
  }
}
