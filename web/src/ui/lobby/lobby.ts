import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { DeviceKind, Notice } from "../../call/index.js";
import { base } from "../base.styles.js";
import { noDevice, noSpeaker, type ChosenDevice, type DeviceView, type SpeakerView } from "../devices/device-view.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { round } from "../round.styles.js";
import { parseDisplayName, type DisplayNameProblem } from "./display-name.js";
import { lobbyStyles } from "./lobby.styles.js";
import "../devices/device-select.js";
import "../devices/speaker-select.js";
import type { DoctorDialog } from "../doctor-dialog.js";
import "../doctor-dialog.js";
import "../notices.js";
import "./level.js";

/**
 * Before the call: look, listen, choose, say who you are. Emits `toggle` (a `DeviceKind`), `choose`
 * ({@link ChosenDevice}), `dismiss` (the ids of notices) and `join` (the name).
 */
@customElement("parley-lobby")
export class Lobby extends ParleyElement {
  static override styles = [base, round, lobbyStyles];

  @property() room = "";
  /** What the text box starts with. */
  @property() name = "";
  /** The name was given by who invites, and stays. */
  @property({ type: Boolean }) named = false;
  @property({ attribute: false }) microphone: DeviceView = noDevice;
  @property({ attribute: false }) camera: DeviceView = noDevice;
  @property({ attribute: false }) speaker: SpeakerView = noSpeaker;
  @property({ attribute: false }) notices: readonly Notice[] = [];
  /** Address of the server, for the connection test; without one there is none. */
  @property() server = "";
  @property({ attribute: false }) preview: MediaStream | null = null;
  /** Of the microphone, 0 to 1. */
  @property({ type: Number }) level = 0;

  @state() private nameProblem: DisplayNameProblem | null = null;
  @query("parley-doctor-dialog") private doctor!: DoctorDialog;
  @query("#name") private nameField!: HTMLInputElement;

  override render(): TemplateResult {
    const { strings } = this;
    return html`<header><slot name="brand"></slot></header>
      <div class="lobby">
        ${this.#preview()}
        <parley-notices
          .strings=${strings}
          .notices=${this.notices}
          @dismiss=${(event: CustomEvent<readonly number[]>) => this.emit("dismiss", event.detail)}
        ></parley-notices>
        ${this.#form()}
        <div class="devices">
          <div>
            <parley-device-select
              .strings=${strings}
              .kind=${"microphone"}
              .device=${this.microphone}
              @choose=${this.#choose}
            ></parley-device-select>
            <parley-level .strings=${strings} .level=${this.microphone.on ? this.level : 0}></parley-level>
          </div>
          <parley-device-select
            .strings=${strings}
            .kind=${"camera"}
            .device=${this.camera}
            @choose=${this.#choose}
          ></parley-device-select>
          <parley-speaker-select
            .strings=${strings}
            .speaker=${this.speaker}
            @choose=${this.#choose}
          ></parley-speaker-select>
          <button type="button" class="test" ?hidden=${this.server === ""} @click=${() => this.doctor.open()}>
            ${icon("path")}${strings.testConnection}
          </button>
        </div>
      </div>
      <parley-doctor-dialog .strings=${strings} .server=${this.server}></parley-doctor-dialog>`;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    // On a phone the focus would bring up the keyboard, over everything there is to see here.
    if (!matchMedia("(pointer: coarse)").matches) this.nameField.focus({ preventScroll: true });
  }

  #preview(): TemplateResult {
    const { strings, microphone, camera } = this;
    const shown = camera.on && this.preview !== null;
    return html`<div class="preview" role="group" aria-label=${strings.preview} part="preview">
      <video
        .srcObject=${live(shown ? this.preview : null)}
        .muted=${true}
        ?hidden=${!shown}
        autoplay
        playsinline
      ></video>
      ${shown ? nothing : html`<p>${camera.starting ? strings.cameraStarting : strings.cameraIsOff}</p>`}
      <div class="toggles">
        <button
          type="button"
          class="round ${microphone.on ? "" : "off"}"
          aria-label=${microphone.on ? strings.mute : strings.unmute}
          @click=${() => this.#toggle("microphone")}
        >
          ${icon(microphone.on ? "microphone" : "microphoneOff")}
        </button>
        <button
          type="button"
          class="round ${camera.on ? "" : "off"}"
          aria-label=${camera.on ? strings.cameraOff : strings.cameraOn}
          @click=${() => this.#toggle("camera")}
        >
          ${icon(camera.on ? "camera" : "cameraOff")}
        </button>
      </div>
    </div>`;
  }

  #form(): TemplateResult {
    const { strings, nameProblem } = this;
    const error = nameProblem === null ? "" : nameProblem === "empty" ? strings.nameEmpty : strings.nameTooLong;
    return html`<form novalidate @submit=${this.#submit}>
      <h1>${strings.lobbyTitle}</h1>
      <p class="where">${strings.lobbyRoom(this.room)}</p>
      <label class="label" for="name">${strings.yourName}</label>
      <input
        id="name"
        class="field"
        type="text"
        autocomplete="name"
        dir="auto"
        placeholder=${strings.nameExample}
        .value=${this.name}
        ?readonly=${this.named}
        aria-invalid=${nameProblem !== null}
        aria-describedby="name-error"
        @input=${() => (this.nameProblem = null)}
      />
      <p id="name-error" class="error" role="alert" ?hidden=${error === ""}>${error}</p>
      <button class="button primary" part="join">${strings.join}</button>
      ${this.#hint()}
    </form>`;
  }

  #hint(): TemplateResult | typeof nothing {
    const { microphone, camera, strings } = this;
    if (microphone.starting || camera.starting || (microphone.on && camera.on)) return nothing;
    const words = microphone.on
      ? strings.joinWithoutCamera
      : camera.on
        ? strings.joinWithoutMicrophone
        : strings.joinWithNeither;
    return html`<p class="hint">${words}</p>`;
  }

  #toggle(device: DeviceKind): void {
    this.emit("toggle", device);
  }

  readonly #choose = (event: CustomEvent<ChosenDevice>): void => this.emit("choose", event.detail);

  #submit(event: Event): void {
    event.preventDefault();
    const parsed = parseDisplayName(this.nameField.value);
    if (parsed.ok) {
      this.emit("join", parsed.name);
      return;
    }
    this.nameProblem = parsed.problem;
    this.nameField.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-lobby": Lobby;
  }
}
