import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Files, FilesState } from "../../call/index.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { filesPart, type FilesStrings } from "../strings/en-files.js";
import { findPlace, type Place } from "./storage.js";
import "./transfer.js";

/** Above so many the rest waits in the panel. */
const most = 2;

/** What others offer, over the pictures, while the panel with the files is closed. Loaded with the first offer. */
@customElement("parley-file-offers")
export class FileOffers extends PartElement<FilesStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      section {
        width: min(380px, 100%);
        margin: 0 auto var(--p-2);
        padding: var(--p-3) var(--p-4);
        border: 1px solid var(--p-line-strong);
        border-radius: var(--p-radius);
        background: var(--p-surface);
        box-shadow: var(--p-shadow-float);
      }
    `,
  ];

  protected override readonly catalogue = filesPart;
  @property({ attribute: false }) files!: Files;
  @state() private transfers: FilesState["transfers"] = [];
  @state() private place: Place | null = null;
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

  override render(): TemplateResult | typeof nothing {
    const offers = this.transfers.filter(
      ({ direction, phase }) => direction === "receiving" && phase.kind === "offered",
    );
    return html`${repeat(
      offers.slice(-most).reverse(),
      ({ key }) => key,
      (transfer) =>
        html`<section aria-label=${transfer.name}>
          <parley-transfer
            .strings=${this.strings}
            .words=${this.words}
            .files=${this.files}
            .transfer=${transfer}
            .place=${this.place}
          ></parley-transfer>
        </section>`,
    )}`;
  }

  #follow(): void {
    this.#end();
    this.transfers = this.files.state.transfers;
    this.#end = this.files.subscribe(({ transfers }) => (this.transfers = transfers));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-file-offers": FileOffers;
  }
}
