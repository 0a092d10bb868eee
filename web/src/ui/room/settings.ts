import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { noDevice, noSpeaker, type ChosenDevice, type DeviceView, type SpeakerView } from "../devices/device-view.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import "../devices/device-select.js";
import "../devices/speaker-select.js";

/** Another microphone, camera or speaker while the call goes on. Emits `choose` ({@link ChosenDevice}). */
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
      ></parley-speaker-select>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-settings": Settings;
  }
}
