import { css, html, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { base } from "../../base.styles.js";
import { dialog } from "../../dialog.styles.js";
import { PartElement } from "../../element.js";
import { rememberSingleKeys, singleKeysWanted } from "../preferences.js";
import { shortcutsPart, type ShortcutsStrings } from "../../strings/en-shortcuts.js";
import type { Shortcut } from "./shortcut.js";

const keys: readonly (readonly [Shortcut, string, string?])[] = [
  ["microphone", "M", "D"],
  ["camera", "V", "E"],
  ["screen", "S"],
  ["chat", "C"],
  ["hand", "H"],
  ["help", "?"],
];

/** The list of shortcuts, and the switch for those of a single key. */
@customElement("parley-shortcuts")
export class Shortcuts extends PartElement<ShortcutsStrings> {
  static override styles = [
    base,
    dialog,
    css`
      p {
        font-size: 0.9375rem;
      }

      dl {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--p-3) var(--p-4);
        align-items: center;
        margin: var(--p-4) 0;
      }

      dd {
        margin: 0;
        text-align: end;
      }

      kbd {
        display: inline-block;
        min-width: 30px;
        padding: 2px 8px;
        border: 1px solid var(--p-line-strong);
        border-radius: var(--p-radius-small);
        background: var(--p-raised);
        font: inherit;
        font-size: 0.875rem;
        text-align: center;
      }

      label {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        min-height: 44px;
        cursor: pointer;
      }

      input {
        width: 24px;
        height: 24px;
        margin: 0;
        accent-color: var(--p-accent);
      }
    `,
  ];

  protected override readonly catalogue = shortcutsPart;
  @state() private singleKeys = singleKeysWanted();
  @query("dialog") private dialog!: HTMLDialogElement;

  async open(): Promise<void> {
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render(): TemplateResult {
    const { words } = this;
    const command = /Mac|iPhone|iPad/u.test(navigator.userAgent) ? "⌘" : "Ctrl";
    return html`<dialog aria-labelledby="title" aria-describedby="text">
      <h2 id="title">${words.title}</h2>
      <p id="text">${words.text}</p>
      <dl>
        ${keys.map(
          ([shortcut, key, chord]) =>
            html`<dt>${words.what[shortcut]}</dt>
              <dd>
                <kbd>${key}</kbd> ${
                  chord === undefined
                    ? ""
                    : html`${words.or} <bdi dir="ltr"><kbd>${command}</kbd> + <kbd>${chord}</kbd></bdi>`
                }
              </dd>`,
        )}
        <dt>${words.talk}</dt>
        <dd><kbd>${words.hold("V")}</kbd></dd>
      </dl>
      <label>
        <span>${words.singleKeys}</span>
        <input
          type="checkbox"
          role="switch"
          aria-describedby="single-keys"
          .checked=${this.singleKeys}
          @change=${(event: Event) => this.#choose((event.target as HTMLInputElement).checked)}
        />
      </label>
      <p id="single-keys">${words.singleKeysText}</p>
      <form method="dialog"><button class="button primary">${words.close}</button></form>
    </dialog>`;
  }

  #choose(wanted: boolean): void {
    this.singleKeys = wanted;
    rememberSingleKeys(wanted);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-shortcuts": Shortcuts;
  }
}
