import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { noDevice, noSpeaker, type ChosenDevice, type DeviceView, type SpeakerView } from "../devices/device-view.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { rememberVerbosity, verbosities, type Verbosity, wantedVerbosity } from "./preferences.js";
import "../devices/device-select.js";
import "../devices/speaker-select.js";
import "../language-select.js";

/**
 * Another microphone, camera or speaker while the call goes on, and how much is said. Emits `choose` ({@link ChosenDevice}) and
 * `shortcuts` (their list is wanted).
 */
@customElement("parley-settings")
export class Settings extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--p-5);
        padding: var(--p-4);
      }
    `,
  ];

  @property({ attribute: false }) microphone: DeviceView = noDevice;
  @property({ attribute: false }) camera: DeviceView = noDevice;
  @property({ attribute: false }) speaker: SpeakerView = noSpeaker;

  override render(): TemplateResult {
    const choose = (event: CustomEvent<ChosenDevice>): void => this.emit("choose", event.detail);
    return html`<parley-device-select
        .strings=${this.strings}
        .kind=${"microphone"}
        .device=${this.microphone}
        @choose=${choose}
      ></parley-device-select>
      <parley-device-select
        .strings=${this.strings}
        .kind=${"camera"}
        .device=${this.camera}
        @choose=${choose}
      ></parley-device-select>
      <parley-speaker-select
        .strings=${this.strings}
        .speaker=${this.speaker}
        @choose=${choose}
      ></parley-speaker-select>
      <parley-language-select .strings=${this.strings}></parley-language-select>
      <div>
        <label class="label" for="verbosity">${this.strings.announcements}</label>
        <select id="verbosity" class="field" @change=${this.#chooseVerbosity}>
          ${verbosities.map(
            (each) =>
              html`<option .value=${each} .selected=${each === wantedVerbosity()}>
                ${this.strings.verbosities[each]}
              </option>`,
          )}
        </select>
      </div>
      <button type="button" class="button" @click=${() => this.emit("shortcuts")}>${this.strings.shortcuts}</button>`;
  }

  #chooseVerbosity(event: Event): void {
    rememberVerbosity((event.target as HTMLSelectElement).value as Verbosity);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-settings": Settings;
  }
}
