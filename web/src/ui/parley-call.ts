import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import {
  Approach,
  Call,
  LocalMedia,
  SeatKeeper,
  type CallState,
  type DeviceKind,
  type LocalMediaState,
  type RefusalReason,
  type TurnedOn,
} from "../call/index.js";
import { base } from "./base.styles.js";
import {
  deviceView,
  noDevice,
  noSpeaker,
  speakerView,
  type ChosenDevice,
  type DeviceView,
  type SpeakerView,
} from "./devices/device-view.js";
import { ParleyElement } from "./element.js";
import { parseDisplayName, rememberedName, rememberName } from "./lobby/display-name.js";
import { LevelWatch } from "./lobby/level-watch.js";
import { PagePresence } from "./page-presence.js";
import { pageWorld } from "./page-world.js";
import type { RoomAction } from "./room/room.js";
import { tokens } from "./tokens.styles.js";
import { WakeLock } from "./wake-lock.js";
import "./lobby/lobby.js";
import "./message.js";
import "./room/room.js";

/** What the element shows; `people` counts the person too. Detail of the event `parley-stage`. */
export interface CallStage {
  readonly kind: "lobby" | "call" | "refused" | "displaced" | "goodbye";
  readonly room: string;
  readonly people: number;
}

/**
 * One room, from the lobby to the goodbye; for any page. A page that is loaded again in the middle of a call returns to it,
 * to the same place and with the same devices on.
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

      .returning {
        place-self: center;
        color: var(--p-text-soft);
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
  /** While it is being found out whether this page returns to a call. */
  @state() private returning = false;
  @state() private call: CallState | null = null;
  @state() private media: LocalMediaState | null = null;
  @state() private level = 0;

  #call: Call | null = null;
  #media: LocalMedia | null = null;
  #seat: SeatKeeper | null = null;
  #approach: Approach | null = null;
  #stage: CallStage | null = null;
  /** What to turn on when devices are opened next: as it was when the person left. */
  #wanted: TurnedOn = { microphone: "on", camera: true };
  /** What became of the call when the page was left. */
  #parting: "resting" | "left" | null = null;
  readonly #levelWatch = new LevelWatch((level) => (this.level = level));
  readonly #wakeLock = new WakeLock();
  readonly #presence = new PagePresence((visible) => this.#media?.handleVisibility(visible));
  readonly #handlePageHide = (): void => this.#part();
  readonly #handlePageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#return();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("pagehide", this.#handlePageHide);
    addEventListener("pageshow", this.#handlePageShow);
    this.#presence.watch();
    if (this.hasUpdated) void this.#begin(this.autojoin);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("pagehide", this.#handlePageHide);
    removeEventListener("pageshow", this.#handlePageShow);
    this.#presence.end();
    this.#end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("room") || changed.has("server")) void this.#begin(this.autojoin);
    this.lang = this.strings.language;
  }

  override render(): TemplateResult {
    if (this.left) return this.#goodbye();
    if (this.returning) return html`<p class="returning" role="status">${this.strings.returning}</p>`;
    if (this.call === null) return this.#lobby();
    if (this.call.phase.kind === "displaced") return this.#displaced();
    return this.call.phase.kind === "refused" ? this.#refused(this.call.phase.reason) : this.#room(this.call);
  }

  protected override updated(): void {
    // What is still rendered after the removal is nobody's business.
    if (!this.isConnected || this.returning) return;
    const stage: CallStage = { kind: this.#kind(), room: this.room, people: 1 + (this.call?.remotes.length ?? 0) };
    const before = this.#stage;
    if (before?.kind === stage.kind && before.room === stage.room && before.people === stage.people) return;
    this.#stage = stage;
    this.#tell("parley-stage", stage);
  }

  #kind(): CallStage["kind"] {
    if (this.left) return "goodbye";
    if (this.call === null) return "lobby";
    const { kind } = this.call.phase;
    return kind === "refused" || kind === "displaced" ? kind : "call";
  }

  #lobby(): TemplateResult {
    return html`<parley-lobby
      .strings=${this.strings}
      .room=${this.room}
      .name=${this.name === "" ? rememberedName() : this.name}
      .microphone=${this.#microphone()}
      .camera=${this.#camera()}
      .speaker=${this.#speaker()}
      .server=${this.server}
      .notices=${this.media?.notices ?? []}
      .preview=${this.media?.camera.stream ?? null}
      .level=${this.level}
      @toggle=${this.#toggle}
      @choose=${this.#choose}
      @dismiss=${this.#dismiss}
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
      .story=${this.#call?.story ?? null}
      .doctor=${this.#address("doctor")}
      @picture=${(event: CustomEvent<string>) => this.#call?.story.handlePicture(event.detail)}
      .speaker=${this.#speaker()}
      @action=${this.#act}
      @choose=${this.#choose}
      @dismiss=${this.#dismiss}
      @speaker-refused=${() => this.#media?.handleSpeakerRefusal()}
    ></parley-room>`;
  }

  #microphone(): DeviceView {
    return this.media === null ? noDevice : deviceView(this.media.microphone, this.media.microphones);
  }

  #camera(): DeviceView {
    return this.media === null ? noDevice : deviceView(this.media.camera, this.media.cameras);
  }

  #speaker(): SpeakerView {
    return this.media === null ? noSpeaker : speakerView(this.media);
  }

  #refused(reason: RefusalReason): TemplateResult {
    const { strings } = this;
    const words = strings.refusals[reason];
    return html`<parley-message .heading=${words.title} .text=${words.text} role="alert">
      ${
        reason === "page-outdated"
          ? html`<button type="button" class="button primary" @click=${() => location.reload()}>
              ${strings.reload}
            </button>`
          : html`<button type="button" class="button primary" @click=${() => this.#call?.join()}>
              ${strings.tryAgain}
            </button>`
      }
      <button type="button" class="button" @click=${() => void this.#begin(false)}>${strings.back}</button>
    </parley-message>`;
  }

  #displaced(): TemplateResult {
    const { strings } = this;
    return html`<parley-message .heading=${strings.displacedTitle} .text=${strings.displacedText}>
      <button type="button" class="button primary" @click=${() => this.#takeBack()}>${strings.useHere}</button>
      <button type="button" class="button" @click=${() => void this.#begin(false)}>${strings.back}</button>
    </parley-message>`;
  }

  #goodbye(): TemplateResult {
    const { strings } = this;
    return html`<parley-message .heading=${strings.goodbyeTitle} .text=${strings.goodbyeText}>
      <button type="button" class="button primary" @click=${() => this.#rejoin()}>${strings.rejoin}</button>
      <slot name="after"></slot>
    </parley-message>`;
  }

  /** From the start, in this room: back into the call if this tab was in it a moment ago, or else the lobby. */
  async #begin(join: boolean): Promise<void> {
    this.#end();
    if (this.room === "" || this.server === "") return;
    const seat = new SeatKeeper({
      server: this.server,
      room: this.room,
      storage: permittedStorage(() => sessionStorage),
      locks: (navigator as { locks?: LockManager }).locks,
    });
    this.#seat = seat;
    this.#approach = new Approach(this.server);
    this.returning = seat.expected;
    const kept = this.returning ? await seat.reclaim() : null;
    if (seat !== this.#seat) return;
    this.returning = false;
    this.#openMedia(kept?.on ?? this.#wanted);
    const name = parseDisplayName(kept?.name ?? this.name);
    if ((kept !== null || join) && name.ok) this.#join(name.name);
  }

  #rejoin(): void {
    const name = rememberedName() === "" ? this.name : rememberedName();
    this.#openMedia(this.#wanted);
    const parsed = parseDisplayName(name);
    if (parsed.ok) this.#join(parsed.name);
    else this.left = false;
  }

  /** The seat that another window or tab has taken. */
  #takeBack(): void {
    const name = this.#call?.state.local.name ?? "";
    this.#call = null;
    this.#openMedia(this.#seat?.on ?? this.#wanted);
    this.#join(name);
  }

  #openMedia(on: TurnedOn): void {
    const media = new LocalMedia({
      mediaDevices: (navigator as { mediaDevices?: MediaDevices }).mediaDevices,
      permissions: (navigator as { permissions?: Permissions }).permissions,
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
    media.handleVisibility(document.visibilityState === "visible");
    this.media = media.state;
    void media.open(on);
  }

  #join(name: string): void {
    const media = this.#media;
    // Pressed twice before the lobby was gone: a second call would leave the first one behind, in the room and out of reach.
    if (media === null || this.#call !== null) return;
    this.#levelWatch.follow(null);
    // Who joins from the lobby has read them there.
    media.dismissNotices();
    rememberName(name);
    this.name = name;
    const call = new Call(
      {
        server: this.server,
        room: this.room,
        name,
        media,
        storage: permittedStorage(() => sessionStorage),
        seat: this.#seat ?? undefined,
        approach: this.#approach ?? undefined,
      },
      { world: pageWorld },
    );
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
    const ended = isInside(this.call) && !isInside(next);
    this.call = next;
    if (entered) {
      this.#wakeLock.hold();
      this.#tell("parley-joined", { room: next.room, name: next.local.name });
    } else if (ended) {
      this.#wakeLock.release();
      this.#tell("parley-left", { room: this.room });
    }
  }

  #leave(): void {
    if (this.#call === null) return;
    this.#wanted = this.#call.media.turnedOn;
    this.#endCall();
    this.left = true;
  }

  /** The page is being left: reloaded, closed, or kept by the browser for "back". */
  #part(): void {
    const call = this.#call;
    const kind = call?.state.phase.kind;
    if (call === null || kind === "refused" || kind === "displaced") return;
    const on = call.media.turnedOn;
    if (call.rest((address, body) => navigator.sendBeacon(address, body))) {
      this.#parting = "resting";
      return;
    }
    this.#wanted = on;
    this.#endCall();
    this.left = true;
    this.#parting = "left";
  }

  /** The browser shows this page again as it was when it was left: what was connected then is not any more. */
  #return(): void {
    const parting = this.#parting;
    this.#parting = null;
    if (parting === "left" && this.left) {
      this.#rejoin();
    } else if (parting === "resting") {
      this.#call?.suspend();
      this.#seat = null;
      void this.#begin(false);
    }
  }

  #end(): void {
    this.#endCall();
    this.#seat?.forget();
    this.#seat = null;
    this.#approach?.close();
    this.#approach = null;
    this.returning = false;
  }

  #endCall(): void {
    const call = this.#call;
    const entered = isInside(call?.state ?? null);
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
    const { microphone, camera, screen } = call.media.state;
    switch (event.detail) {
      case "microphone":
        void call.setMicrophone(!microphone.on);
        break;
      case "camera":
        void call.setCamera(!camera.on);
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
    for (const id of event.detail) (this.#call ?? this.#media)?.dismissNotice(id);
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
    else if (kind === "camera") void this.#media?.switchCamera(id);
    else this.#media?.switchSpeaker(id);
  }

  #invitation(): string {
    if (this.link !== "") return this.link;
    return this.#address(`r/${encodeURIComponent(this.room)}`);
  }

  /** Of something on the server. */
  #address(path: string): string {
    return `${this.server.endsWith("/") ? this.server : `${this.server}/`}${path}`;
  }

  #tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

function isInside(call: CallState | null): boolean {
  return call?.phase.kind === "joined" || call?.phase.kind === "reconnecting";
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
