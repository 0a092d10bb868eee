import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { defaultSpeaker } from "../../call/index.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { noSpeaker, type ChosenDevice, type SpeakerView } from "./device-view.js";
import { canChooseSpeaker, canPickSpeaker, pickSpeaker } from "./sinks.js";
import { playTestSound } from "./test-sound.js";

/**
 * Chooses what the others are heard through, where the browser lets a page do that, and plays a sound on it. Emits `choose`
 * ({@link ChosenDevice}).
 */
@customElement("parley-speaker-select")
export class SpeakerSelect extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        container-type: inline-size;
        min-width: 0;
      }

      select {
        padding-inline-end: var(--p-2);
        text-overflow: ellipsis;
      }

      .fixed {
        color: var(--p-text-soft);
        font-size: 0.9375rem;
      }

      .row {
        display: grid;
        gap: var(--p-2);
        justify-items: start;
      }

      .choice {
        width: 100%;
      }

      .button {
        min-height: 44px;
        padding: 0 var(--p-4);
        font-size: 0.9375rem;
      }

      .button .icon {
        width: 18px;
        height: 18px;
      }

      .failed {
        margin-top: var(--p-2);
        font-size: 0.9375rem;
      }

      @container (min-width: 420px) {
        .row {
          grid-template-columns: 1fr 1fr;
          gap: var(--p-2) var(--p-4);
          align-items: end;
        }

        .test {
          /* The middle of the list beside it. */
          margin-bottom: 2px;
        }
      }
    `,
  ];

  @property({ attribute: false }) speaker: SpeakerView = noSpeaker;

  @state() private playing = false;
  @state() private failed = false;

  override render(): TemplateResult {
    const { strings, playing } = this;
    return html`<div class="row">
        <div class="choice">${canChooseSpeaker ? this.#select() : this.#fixed()}</div>
        <button type="button" class="button test" aria-disabled=${playing} @click=${() => void this.#play()}>
          ${icon("sound")}${strings.testSound}
        </button>
        ${
          canPickSpeaker()
            ? html`<button type="button" class="button" @click=${() => void this.#pick()}>
                ${strings.moreSpeakers}
              </button>`
            : nothing
        }
      </div>
      <div role="status">
        ${playing ? html`<span class="unseen">${strings.testSoundPlaying}</span>` : nothing}
        ${this.failed ? html`<p class="failed">${strings.testSoundFailed}</p>` : nothing}
      </div>`;
  }

  #select(): TemplateResult {
    const { strings } = this;
    const { choices, chosen } = this.speaker;
    return html`<label class="label" for="speaker">${strings.speakerChoice}</label>
      <select id="speaker" class="field" @change=${this.#handleChange}>
        <option .value=${defaultSpeaker} .selected=${live(chosen === defaultSpeaker)}>${strings.defaultSpeaker}</option>
        ${choices.map(({ id, label }) => html`<option .value=${id} .selected=${live(id === chosen)}>${label}</option>`)}
      </select>`;
  }

  #fixed(): TemplateResult {
    return html`<span class="label">${this.strings.speakerChoice}</span>
      <p class="fixed">${this.strings.fixedSpeaker}</p>`;
  }

  #handleChange(event: Event): void {
    this.#choose((event.target as HTMLSelectElement).value);
  }

  #choose(id: string): void {
    this.failed = false;
    this.emit("choose", { kind: "speaker", id } satisfies ChosenDevice);
  }

  async #pick(): Promise<void> {
    const id = await pickSpeaker();
    if (id !== null) this.#choose(id);
  }

  async #play(): Promise<void> {
    if (this.playing) return;
    this.playing = true;
    this.failed = false;
    try {
      await playTestSound(this.speaker.chosen);
    } catch {
      this.failed = true;
    }
    this.playing = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-speaker-select": SpeakerSelect;
  }
}
