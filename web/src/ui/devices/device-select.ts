import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { DeviceKind } from "../../call/index.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { noDevice, type ChosenDevice, type DeviceView } from "./device-view.js";

/** Chooses among microphones, or among cameras. Emits `choose` ({@link ChosenDevice}). */
@customElement("parley-device-select")
export class DeviceSelect extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
      }

      select {
        padding-inline-end: var(--p-2);
        text-overflow: ellipsis;
      }
    `,
  ];

  @property() kind: DeviceKind = "microphone";
  @property({ attribute: false }) device: DeviceView = noDevice;

  override render(): TemplateResult {
    const { strings, kind } = this;
    const { choices, chosen } = this.device;
    // `live`: a choice that could not be followed goes back to what is in use.
    return html`<label class="label" for="device">
        ${kind === "microphone" ? strings.microphoneChoice : strings.cameraChoice}
      </label>
      <select id="device" class="field" ?disabled=${choices.length === 0} @change=${this.#choose}>
        ${choices.length === 0 ? html`<option>${strings.noDevice}</option>` : nothing}
        ${choices.map(({ id, label }) => html`<option .value=${id} .selected=${live(id === chosen)}>${label}</option>`)}
      </select>`;
  }

  #choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.emit("choose", { kind: this.kind, id: value } satisfies ChosenDevice);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-device-select": DeviceSelect;
  }
}
