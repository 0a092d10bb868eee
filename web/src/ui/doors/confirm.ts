import { css, html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { dialog } from "../dialog.styles.js";
import { ParleyElement } from "../element.js";
import { type DoorsStrings, enDoors } from "../strings/en-doors.js";

/** What is asked before something that cannot be taken back. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button that goes on says. */
  readonly action: string;
}

/** Asks whether somebody is sure. The focus is on the harmless answer, and goes back to where it was. */
@customElement("parley-confirm")
export class Confirm extends ParleyElement {
  static override styles = [
    base,
    dialog,
    css`
      .danger {
        background: var(--p-danger);
        color: var(--p-on-danger);
      }

      .danger:hover {
        background: var(--p-danger-hover);
      }
    `,
  ];

  @property({ attribute: false }) words: DoorsStrings = enDoors;
  @property({ attribute: false }) question: Question = { title: "", text: "", action: "" };
  @query("dialog") private dialog!: HTMLDialogElement;
  #answer: ((sure: boolean) => void) | null = null;

  /** Resolves with the answer; closing the dialog in any other way is "no". */
  async ask(question: Question): Promise<boolean> {
    this.#answer?.(false);
    this.question = question;
    await this.updateComplete;
    this.dialog.returnValue = "";
    if (!this.dialog.open) this.dialog.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#answer?.(false);
    this.#answer = null;
  }

  override render(): TemplateResult {
    const { title, text, action } = this.question;
    return html`<dialog aria-labelledby="title" aria-describedby="text" @close=${this.#handleClose}>
      <h2 id="title" dir="auto">${title}</h2>
      <p id="text" dir="auto">${text}</p>
      <form method="dialog">
        <button class="button" value="" autofocus>${this.words.cancel}</button>
        <button class="button danger" value="sure">${action}</button>
      </form>
    </dialog>`;
  }

  #handleClose(): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(this.dialog.returnValue === "sure");
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-confirm": Confirm;
  }
}
