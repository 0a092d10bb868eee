import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { base } from "./base.styles.js";
import { ParleyElement } from "./element.js";

/** The place of what is loaded when it is first looked at: its content (slotted) appears once `load` has succeeded. */
@customElement("parley-later")
export class Later extends ParleyElement {
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

  @property({ attribute: false }) load: () => Promise<unknown> = () => Promise.resolve();
  @state() private progress: "loading" | "ready" | "failed" = "loading";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.updateComplete.then(() => this.#load());
  }

  override render(): TemplateResult {
    const { strings } = this;
    switch (this.progress) {
      case "ready":
        return html`<slot></slot>`;
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
      await this.load();
      this.progress = "ready";
    } catch {
      // Chromium fetches it anew at the next attempt; Firefox (153) remembers the failure until the page is reloaded.
      this.progress = "failed";
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-later": Later;
  }
}
