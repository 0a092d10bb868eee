import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import {
  Approach,
  Call,
  SeatKeeper,
  type CallState,
  type DeviceKind,
  type LocalMedia,
  type LocalMediaState,
  type SendOptions,
  type TurnedOn,
} from "../call/index.js";
import { type DataMessage, appEvent } from "./app-events.js";
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
import { afterLoading, ParleyElement } from "./element.js";
import { ending, goodbye, type WaysOn } from "./endings.js";
import { parseDisplayName, rememberedName, rememberName } from "./lobby/display-name.js";
import { LanguageController } from "./language-choice.js";
import { invitedName } from "./lobby/invited-name.js";
import { LevelWatch } from "./lobby/level-watch.js";
import { offerKept } from "./load-kept.js";
import { pageMedia } from "./page-media.js";
import { PagePresence } from "./page-presence.js";
import { pageWorld } from "./page-world.js";
import { permittedStorage } from "./permitted-storage.js";
import type { RoomAction } from "./room/room.js";
import { directionOf } from "./strings/languages.js";
import { tokens } from "./tokens.styles.js";
import { WakeLock } from "./wake-lock.js";
import "./later.js";
import "./lobby/lobby.js";
import "./message.js";
import "./room/room.js";

/** What the element shows; `people` counts the person too. Detail of the event `parley-stage`. */
export interface CallStage {
  readonly kind: "lobby" | "waiting" | "call" | "refused" | "displaced" | "goodbye";
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
 * ({@link CallStage}), and for what pages tell each other `parley-data` ({@link DataMessage}), `parley-reach` and `parley-loss`
 * ({@link ReachedParticipant}). Slots: `brand` above the lobby, `after` beside "Rejoin" at the end. Looks are set by the custom
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
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
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
  /** A join token, where another application decides who enters. */
  @property() token = "";
  /** What others are invited with; without one, the room's address on the server. */
  @property() link = "";
  /** The language as a BCP 47 tag, unless the person has chosen one; without it, the best of the browser's. Becomes what is shown. */
  @property({ reflect: true }) override lang = "";
  /** Told of what arrives, as the event `parley-data` is. */
  @property({ attribute: false }) ondata: ((message: DataMessage) => void) | null = null;

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
  /** Of the room, as it was typed last: who comes back is not asked again. */
  #passcode: string | undefined;
  /** What to turn on when devices are opened next: as it was when the person left. */
  #wanted: TurnedOn = { microphone: "on", camera: true };
  #said = "";
  /** What became of the call when the page was left. */
  #parting: "resting" | "left" | null = null;
  readonly #language = new LanguageController(this);
  readonly #levelWatch = new LevelWatch((level) => (this.level = level));
  readonly #wakeLock = new WakeLock();
  readonly #presence = new PagePresence((visible) => this.#media?.handleVisibility(visible));
  readonly #handlePageHide = (): void => this.#part();
  readonly #handlePageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#return();
  };

  /**
   * Sends a string or bytes, at most 64 KiB, to the pages of others in the call, on a channel of this name: 1 to 64 of
   * `A-Z a-z 0-9 _ . -`. Returns the ids of those to whom it is on its way: empty while there is no call.
   *
   * Throws a TypeError or RangeError for what can never be sent. See docs/guides/embedding.md.
   */
  send(channel: string, data: string | ArrayBuffer | ArrayBufferView, options?: SendOptions): string[] {
    return this.#call?.data.send(channel, data, options) ?? [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("pagehide", this.#handlePageHide);
    addEventListener("pageshow", this.#handlePageShow);
    offerKept();
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

  protected override scheduleUpdate(): Promise<unknown> | undefined {
    // What was said here last is not what the page asks for.
    if (this.lang !== this.#said) this.#language.asked = this.lang;
    return afterLoading(
      () => this.#language.load(),
      () => super.scheduleUpdate(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.strings = this.#language.strings;
    if (changed.has("room") || changed.has("server")) {
      this.#passcode = undefined;
      void this.#begin(this.autojoin);
    }
    this.#said = this.strings.language;
    this.lang = this.#said;
    this.dir = directionOf(this.strings.language);
  }

  override render(): TemplateResult {
    return html`<parley-kept-recordings .strings=${this.strings}></parley-kept-recordings>${this.#view()}`;
  }

  #view(): TemplateResult {
    if (this.left) return goodbye(this.strings, this.#ways);
    if (this.returning) return html`<p class="returning" role="status">${this.strings.returning}</p>`;
    if (this.call === null || this.#call === null) return this.#lobby();
    return ending(this.call.phase, this.strings, this.#ways) ?? this.#room(this.call, this.#call);
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
    if (kind === "over") return "goodbye";
    return kind === "refused" || kind === "displaced" || kind === "waiting" ? kind : "call";
  }

  #lobby(): TemplateResult {
    return html`<parley-lobby
      .strings=${this.strings}
      .room=${this.room}
      .name=${invitedName(this.token) || this.name || rememberedName()}
      .named=${invitedName(this.token) !== ""}
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

  #room(call: CallState, session: Call): TemplateResult {
    return html`<parley-room
      .strings=${this.strings}
      .call=${call}
      .link=${this.#invitation()}
      .session=${session}
      .canShareScreen=${session.canShareScreen}
      .microphone=${this.#microphone()}
      .camera=${this.#camera()}
      .doctor=${this.#address("doctor")}
      @picture=${(event: CustomEvent<string>) => session.story.handlePicture(event.detail)}
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

  readonly #ways: WaysOn = {
    join: (passcode) => {
      this.#passcode = passcode ?? this.#passcode;
      this.#call?.join(passcode);
    },
    back: () => void this.#begin(false),
    rejoin: () => this.#rejoin(),
    takeBack: () => this.#takeBack(),
  };

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
    const name = parseDisplayName(kept?.name ?? (invitedName(this.token) || this.name));
    if ((kept !== null || join) && name.ok) this.#join(name.name);
  }

  #rejoin(): void {
    // What was over, if that was the end of it.
    if (this.#call !== null) this.#wanted = this.#seat?.on ?? this.#wanted;
    this.#call = null;
    const name = invitedName(this.token) || rememberedName() || this.name;
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
    const media = pageMedia();
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
    // What another application calls the person is not what they call themselves elsewhere.
    if (invitedName(this.token) === "") rememberName(name);
    this.name = name;
    const call = new Call(
      {
        server: this.server,
        room: this.room,
        name,
        media,
        storage: permittedStorage(() => sessionStorage),
        preferences: permittedStorage(() => localStorage),
        seat: this.#seat ?? undefined,
        approach: this.#approach ?? undefined,
        token: this.token,
      },
      { world: pageWorld },
    );
    this.#call = call;
    this.call = call.state;
    this.left = false;
    call.subscribe((next) => {
      if (call === this.#call) this.#follow(next);
    });
    call.data.subscribe((event) => {
      if (call !== this.#call) return;
      const { type, detail } = appEvent(event);
      this.#tell(type, detail);
      if (type === "parley-data") this.ondata?.(detail as DataMessage);
    });
    call.join(this.#passcode);
  }

  #follow(next: CallState): void {
    const entered = !isInside(this.call) && isInside(next);
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
    if (call === null || kind === "refused" || kind === "displaced" || kind === "over") return;
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

declare global {
  interface HTMLElementTagNameMap {
    "parley-call": ParleyCall;
  }
}
