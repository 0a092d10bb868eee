import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../base.styles.js";
import { card } from "../doors/card.styles.js";
import { PartElement } from "../element.js";
import { refocus } from "../refocus.js";
import { keptPart, type KeptStrings } from "../strings/en-kept.js";
import { localeOf } from "../strings/in-words.js";
import type { RecordingEnd } from "./delivery.js";
import { LeftRecordings } from "./left-recordings.js";
import { type KeptRecording, Shelf } from "./shelf.js";

/** Of this page load, whichever view shows them. */
const recordings = new LeftRecordings(() => Shelf.open());

/** Offers what has been left behind since it was looked for last, too. */
export function lookForKept(): void {
  void recordings.look();
}

/** Says what becomes of a recording whose call is not shown any more. */
export function reportEnd(outcome: "saving" | RecordingEnd): void {
  recordings.report(outcome);
}

/** Recordings that the person has not got yet, to save or to discard; nothing where there are none. */
@customElement("parley-kept-recordings")
export class KeptRecordings extends PartElement<KeptStrings> {
  static override styles = [
    base,
    card,
    css`
      :host {
        display: block;
        max-height: 40dvh;
        overflow-y: auto;
      }

      section {
        width: min(680px, calc(100% - 2 * var(--p-3)));
        margin-top: var(--p-2);
      }

      small {
        display: block;
        color: var(--p-text-soft);
        font-size: 0.875rem;
        text-wrap: pretty;
      }
    `,
  ];

  protected override readonly catalogue = keptPart;
  /** Which one the person is asked about once more. */
  @state() private doubted: string | null = null;
  /** Which one could not be read. */
  @state() private unreadable: string | null = null;
  #end: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#end = recordings.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  override render(): TemplateResult {
    const { left, outcome } = recordings.state;
    return html`<div role="status">
      ${outcome === null ? nothing : this.#outcome(outcome)}
      ${repeat(
        left,
        ({ id }) => id,
        (recording) => (this.doubted === recording.id ? this.#question(recording) : this.#offer(recording)),
      )}
    </div>`;
  }

  #outcome(outcome: "saving" | RecordingEnd): TemplateResult {
    const { strings, words } = this;
    return html`<section>
      <p>${outcome === "saving" ? words.saving : strings.recordingEnds[outcome]}</p>
      <div class="answers" ?hidden=${outcome === "saving"}>
        <button type="button" class="button" @click=${() => this.#do(() => recordings.report(null))}>
          ${strings.close}
        </button>
      </div>
    </section>`;
  }

  #offer(recording: KeptRecording): TemplateResult {
    const { words } = this;
    const when = this.#when(recording);
    return html`<section aria-label=${words.interrupted(when)}>
      <p>
        ${words.interrupted(when)}<small>${this.unreadable === recording.id ? words.unreadable : words.text}</small>
      </p>
      <div class="answers">
        <button
          type="button"
          class="button"
          aria-label=${words.discardOf(when)}
          @click=${() => this.#do(() => (this.doubted = recording.id))}
        >
          ${words.discard}
        </button>
        <button
          type="button"
          class="button primary"
          aria-label=${words.saveOf(when)}
          @click=${() => this.#do(() => this.#save(recording))}
        >
          ${words.save}
        </button>
      </div>
    </section>`;
  }

  #question(recording: KeptRecording): TemplateResult {
    const { words } = this;
    const when = this.#when(recording);
    return html`<section aria-label=${words.sure(when)}>
      <p>${words.sure(when)}</p>
      <div class="answers">
        <button type="button" class="button" @click=${() => this.#do(() => (this.doubted = null))}>
          ${words.keep}
        </button>
        <button
          type="button"
          class="button primary"
          aria-label=${words.discardOf(when)}
          @click=${() => this.#do(() => recordings.discard(recording))}
        >
          ${words.discard}
        </button>
      </div>
    </section>`;
  }

  async #save(recording: KeptRecording): Promise<void> {
    this.unreadable = null;
    try {
      await recordings.save(recording);
    } catch {
      this.unreadable = recording.id;
    }
  }

  /** The button that was pressed may be gone then, and who works by keyboard goes on with the next one. */
  async #do(action: () => unknown): Promise<void> {
    await action();
    await this.updateComplete;
    await refocus(() => this.renderRoot.querySelector<HTMLElement>("button"));
  }

  #when({ begun }: KeptRecording): string {
    const locale = localeOf(this.strings.language);
    return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(begun);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-kept-recordings": KeptRecordings;
  }
}
