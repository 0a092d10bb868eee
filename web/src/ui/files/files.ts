import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Files, FilesState } from "../../call/index.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { bytes } from "../figures.js";
import { icon } from "../icons.js";
import { filesPart, type FilesStrings } from "../strings/en-files.js";
import { findPlace, memoryLimit, type Place } from "./storage.js";
import "./transfer.js";

/** Sends files, and lists those on their way. Emits `send` (an array of files). Loaded when somebody opens it. */
@customElement("parley-files")
export class FilesView extends PartElement<FilesStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--p-4);
        padding: var(--p-4);
      }

      .soft {
        color: var(--p-text-soft);
        font-size: 0.875rem;
        text-wrap: pretty;
      }

      .sender {
        display: grid;
        gap: var(--p-3);
      }

      select {
        text-overflow: ellipsis;
      }

      ul {
        display: grid;
        gap: var(--p-3);
        list-style: none;
      }

      li {
        min-width: 0;
        padding: var(--p-3);
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius);
      }
    `,
  ];

  protected override readonly catalogue = filesPart;
  @property({ attribute: false }) files!: Files;
  @state() private shown: FilesState | null = null;
  @state() private place: Place | null = null;
  @query("input") private input!: HTMLInputElement;
  #end: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    void findPlace().then((place) => (this.place = place));
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("files")) this.#follow();
  }

  override render(): TemplateResult {
    const { words, files, shown } = this;
    if (shown === null) return html``;
    if (!files.able) return html`<p>${words.insecure}</p>`;
    return html`${this.#sender(shown)}
      <ul role="list" aria-label=${words.list}>
        ${repeat(
          shown.transfers,
          ({ key }) => key,
          (transfer) =>
            html`<li data-transfer=${transfer.name} data-phase=${transfer.phase.kind}>
              <parley-transfer
                .strings=${this.strings}
                .words=${words}
                .files=${files}
                .transfer=${transfer}
                .place=${this.place}
              ></parley-transfer>
            </li>`,
        )}
      </ul>
      ${shown.transfers.length === 0 ? html`<p class="soft">${words.none}</p>` : nothing}
      ${this.place === null ? nothing : html`<p class="soft">${this.#placeWords(this.place)}</p>`}`;
  }

  #sender({ recipients, to }: FilesState): TemplateResult {
    const { words } = this;
    const absent = to !== null && !recipients.some(({ id }) => id === to.id);
    return html`<div class="sender">
      <p class="soft">${words.intro}</p>
      <div>
        <label class="label" for="to">${words.to}</label>
        <select id="to" class="field" @change=${this.#choose}>
          <option value="" .selected=${live(to === null)}>${words.everyone}</option>
          ${absent ? html`<option value=${to.id} .selected=${live(true)}>${words.absent(to.name)}</option>` : nothing}
          ${recipients.map(
            ({ id, name }) => html`<option value=${id} dir="auto" .selected=${live(id === to?.id)}>${name}</option>`,
          )}
        </select>
      </div>
      <input type="file" multiple hidden @change=${this.#send} />
      <button
        type="button"
        class="button primary"
        ?disabled=${absent || recipients.length === 0}
        @click=${() => this.input.click()}
      >
        ${icon("files")}<span>${words.send}</span>
      </button>
      ${absent ? html`<p class="soft">${words.outOfReach(to.name)}</p>` : nothing}
      ${recipients.length === 0 && !absent ? html`<p class="soft">${words.nobody}</p>` : nothing}
    </div>`;
  }

  #placeWords(place: Place): string {
    const { places, language } = this.words;
    return place === "memory" ? places.memory(bytes(memoryLimit, language)) : places[place];
  }

  #follow(): void {
    this.#end();
    this.shown = this.files.state;
    this.#end = this.files.subscribe((state) => (this.shown = state));
  }

  #choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.files.choose(value === "" ? null : value);
  }

  #send(): void {
    const chosen = [...(this.input.files ?? [])];
    // So that the same file can be chosen once more.
    this.input.value = "";
    if (chosen.length > 0) this.emit("send", chosen);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-files": FilesView;
  }
}
