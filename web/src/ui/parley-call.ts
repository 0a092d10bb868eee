import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import {
  Call,
  LocalMedia,
  type CallState,
  type DeviceKind,
  type LocalMediaState,
  type RefusalReason,
} from "../call/index.js";
import { base } from "./base.styles.js";
import { deviceView, noDevice, type ChosenDevice, type DeviceView } from "./devices/device-view.js";
import { ParleyElement } from "./element.js";
import { parseDisplayName, rememberedName, rememberName } from "./lobby/display-name.js";
import { LevelWatch } from "./lobby/level-watch.js";
import type { RoomAction } from "./room/room.js";
import { tokens } from "./tokens.styles.js";
import { WakeLock } from "./wake-lock.js";
import "./lobby/lobby.js";
import "./message.js";
import "./room/room.js";

/** What the element shows; `people` counts the person too. Detail of the event `parley-stage`. */
export interface CallStage {
  readonly kind: "lobby" | "call" | "refused" | "goodbye";
  readonly room: string;
  readonly people: number;
}

/**
 * One room, from the lobby to the goodbye; for any page.
 *
 * ```html
 * <parley-call server="https://meet.example/" room="team-lunch"></parley-call>
 * ```
 *
 * Events (bubbling, composed): `parley-joined` (`{room, name}`), `parley-left` (`{room}`), `parley-stage`
 * ({@link CallStage}). Slots: `brand` above the lobby, `after` beside "Rejoin" at the end. Looks are set by the custom
 * properties of tokens.styles.ts that begin with `--parley-`.
 */
