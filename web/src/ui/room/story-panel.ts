import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import type { StorySource } from "../story/story.js";

/** The place of the story, which is loaded when it is first looked at. */
@customElement("parley-story-panel")
export class StoryPanel extends ParleyElement {
  static override styles = [
    base,
    css`
      .aside {
        display: grid;
        justify-items: start;
        gap: var(--p-4);
        padding: var(--p-4);
        color: var(--p-text-soft);
      }
    `,
  ];

  @property({ attribute: false }) source: StorySource | null = null;
  @state() private progress: "loading" | "ready" | "failed" = "loading";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override render(): TemplateResult {
    const { strings } = this;
    switch (this.progress) {
      case "ready":
        return html`<parley-story .strings=${strings} .source=${this.source}></parley-story>`;
      case "loading":
        return html`<p class="aside" role="status">${strings.storyLoading}</p>`;
      case "failed":
        return html`<div class="aside" role="alert">
          <p>${strings.storyFailed}</p>
          <button type="button" class="button" @click=${() => this.#load()}>${strings.tryAgain}</button>
        </div>`;
    }
  }

  async #load(): Promise<void> {
    this.progress = "loading";
    try {
      // Reading loads a part of its own: both have to be there.
      await Promise.all([import("../story/story.js"), this.source?.read()]);
      this.progress = "ready";
    } catch {
      // Chromium fetches it anew at the next attempt; Firefox (153) remembers the failure until the page is reloaded.
      this.progress = "failed";
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-story-panel": StoryPanel;
  }
}
