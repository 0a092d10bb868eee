import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { live } from "lit/directives/live.js";
import type { MediaPath, RelayPart } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { initials, nameColour } from "./initials.js";
import { tileStyles } from "./tile.styles.js";

/**
 * One picture in the room: a person, or a screen that a person shares. Emits `picture` when the first one is shown, and
 * `details` when the person wants to know how it gets here.
 */
@customElement("parley-tile")
export class Tile extends ParleyElement {
  static override styles = [base, tileStyles];

  @property() name = "";
  /** The person at this browser: marked, and the camera mirrored. */
  @property({ type: Boolean }) own = false;
  @property() source: "camera" | "screen" = "camera";
  /** Video without audio; null shows what stands for it. */
  @property({ attribute: false }) stream: MediaStream | null = null;
  @property({ type: Boolean }) microphone = false;
  @property({ type: Boolean }) speaking = false;
  @property() path: MediaPath = "connected";
  @property() relay: RelayPart | null = null;
  /** Without a connection to the server at the moment; the picture may go on. */
  @property({ type: Boolean }) away = false;

  override render(): TemplateResult {
    const screen = this.source === "screen";
    const interrupted = this.path === "interrupted" || this.path === "failed";
    const classes = classMap({
      frame: true,
      screen,
      mirrored: this.own && !screen,
      speaking: this.speaking && this.microphone && !screen && !interrupted,
      interrupted,
    });
    return html`<div class=${classes} part="tile">
      <video
        .srcObject=${live(this.stream)}
        .muted=${true}
        ?hidden=${this.stream === null}
        autoplay
        playsinline
        disablepictureinpicture
        @loadeddata=${() => this.emit("picture")}
      ></video>
      ${this.stream === null ? this.#standIn(screen) : nothing} ${this.#pathNote()}
      <div class="label" part="name">
        ${screen ? icon("screen") : this.#microphoneNote()}
        <span class="name" dir="auto">${this.#label(screen)}</span>
      </div>
      ${
        this.own || screen
          ? nothing
          : html`<button
              type="button"
              class="details"
              aria-label=${this.strings.details(this.name)}
              @click=${() => this.emit("details")}
            >
              ${icon("path")}
            </button>`
      }
    </div>`;
  }

  #label(screen: boolean): string {
    if (screen) return this.own ? this.strings.yourScreen : this.strings.screenOf(this.name);
    return this.own ? this.strings.withYou(this.name) : this.name;
  }

  #standIn(screen: boolean): TemplateResult {
    if (screen) return icon("wait", "spin");
    // Through the property, because a style attribute is refused by the page's Content-Security-Policy.
    return html`<div class="avatar" aria-hidden="true" .style=${`background:${nameColour(this.name)}`}>
      ${initials(this.name)}
    </div>`;
  }

  #microphoneNote(): TemplateResult {
    if (this.microphone) return html`<span class="unseen">${this.strings.unmuted}</span>`;
    return html`<span class="off" part="muted">${icon("microphoneOff")}</span>
      <span class="unseen">${this.strings.muted}</span>`;
  }

  #pathNote(): TemplateResult | typeof nothing {
    const words = this.away
      ? this.strings.interrupted
      : {
          connecting: this.strings.connecting,
          connected: null,
          interrupted: this.strings.interrupted,
          failed: this.strings.unreachable[this.relay ?? "not-reached"],
        }[this.path];
    if (words === null || this.own || this.source === "screen") return nothing;
    const classes = classMap({ path: true, soft: this.away && this.path === "connected" });
    return html`<div class=${classes} part="path">${icon("wait", "spin")}<span class="name">${words}</span></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-tile": Tile;
  }
}
