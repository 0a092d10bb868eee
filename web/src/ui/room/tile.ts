import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { keyed } from "lit/directives/keyed.js";
import { live } from "lit/directives/live.js";
import type { Reaction } from "../../call/reactions/reactions.js";
import type { MediaPath, RelayPart } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { emoji } from "../reactions/emoji.js";
import { DoubleTap } from "./double-tap.js";
import { initials, nameColour } from "./initials.js";
import type { TileKey } from "./layout/tile-key.js";
import { pinAction } from "./tile-actions.js";
import { tileLabel } from "./tile-label.js";
import { tileStyles } from "./tile.styles.js";

/** Something that the person wants of a tile: of what stands on the stage or fills the room, the contrary. */
export interface TileWish {
  readonly key: TileKey;
  readonly wish: "pin" | "full-screen";
}

/** Whose menu is to open, and where. */
export interface TileMenuPlace {
  readonly key: TileKey;
  readonly anchor: DOMRect;
}

/** Systems let people be no slower than this (milliseconds). */
const longestDoubleClick = 1_000;

/**
 * One picture in the room: a person, or a screen that a person shares.
 *
 * Emits `picture` when the first one is shown, `shape` when the picture's width ÷ height may have changed ({@link Tile.aspect}), and
 * what the person wants: `details` (how it gets here), `wish` ({@link TileWish}) and `menu` ({@link TileMenuPlace}).
 *
 * The slot `marks` is a row at the top, where the tile begins, for small marks of what is known about the participant: 24 px
 * high, no text but why a screen is not there; `reaction` is above the name. What is slotted there gets no clicks, unless it says so by `pointer-events: auto`.
 */
@customElement("parley-tile")
export class Tile extends ParleyElement {
  static override styles = [base, tileStyles];

  @property({ attribute: false }) key!: TileKey;
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
  @property({ attribute: false }) reaction: Reaction | null = null;
  /** The place of the raised hand among others; null: it is not raised. */
  @property() hand: string | null = null;
  /** Of a screen: it is shared, but nothing of it is sent at the moment. */
  @property({ type: Boolean }) paused = false;
  /** Kept on the stage. */
  @property({ type: Boolean }) pinned = false;
  /** Fills the room. */
  @property({ type: Boolean }) full = false;

  @query("video") private video!: HTMLVideoElement | null;
  readonly #taps = new DoubleTap();
  #touched = false;
  #down = 0;
  #clicked = -Infinity;

  /** Width ÷ height of the picture; null: none has arrived. */
  get aspect(): number | null {
    const { videoWidth = 0, videoHeight = 0 } = this.video ?? {};
    return videoWidth > 0 && videoHeight > 0 ? videoWidth / videoHeight : null;
  }

  /** What is seen on it; null: the name stands for it. */
  get picture(): HTMLVideoElement | null {
    return this.stream === null ? null : this.video;
  }

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
    return html`<div
      class=${classes}
      part="tile"
      @pointerdown=${this.#handleDown}
      @pointerup=${this.#handleUp}
      @click=${this.#handleClick}
      @dblclick=${this.#handleDoubleClick}
    >
      <video
        .srcObject=${live(this.stream)}
        .muted=${true}
        ?hidden=${this.stream === null}
        autoplay
        playsinline
        disablepictureinpicture
        @loadeddata=${() => this.emit("picture")}
        @resize=${() => this.emit("shape")}
      ></video>
      ${this.stream === null ? this.#standIn(screen) : nothing}
      <div class="marks" part="marks">${this.#handNote()}${this.#pathNote()}<slot name="marks"></slot></div>
      <div class="reaction" part="reaction">${this.#reaction()}<slot name="reaction"></slot></div>
      <div class="label" part="name">
        ${screen ? icon("screen") : this.#microphoneNote()} ${this.pinned && !screen ? icon("pin") : nothing}
        <span class="name" dir="auto">${tileLabel(this, this.strings)}</span>
      </div>
      ${this.#tools(screen)}
    </div>`;
  }

  #tools(screen: boolean): TemplateResult {
    const { strings, full, pinned } = this;
    const label = tileLabel(this, strings);
    const pin = pinAction({ label, pinned }, strings);
    return html`<div class="tools">
      ${
        this.own || screen
          ? nothing
          : html`<button
              type="button"
              class="tool details"
              aria-label=${strings.details(this.name)}
              @click=${() => this.emit("details")}
            >
              ${icon("path")}
            </button>`
      }
      ${
        full
          ? html`<button
              type="button"
              class="tool"
              aria-label=${strings.exitFullScreen}
              @click=${() => this.#wish("full-screen")}
            >
              ${icon("fullScreenOff")}
            </button>`
          : html`<button
              type="button"
              class="tool pin ${pinned ? "on" : ""}"
              aria-label=${pin.name}
              @click=${() => this.#wish("pin")}
            >
              ${icon(pin.icon)}
            </button>`
      }
      <button
        type="button"
        class="tool"
        aria-label=${strings.tileMenu(label)}
        aria-haspopup="dialog"
        @click=${this.#openMenu}
      >
        ${icon("more")}
      </button>
    </div>`;
  }

  #reaction(): TemplateResult | typeof nothing {
    if (this.reaction === null) return nothing;
    const { id, kind } = this.reaction;
    // Another one is another element: it appears anew.
    return html`${keyed(id, html`<span class="emoji" data-reaction=${kind} aria-hidden="true">${emoji[kind]}</span>`)}`;
  }

  #openMenu(event: Event): void {
    if (!(event.currentTarget instanceof Element)) return;
    const place: TileMenuPlace = { key: this.key, anchor: event.currentTarget.getBoundingClientRect() };
    this.emit("menu", place);
  }

  #wish(wish: TileWish["wish"]): void {
    this.emit("wish", { key: this.key, wish } satisfies TileWish);
  }

  #handleDown(event: PointerEvent): void {
    this.#touched = event.pointerType === "touch";
    this.#down = event.timeStamp;
  }

  #handleUp(event: PointerEvent): void {
    if (!this.#touched || onButton(event)) return;
    const tap = { x: event.clientX, y: event.clientY, down: this.#down, up: event.timeStamp };
    if (this.#taps.handle(tap)) this.#wish("full-screen");
  }

  #handleClick(event: MouseEvent): void {
    if (event.detail === 1) this.#clicked = onButton(event) ? -Infinity : event.timeStamp;
  }

  /**
   * Of a mouse or a pen: some browsers tell of two taps of a finger this way as well. The first click may have been one on a
   * button, there or on another tile, that has moved this tile below the pointer.
   */
  #handleDoubleClick(event: MouseEvent): void {
    const both = event.timeStamp - this.#clicked < longestDoubleClick && !onButton(event);
    if (!this.#touched && both) this.#wish("full-screen");
  }

  #standIn(screen: boolean): TemplateResult {
    if (screen) return this.paused ? icon("screen") : icon("wait", "spin");
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

  #handNote(): TemplateResult | typeof nothing {
    if (this.hand === null) return nothing;
    return html`<div class="path hand" part="hand">
      ${icon("hand")}<span aria-hidden="true">${this.hand}</span>
      <span class="unseen">${this.strings.handRaised(this.hand)}</span>
    </div>`;
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

/** Two quick presses on a button are two presses. */
function onButton(event: Event): boolean {
  return event.composedPath().some((target) => target instanceof HTMLButtonElement);
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-tile": Tile;
  }
}
