import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import type { DeviceProblem } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { round } from "../round.styles.js";
import { parseDisplayName, type DisplayNameProblem } from "./display-name.js";
import "./level.js";
import { lobbyStyles } from "./lobby.styles.js";
import type { Words } from "../strings/en.js";

export type LobbyDevice = "microphone" | "camera";

/** What the lobby shows about one kind of device. */
export interface DeviceView {
  readonly on: boolean;
  /** Asked for and not there yet. */
  readonly starting: boolean;
  readonly problem: DeviceProblem | null;
  /** Those to choose from. `label` is empty until access has been granted. */
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  readonly chosen: string | null;
}

export interface Chosen {
  readonly device: LobbyDevice;
  readonly id: string;
}

/** Before the call: look, listen, choose, say who you are. Emits `toggle`, `choose`, `join` (the name). */
@customElement("parley-lobby")
export class Lobby extends ParleyElement {
  static override styles = [base, round, lobbyStyles];

  @property() room = "";
  /** What the text box starts with. */
  @property() name = "";
  @property({ attribute: false }) microphone!: DeviceView;
  @property({ attribute: false }) camera!: DeviceView;
  @property({ attribute: false }) preview: MediaStream | null = null;
  /** Of the microphone, 0 to 1. */
  @property({ type: Number }) level = 0;

  @state() private nameProblem: DisplayNameProblem | null = null;
  @query("#name") private nameField!: HTMLInputElement;

  override render(): TemplateResult {
    const { strings } = this;
    return html`<header><slot name="brand"></slot></header>
      <div class="lobby">
        ${this.#preview()}
        <div class="problems" role="status">${this.#problems()}</div>
        ${this.#form()}
        <div class="devices">
          <div>
            ${this.#select("microphone", this.microphone, strings.microphoneChoice)}
            <parley-level .strings=${strings} .level=${this.microphone.on ? this.level : 0}></parley-level>
          </div>
          <div>${this.#select("camera", this.camera, strings.cameraChoice)}</div>
        </div>
      </div>`;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    // On a phone the focus would bring up the keyboard, over everything there is to see here.
    if (matchMedia("(pointer: fine)").matches) this.nameField.focus({ preventScroll: true });
  }

  #preview(): TemplateResult {
    const { strings, microphone, camera } = this;
    const shown = camera.on && this.preview !== null;
    return html`<div class="preview" role="group" aria-label=${strings.preview} part="preview">
      <video .srcObject=${live(shown ? this.preview : null)} .muted=${true} ?hidden=${!shown} autoplay playsinline></video>
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

  #problems(): TemplateResult {
    const { camera, microphone, strings } = this;
    // The same trouble with both is one trouble to the person.
    if (camera.problem !== null && camera.problem === microphone.problem) {
      return problem(strings.problems.both[camera.problem]);
    }
    return html`${camera.problem === null ? nothing : problem(strings.problems.camera[camera.problem])}
    ${microphone.problem === null ? nothing : problem(strings.problems.microphone[microphone.problem])}`;
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

  #select(device: LobbyDevice, view: DeviceView, label: string): TemplateResult {
    const { strings } = this;
    const unnamed = device === "microphone" ? strings.unnamedMicrophone : strings.unnamedCamera;
    return html`<label class="label" for=${device}>${label}</label>
      <select
        id=${device}
        class="field"
        ?disabled=${view.choices.length === 0}
        @change=${(event: Event) => this.#choose(device, event.target as HTMLSelectElement)}
      >
        ${view.choices.length === 0 ? html`<option>${strings.noDevice}</option>` : nothing}
        ${view.choices.map(
          ({ id, label: name }, index) =>
            html`<option .value=${id} ?selected=${id === view.chosen}>
              ${name === "" ? unnamed(index + 1) : name}
            </option>`,
        )}
      </select>`;
  }

  #toggle(device: LobbyDevice): void {
    this.emit("toggle", device);
  }

  #choose(device: LobbyDevice, select: HTMLSelectElement): void {
    this.emit("choose", { device, id: select.value } satisfies Chosen);
  }

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

function problem(words: Words): TemplateResult {
  return html`<section>
    ${icon("alert")}
    <h2>${words.title}</h2>
    <p>${words.text}</p>
  </section>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-lobby": Lobby;
  }
}
