import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { MediaState } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon, type IconName } from "../icons.js";
import { round } from "../round.styles.js";
import { controlBarStyles } from "./control-bar.styles.js";

export type Control = "microphone" | "camera" | "screen" | PanelName | "copy-link" | "leave";

/** What can be open beside the tiles. */
export type PanelName = "participants" | "settings";

/** The buttons of a call. Their accessible names say what pressing does, so they change with the state. Emits `control`. */
@customElement("parley-control-bar")
export class ControlBar extends ParleyElement {
  static override styles = [base, round, controlBarStyles];

  /** What the person has turned on, whether or not it reaches the others at the moment. */
  @property({ attribute: false }) media: MediaState = { microphone: false, camera: false, screen: false };
  @property({ type: Boolean }) canShareScreen = false;
  @property({ attribute: false }) panel: PanelName | null = null;
  @property({ type: Number }) people = 1;
  /** The link has just been copied. */
  @property({ type: Boolean }) copied = false;

  /** Where the focus belongs when a panel closes: the button that opened it. */
  focusOpener(panel: PanelName): void {
    this.renderRoot.querySelector<HTMLElement>(`#${panel}`)?.focus();
  }

  override render(): TemplateResult {
    const { strings, media } = this;
    return html`<div class="bar" role="group" aria-label=${strings.controls} part="controls">
      ${this.#button({
        control: "microphone",
        name: media.microphone ? strings.mute : strings.unmute,
        icon: media.microphone ? "microphone" : "microphoneOff",
        look: media.microphone ? "" : "off",
      })}
      ${this.#button({
        control: "camera",
        name: media.camera ? strings.cameraOff : strings.cameraOn,
        icon: media.camera ? "camera" : "cameraOff",
        look: media.camera ? "" : "off",
      })}
      ${
        this.canShareScreen || media.screen
          ? this.#button({
              control: "screen",
              name: media.screen ? strings.stopSharing : strings.shareScreen,
              icon: media.screen ? "screenOff" : "screen",
              look: media.screen ? "on" : "",
            })
          : nothing
      }
      ${this.#opener("participants", strings.participants, "people", this.people)}
      ${this.#button({ control: "copy-link", name: strings.copyLink, icon: this.copied ? "check" : "link", look: "" })}
      ${this.#opener("settings", strings.settings, "settings")}
      ${this.#button({ control: "leave", name: strings.leave, icon: "leave", look: "leave" })}
    </div>`;
  }

  #button(button: { control: Control; name: string; icon: IconName; look: string }): TemplateResult {
    return html`<button
      type="button"
      class="round ${button.look}"
      part="control"
      aria-label=${button.name}
      @click=${() => this.#press(button.control)}
    >
      ${icon(button.icon)}<span class="tip" aria-hidden="true">${button.name}</span>
    </button>`;
  }

  #press(control: Control): void {
    this.emit("control", control);
  }

  #opener(panel: PanelName, name: string, picture: IconName, count?: number): TemplateResult {
    return html`<button
      id=${panel}
      type="button"
      class="round"
      part="control"
      data-count=${count ?? nothing}
      aria-label=${name}
      aria-expanded=${this.panel === panel}
      @click=${() => this.#press(panel)}
    >
      ${icon(picture)}<span class="tip" aria-hidden="true">${name}</span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-control-bar": ControlBar;
  }
}
