import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Files } from "../../call/index.js";
import type { Transfer } from "../../call/files/transfer.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { bytes } from "../figures.js";
import { icon } from "../icons.js";
import { enFiles, type FilesStrings } from "../strings/en-files.js";
import { save } from "./save.js";
import { choosePlace, memoryLimit, type Place } from "./storage.js";
import { hasEnded, isUnderWay, statusOf } from "./transfer-view.js";

/** One file on its way, and what the person can do about it. */
@customElement("parley-transfer")
export class TransferView extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--p-1);
        min-width: 0;
      }

      .head {
        display: flex;
        align-items: start;
        gap: var(--p-2);
      }

      .head > .icon {
        width: 20px;
        height: 20px;
        margin-top: 2px;
        color: var(--p-text-soft);
      }

      .name {
        flex: 1;
        min-width: 0;
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      p {
        color: var(--p-text-soft);
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
        text-wrap: pretty;
      }

      .failed {
        color: var(--p-text);
      }

      progress {
        width: 100%;
        height: 8px;
        margin: var(--p-1) 0;
        border: 0;
        border-radius: var(--p-radius-full);
        background: var(--p-raised);
        overflow: hidden;
        appearance: none;
      }

      progress::-webkit-progress-bar {
        background: var(--p-raised);
      }

      progress::-webkit-progress-value {
        background: var(--p-accent);
      }

      progress::-moz-progress-bar {
        background: var(--p-accent);
      }

      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--p-2);
        margin-top: var(--p-1);
      }

      .actions .button {
        min-height: 44px;
        padding: 0 var(--p-4);
      }

      .remove {
        display: grid;
        flex: none;
        place-items: center;
        width: 44px;
        height: 44px;
        margin: calc(-1 * var(--p-2));
        border: 0;
        border-radius: 50%;
        background: none;
        color: var(--p-text-soft);
        cursor: pointer;
      }

      .remove:hover {
        background: var(--p-raised);
      }

      .remove .icon {
        width: 18px;
        height: 18px;
      }
    `,
  ];

  @property({ attribute: false }) words: FilesStrings = enFiles;
  @property({ attribute: false }) transfer!: Transfer;
  @property({ attribute: false }) files!: Files;
  /** Where a file would go; null: not known yet. */
  @property({ attribute: false }) place: Place | null = null;

  override render(): TemplateResult {
    const { words, transfer } = this;
    const { direction, name, size, moved, participant, phase } = transfer;
    const whom = direction === "sending" ? words.toWhom(participant.name) : words.fromWhom(participant.name);
    return html`<div class="head">
        ${icon(direction === "sending" ? "upload" : "download")}
        <bdi class="name">${name}</bdi>
        ${hasEnded(transfer) ? this.#remove() : nothing}
      </div>
      <p><bdi>${whom}</bdi> · ${bytes(size, words.language)}</p>
      ${
        isUnderWay(transfer)
          ? html`<progress aria-label=${words.progress(name)} .max=${Math.max(size, 1)} .value=${moved}></progress>`
          : nothing
      }
      <p class=${phase.kind}>${statusOf(transfer, words)}</p>
      ${this.#actions()}`;
  }

  #actions(): TemplateResult | typeof nothing {
    const { words, transfer, files } = this;
    const { direction, name, size, phase, key } = transfer;
    if (phase.kind === "done" && phase.saved) {
      const { file } = phase.saved;
      return html`<div class="actions">
        <button type="button" class="button" aria-label=${words.saveName(name)} @click=${() => save(file, name)}>
          ${words.save}
        </button>
      </div>`;
    }
    if (hasEnded(transfer)) return nothing;
    if (direction === "sending" || phase.kind !== "offered") {
      return html`<div class="actions">
        <button type="button" class="button" aria-label=${words.cancelName(name)} @click=${() => files.cancel(key)}>
          ${words.cancel}
        </button>
      </div>`;
    }
    const fits = this.place !== "memory" || size <= memoryLimit;
    return html`${fits ? nothing : html`<p class="failed">${words.tooLarge(bytes(memoryLimit, words.language))}</p>`}
      <div class="actions">
        <button
          type="button"
          class="button primary"
          aria-label=${words.acceptName(name)}
          ?disabled=${!fits}
          @click=${() => void this.#accept()}
        >
          ${words.accept}
        </button>
        <button type="button" class="button" @click=${() => files.decline(key)}>${words.decline}</button>
      </div>`;
  }

  #remove(): TemplateResult {
    const { words, transfer, files } = this;
    return html`<button
      type="button"
      class="remove"
      aria-label=${words.remove(transfer.name)}
      @click=${() => files.remove(transfer.key)}
    >
      ${icon("close")}
    </button>`;
  }

  async #accept(): Promise<void> {
    const { key, name, size } = this.transfer;
    const open = await choosePlace(name, size);
    if (open) this.files.accept(key, open);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-transfer": TransferView;
  }
}
