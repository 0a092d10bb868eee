import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { doorsPart, type DoorsStrings } from "../strings/en-doors.js";
import "../message.js";

/** Asks for the passcode of a room. Emits `enter` (what was typed) and `back`. */
@customElement("parley-passcode")
export class Passcode extends PartElement<DoorsStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        height: 100%;
      }

      form {
        display: grid;
        gap: var(--p-3);
        width: min(320px, 100%);
        text-align: start;
      }

      .error {
        color: var(--p-text);
        font-size: 0.9375rem;
      }
    `,
  ];

  protected override readonly catalogue = doorsPart;
  /** Another one was typed than this room has. */
  @property({ type: Boolean }) wrong = false;
  @query("input") private field!: HTMLInputElement;

  override render(): TemplateResult {
    const { words, wrong } = this;
    return html`<parley-message .heading=${words.enterPasscode} .text=${words.enterPasscodeText}>
      <form novalidate @submit=${this.#submit}>
        <input
          class="field"
          type="password"
          dir="auto"
          autocomplete="off"
          aria-label=${words.passcode}
          aria-invalid=${wrong}
          aria-describedby="error"
        />
        <p id="error" class="error" role="alert" ?hidden=${!wrong}>${words.passcodeWrong}</p>
        <button class="button primary">${words.enter}</button>
        <button type="button" class="button" @click=${() => this.emit("back")}>${words.back}</button>
      </form>
    </parley-message>`;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    // After the headline, which takes it when its screen appears.
    requestAnimationFrame(() => this.field.focus());
  }

  #submit(event: Event): void {
    event.preventDefault();
    const { value } = this.field;
    if (value.trim() === "") this.field.focus();
    else this.emit("enter", value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-passcode": Passcode;
  }
}