@customElement("parley-call")
export class ParleyCall extends ParleyElement {
  static override styles = [
    tokens,
    base,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        height: 100%;
        /* In a page that gives it no height of its own. */
        min-height: min(560px, 100dvh);
        overflow: auto;
        background: var(--p-ground);
      }
    `,
  ];

  /** Address of the Parley server, with its path if it has one. */
  @property() server = "";
  /** Name of the room: 1 to 64 letters, digits, "-" or "_". */
  @property() room = "";
  /** The person's name; without one, the last name used. */
  @property() name = "";
  /** Enters the call at once, given a name. */
  @property({ type: Boolean }) autojoin = false;
  /** What others are invited with; without one, the room's address on the server. */
  @property() link = "";

  /** While there is no call: the lobby, or the goodbye. */
  @state() private left = false;
  @state() private call: CallState | null = null;
  @state() private media: LocalMediaState | null = null;
  @state() private level = 0;

  #call: Call | null = null;
  #media: LocalMedia | null = null;
  #stage: CallStage | null = null;
  /** What to turn on when devices are opened next: as it was when the person left. */
  #wanted = { microphone: true, camera: true };
  readonly #levelWatch = new LevelWatch((level) => (this.level = level));
  readonly #wakeLock = new WakeLock();
  /** The others see at once that the tab was closed. */
  readonly #handlePageHide = (): void => this.#leave();

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("pagehide", this.#handlePageHide);
    if (this.hasUpdated) this.#begin(this.autojoin);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("pagehide", this.#handlePageHide);
    this.#end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("room") || changed.has("server")) this.#begin(this.autojoin);
    this.lang = this.strings.language;
  }

  override render(): TemplateResult {
    if (this.left) return this.#goodbye();
    if (this.call === null) return this.#lobby();
    return this.call.phase.kind === "refused" ? this.#refused(this.call.phase.reason) : this.#room(this.call);
  }

  protected override updated(): void {
    // What is still rendered after the removal is nobody's business.
    if (!this.isConnected) return;
    const stage: CallStage = { kind: this.#kind(), room: this.room, people: 1 + (this.call?.remotes.length ?? 0) };
    const before = this.#stage;
    if (before?.kind === stage.kind && before.room === stage.room && before.people === stage.people) return;
    this.#stage = stage;
    this.#tell("parley-stage", stage);
  }

  #kind(): CallStage["kind"] {
    if (this.left) return "goodbye";
    if (this.call === null) return "lobby";
    return this.call.phase.kind === "refused" ? "refused" : "call";
  }

  #lobby(): TemplateResult {
    return html`<parley-lobby
      .strings=${this.strings}
      .room=${this.room}
      .name=${this.name === "" ? rememberedName() : this.name}
      .microphone=${this.#microphone()}
      .camera=${this.#camera()}
      .preview=${this.media?.camera.stream ?? null}
      .level=${this.level}
      @toggle=${this.#toggle}
      @choose=${this.#choose}
      @join=${(event: CustomEvent<string>) => this.#join(event.detail)}
    >
      <slot name="brand" slot="brand"></slot>
    </parley-lobby>`;
  }

  #room(call: CallState): TemplateResult {
    return html`<parley-room
      .strings=${this.strings}
      .call=${call}
      .link=${this.#invitation()}
      .canShareScreen=${this.#call?.canShareScreen ?? false}
      .microphone=${this.#microphone()}
      .camera=${this.#camera()}
      @action=${this.#act}
      @choose=${this.#choose}
      @dismiss=${this.#dismiss}
    ></parley-room>`;
  }

  #microphone(): DeviceView {
    return this.media === null ? noDevice : deviceView(this.media.microphone, this.media.microphones);
  }

  #camera(): DeviceView {
    return this.media === null ? noDevice : deviceView(this.media.camera, this.media.cameras);
  }

  #refused(reason: RefusalReason): TemplateResult {
    const { strings } = this;
    const words = strings.refusals[reason];
    return html`<parley-message .heading=${words.title} .text=${words.text} role="alert">
      ${
        reason === "protocol-unsupported"
          ? html`<button type="button" class="button primary" @click=${() => location.reload()}>
              ${strings.reload}
            </button>`
          : html`<button type="button" class="button primary" @click=${() => this.#call?.join()}>
              ${strings.tryAgain}
            </button>`
      }
      <button type="button" class="button" @click=${() => this.#begin(false)}>${strings.back}</button>
    </parley-message>`;
  }

  #goodbye(): TemplateResult {
    const { strings } = this;
    return html`<parley-message .heading=${strings.goodbyeTitle} .text=${strings.goodbyeText}>
      <button type="button" class="button primary" @click=${() => this.#rejoin()}>${strings.rejoin}</button>
      <slot name="after"></slot>
    </parley-message>`;
  }

  /** From the start, in this room. */
  #begin(join: boolean): void {
    this.#end();
    if (this.room === "" || this.server === "") return;
    this.#openMedia();
    const name = parseDisplayName(this.name);
    if (join && name.ok) this.#join(name.name);
  }

  #rejoin(): void {
    const name = rememberedName() === "" ? this.name : rememberedName();
    this.#openMedia();
    const parsed = parseDisplayName(name);
    if (parsed.ok) this.#join(parsed.name);
    else this.left = false;
  }

  #openMedia(): void {
    const media = new LocalMedia({
      mediaDevices: (navigator as { mediaDevices?: MediaDevices }).mediaDevices,
      secure: isSecureContext,
      storage: permittedStorage(() => localStorage),
      smallCamera: matchMedia("(pointer: coarse) and (max-device-width: 820px)").matches,
    });
    this.#media = media;
    media.subscribe((next) => {
      if (media !== this.#media) return;
      this.media = next;
      const { on, stream } = next.microphone;
      this.#levelWatch.follow(this.#call === null && on ? stream : null);
    });
    this.media = media.state;
    void media.open(this.#wanted);
  }

  #join(name: string): void {
    const media = this.#media;
    // Pressed twice before the lobby was gone: a second call would leave the first one behind, in the room and out of reach.
    if (media === null || this.#call !== null) return;
    this.#levelWatch.follow(null);
    rememberName(name);
    this.name = name;
    const call = new Call({
      server: this.server,
      room: this.room,
      name,
      media,
      storage: permittedStorage(() => sessionStorage),
    });
    this.#call = call;
    this.call = call.state;
    this.left = false;
    call.subscribe((next) => {
      if (call === this.#call) this.#follow(next);
    });
    call.join();
  }

  #follow(next: CallState): void {
    const entered = this.call?.phase.kind === "joining" && next.phase.kind === "joined";
    this.call = next;
    if (!entered) return;
    this.#wakeLock.hold();
    this.#tell("parley-joined", { room: next.room, name: next.local.name });
  }

  #leave(): void {
    if (this.#call === null) return;
    const { microphone, camera } = this.#call.media.state;
    // What the browser is still being asked for was meant to be on.
    this.#wanted = { microphone: microphone.on || microphone.opening, camera: camera.on || camera.opening };
    this.#end();
    this.left = true;
  }

  #end(): void {
    const call = this.#call;
    const entered = call?.state.phase.kind === "joined" || call?.state.phase.kind === "reconnecting";
    this.#call = null;
    this.call = null;
    this.left = false;
    this.#levelWatch.follow(null);
    this.#wakeLock.release();
    call?.leave();
    this.#media?.close();
    this.#media = null;
    this.media = null;
    if (entered) this.#tell("parley-left", { room: this.room });
  }

  #act(event: CustomEvent<RoomAction>): void {
    const call = this.#call;
    if (call === null) return;
    const { microphone, camera, screen } = call.state.local.media;
    switch (event.detail) {
      case "microphone":
        void call.setMicrophone(!microphone);
        break;
      case "camera":
        void call.setCamera(!camera);
        break;
      case "screen":
        void (screen ? call.stopScreenShare() : call.startScreenShare());
        break;
      case "leave":
        this.#leave();
        break;
    }
  }

  #dismiss(event: CustomEvent<readonly number[]>): void {
    for (const id of event.detail) this.#call?.dismissNotice(id);
  }

  #toggle(event: CustomEvent<DeviceKind>): void {
    const media = this.#media;
    if (media === null) return;
    const { microphone, camera } = media.state;
    if (event.detail === "microphone") void media.setMicrophone(!microphone.on);
    else void media.setCamera(!camera.on);
  }

  #choose(event: CustomEvent<ChosenDevice>): void {
    const { kind, id } = event.detail;
    if (kind === "microphone") void this.#media?.switchMicrophone(id);
    else void this.#media?.switchCamera(id);
  }

  #invitation(): string {
    if (this.link !== "") return this.link;
    const server = this.server.endsWith("/") ? this.server : `${this.server}/`;
    return `${server}r/${encodeURIComponent(this.room)}`;
  }

  #tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** The storage, where the browser lets the page have it: blocked storage throws on the mere look at it. */
function permittedStorage(storage: () => Storage): Storage | undefined {
  try {
    return storage();
  } catch {
    return undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-call": ParleyCall;
  }
}
