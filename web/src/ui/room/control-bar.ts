import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { MediaState } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon, type IconName } from "../icons.js";
import { round } from "../round.styles.js";
import { controlBarStyles } from "./control-bar.styles.js";

export type Control = "microphone" | "camera" | "screen" | "participants" | "copy-link" | "leave";

/** The buttons of a call. Their accessible names say what pressing does, so they change with the state. Emits `control`. */
@customElement("parley-control-bar")
export class ControlBar extends ParleyElement {
  static override styles = [base, round, controlBarStyles];

  @property({ attribute: false }) media: MediaState = { microphone: false, camera: false, screen: false };
  @property({ type: Boolean }) canShareScreen = false;
  @property({ type: Boolean }) participantsOpen = false;
  @property({ type: Number }) people = 1;
  /** The link has just been copied. */
  @property({ type: Boolean }) copied = false;

  @query("#participants") private participantsButton!: HTMLButtonElement;

  /** Where the focus belongs when the list of participants closes. */
  focusParticipants(): void {
    this.participantsButton.focus();
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
      ${this.#participants()}
      ${this.#button({ control: "copy-link", name: strings.copyLink, icon: this.copied ? "check" : "link", look: "" })}
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

  #participants(): TemplateResult {
    return html`<button
      id="participants"
      class="round"
      data-count=${this.people}
      type="button"
      part="control"
      aria-label=${this.strings.participants}
      aria-expanded=${this.participantsOpen}
      @click=${() => this.#press("participants")}
    >
      ${icon("people")}
      <span class="tip" aria-hidden="true">${this.strings.participants}</span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-control-bar": ControlBar;
  }
}
