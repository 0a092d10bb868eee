import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { doorsPart, type DoorsStrings } from "../strings/en-doors.js";
import { card } from "./card.styles.js";

/** A host asks for silence, and the person decides. Emits `answer` (whether to mute). */
@customElement("parley-mute-asked")
export class MuteAsked extends PartElement<DoorsStrings> {
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
  /** The host. */
  @property() name = "";

  override render(): TemplateResult {
    const { words } = this;
    return html`<section role="status">
      <p dir="auto">${words.muteAsked(this.name)}</p>
      <div class="answers">
        <button type="button" class="button" @click=${() => this.emit("answer", false)}>${words.notNow}</button>
        <button type="button" class="button primary" @click=${() => this.emit("answer", true)}>${words.mute}</button>
      </div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-mute-asked": MuteAsked;
  }
}
