import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Quality } from "../../call/index.js";
import type { Diagnosis } from "../../call/state.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { icon } from "../icons.js";
import { type QualityStrings, qualityPart } from "../strings/en-quality.js";
import { culpritWords, evidenceWords } from "./words.js";

/** How often the code is looked at while it is shown (milliseconds): another connection has another one. */
const interval = 2_000;

/** About one connection, or the person's own: why it is bad, and the code by which its keys are verified. */
@customElement("parley-pair-quality")
export class PairQuality extends PartElement<QualityStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--p-4);
        padding-bottom: var(--p-4);
        font-size: 0.875rem;
      }

      h3 {
        font-size: 0.9375rem;
      }

      h3,
      ul {
        margin: 0;
      }

      ul {
        padding-inline-start: 1.2em;
      }

      .button {
        min-height: 44px;
        padding: 0 var(--p-4);
        font-size: 0.875rem;
      }

      .answer {
        display: grid;
        gap: var(--p-2);
      }

      .answer:not(:empty) {
        margin-top: var(--p-3);
        padding: var(--p-3);
        border-radius: var(--p-radius-small);
        background: var(--p-raised);
      }

      .code {
        display: grid;
        grid-template-columns: repeat(auto-fit, 3.4em);
        gap: 2px var(--p-4);
        max-width: calc(3 * 3.4em + 2 * var(--p-4));
        margin: var(--p-2) 0;
        font-family: ui-monospace, monospace;
        font-size: 1.125rem;
        font-variant-numeric: tabular-nums;
        letter-spacing: 0.05em;
      }

      .soft {
        color: var(--p-text-soft);
        text-wrap: pretty;
      }

      .good {
        display: flex;
        gap: var(--p-2);
        align-items: center;
        font-weight: 600;
        color: var(--p-accent);
      }

      .changed {
        padding: var(--p-3);
        border-radius: var(--p-radius-small);
        background: var(--p-warning-soft);
        color: var(--p-on-warning);
        margin-bottom: var(--p-3);
      }
    `,
  ];

  protected override readonly catalogue = qualityPart;

  @property({ attribute: false }) quality!: Quality;
  /** Null: the person at this page. */
  @property() participant: string | null = null;
  @property() name = "";
  @state() private diagnosis: Diagnosis | null = null;
  @state() private asking = false;
  @state() private code: string | null = null;
  @state() private keys: "verified" | "changed" | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #endSubscription: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => void this.#look(), interval);
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#endSubscription();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#follow();
  }

  override render(): TemplateResult {
    const own = this.participant === null;
    return html`<section>
        <button
          type="button"
          class="button"
          aria-label=${own ? this.words.askSelf : this.words.ask(this.name)}
          ?disabled=${this.asking}
          @click=${() => void this.#ask()}
        >
          ${this.words.askShort}
        </button>
        <div class="answer" role="status">${this.#answer()}</div>
      </section>
      ${own ? nothing : this.#keys()}`;
  }

  #answer(): TemplateResult | typeof nothing {
    const { diagnosis } = this;
    if (this.asking) return html`${this.words.asking}`;
    if (!diagnosis) return nothing;
    const { title, text } = culpritWords(diagnosis, this.name, this.words, this.strings.language);
    return html`<strong data-culprit=${diagnosis.culprit} data-among=${diagnosis.among?.join(" ") ?? nothing}
        >${title}</strong
      >
      ${
        diagnosis.evidence.length === 0
          ? nothing
          : html`<ul aria-label=${this.words.evidence}>
              ${diagnosis.evidence.map((each) => html`<li>${evidenceWords(each, this.words, this.strings.language)}</li>`)}
            </ul>`
      }
      <p class="soft">${text}</p>`;
  }

  #keys(): TemplateResult {
    const { code, keys, name } = this;
    return html`<section aria-label=${this.words.code}>
      <h3>${this.words.code}</h3>
      ${keys === "changed" ? html`<p class="changed" role="status">${this.words.hasChanged}</p>` : nothing}
      ${
        code === null
          ? html`<p class="soft">${this.words.noCode}</p>`
          : html`<p class="soft">${this.words.codeText(name)}</p>
              <p class="code" dir="ltr" data-code=${code}>
                ${code.split(" ").map((group) => html`<span>${group} </span>`)}
              </p>
              ${
                keys === "verified"
                  ? html`<p class="good" role="status">${icon("check")}${this.words.isVerified}</p>`
                  : html`<button
                      type="button"
                      class="button"
                      aria-label=${this.words.verifyName(name)}
                      @click=${() => this.#verify()}
                    >
                      ${this.words.verify}
                    </button>`
              }`
      }
    </section>`;
  }

  #follow(): void {
    this.#endSubscription();
    this.#endSubscription = this.quality.subscribe(() => this.#readKeys());
    this.#readKeys();
    void this.#look();
  }

  #readKeys(): void {
    const before = this.keys;
    this.keys = (this.participant === null ? null : this.quality.state.verified.get(this.participant)) ?? null;
    // The digits that stand there are those of other keys.
    if (this.keys !== before) void this.#look();
  }

  async #look(): Promise<void> {
    if (this.participant !== null) this.code = await this.quality.code(this.participant);
  }

  async #ask(): Promise<void> {
    this.asking = true;
    this.diagnosis = await this.quality.diagnose(this.participant);
    this.asking = false;
  }

  #verify(): void {
    if (this.participant !== null) void this.quality.verify(this.participant, this.code);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-pair-quality": PairQuality;
  }
}
