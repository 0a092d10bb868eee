import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Reaction, ReactionKind } from "../../call/reactions/reactions.js";
import type { ShownSizes } from "../../call/shown-sizes.js";
import type { CallState, QualityState } from "../../call/state.js";
import { base } from "../base.styles.js";
import { chatSoundWanted } from "../chat-sound.js";
import { noDevice, noSpeaker, type ChosenDevice, type DeviceView, type SpeakerView } from "../devices/device-view.js";
import { ParleyElement } from "../element.js";
import { permittedStorage } from "../permitted-storage.js";
import { announcements, mediaNews, ownNews } from "./announcements.js";
import type { Announcer } from "./announcer.js";
import { AwayNews } from "./away-news.js";
import { ChatNews } from "./chat-news.js";
import type { ControlBar } from "./control-bar.js";
import { controlEntries, type Control } from "./controls.js";
import { DoorWatch } from "./door-watch.js";
import { FullScreen } from "./full-screen.js";
import type { Grid } from "./grid.js";
import { RoomView } from "./layout/room-view.js";
import type { TileKey } from "./layout/tile-key.js";
import type { LinkDialog } from "./link-dialog.js";
import { invitation, recordingNote, statusNote } from "./notes.js";
import type { PanelName } from "./panel-name.js";
import { QualityNews } from "./quality-news.js";
import { singleKeysWanted } from "./preferences.js";
import { ReactionNews } from "./reaction-news.js";
import { canRecord, RecordWatch } from "./record-watch.js";
import { RoomFiles } from "./room-files.js";
import { roomStyles } from "./room.styles.js";
import { isTyping, Keyboard } from "./shortcuts/keyboard.js";
import type { Shortcut } from "./shortcuts/shortcut.js";
import type { RoomSession } from "./session.js";
import type { TileWish } from "./tile.js";
import "../notices.js";
import "./announcer.js";
import "./control-bar.js";
import "./grid.js";
import "./link-dialog.js";
import "./remote-audio.js";
import "./room-panel.js";

/** The controls whose effect is outside this view. */
export type RoomAction = Exclude<
  Control,
  PanelName | "reactions" | "hand" | "copy-link" | "layout" | "own-picture" | "incoming" | "record"
>;

const copiedShownFor = 2500;

/** What the room keeps free on both sides of the controls, in pixels. */
const edges = 16;

/**
 * A call as it goes on. Emits `action` (a {@link RoomAction}), `dismiss` (the ids of notices), `choose` ({@link ChosenDevice}),
 * `speaker-refused`, `picture` (the id of whose camera is seen for the first time) and `shown-sizes` ({@link ShownSizes}: how large
 * the others' pictures are seen here, whenever that has changed).
 */
@customElement("parley-room")
export class Room extends ParleyElement {
  static override styles = [base, roomStyles];

  @property({ attribute: false }) call!: CallState;
  /** What to send to others. */
  @property() link = "";
  @property({ type: Boolean }) canShareScreen = false;
  @property({ attribute: false }) microphone: DeviceView = noDevice;
  @property({ attribute: false }) camera: DeviceView = noDevice;
  @property({ attribute: false }) speaker: SpeakerView = noSpeaker;
  @property({ attribute: false }) session!: RoomSession;
  /** Address of the connection test. */
  @property() doctor = "";

  @state() private panel: PanelName | null = null;
  /** Whose connection the list of participants tells of. */
  @state() private detailed: string | null = null;
  /** About whom a host wants to do something. */
  @state() private managed: string | null = null;
  @state() private copied = false;
  @state() private quality: QualityState | null = null;
  @state() private unread = 0;
  @state() private reactions: readonly Reaction[] = [];
  /** The reactions to choose from are shown. */
  @state() private reacting = false;
  /** How wide the controls may be, in pixels. */
  @state() private space = Infinity;
  /** The panel that was opened by a control, from which another one may have been opened: it gets the focus back. */
  #openedFrom: PanelName = "settings";
  @query("h1") private heading!: HTMLElement;
  @query("parley-grid") private grid!: Grid;
  @query("parley-announcer") private announcer!: Announcer;
  @query("parley-control-bar") private controls!: ControlBar;
  @query("parley-link-dialog") private linkDialog!: LinkDialog;

  readonly #awayNews = new AwayNews((words) => this.announcer.say(words, "usual"));
  readonly #chatNews = new ChatNews({
    say: (words) => this.announcer.say(words, "usual"),
    play: () => void this.#playMessageSound(),
  });
  readonly #qualityNews = new QualityNews(
    (words) => this.announcer.say(words),
    (state) => (this.quality = state),
  );
  readonly #reactionNews = new ReactionNews((words) => this.announcer.say(words, "usual"));
  #endSubscriptions: readonly (() => void)[] = [];
  readonly #files = new RoomFiles(this, {
    strings: () => this.strings,
    say: (words) => this.announcer.say(words),
    onChange: () => this.requestUpdate(),
    onDrop: () => this.#openPanel("files"),
  });
  readonly #doors = new DoorWatch({
    onChange: () => this.requestUpdate(),
    onKnock: (name) => this.#handleKnock(name),
  });
  readonly #observer = new ResizeObserver(() => (this.space = this.clientWidth - edges));
  readonly #view = new RoomView(
    () => this.requestUpdate(),
    permittedStorage(() => localStorage),
  );
  readonly #isPinned = (key: TileKey): boolean => this.#view.isPinned(key);
  readonly #fullScreen = new FullScreen(this, () => this.#view.fill(null));
  readonly #records = new RecordWatch({
    strings: () => this.strings,
    say: (words) => this.announcer.say(words),
    onChange: () => this.requestUpdate(),
    room: () => this.call.room,
    view: () => this.grid.view,
    streams: () => {
      const own = this.session.media.state.microphone.stream;
      return [...this.call.remotes.flatMap(({ audio }) => audio), ...(own === null ? [] : [own])];
    },
  });
  readonly #keyboard = new Keyboard(document, window, {
    singleKeys: singleKeysWanted,
    isForeign: (event) => !isOurs(event, this) || isTyping(event) || inDialog(event),
    act: (shortcut) => this.#actOn(shortcut),
    canTalk: () => !this.microphone.on,
    talk: (on) => {
      if (on !== this.microphone.on) this.emit("action", "microphone" satisfies RoomAction);
    },
  });
  readonly #endFullScreenOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.#view.full === null || inDialog(event)) return;
    // The panel that may be open beside it stays.
    event.stopPropagation();
    this.#view.fill(null);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#fullScreen.watch();
    document.addEventListener("keydown", this.#endFullScreenOnEscape, { capture: true });
    this.#keyboard.watch();
    this.#files.watch();
    if (this.hasUpdated) this.#files.follow(this.session.files);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#fullScreen.end();
    document.removeEventListener("keydown", this.#endFullScreenOnEscape, { capture: true });
    this.#keyboard.end();
    this.#view.close();
    this.#awayNews.close();
    this.#reactionNews.close();
    this.#qualityNews.close();
    this.#files.close();
    this.#doors.close();
    this.#records.close();
    for (const end of this.#endSubscriptions) end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("session")) this.#followSession();
    if (changed.has("call")) this.#view.handleCall(this.call);
    this.toggleAttribute("data-full", this.#view.full !== null);
  }

  override render(): TemplateResult {
    const { strings, call } = this;
    const { local, remotes, phase } = call;
    const alone = phase.kind === "joined" && remotes.length === 0;
    return html`<h1 class="unseen" tabindex="-1">${strings.lobbyRoom(call.room)}</h1>
      <div class="people" @keydown=${this.#closeOnEscape}>
        <div class="stage">
          ${recordingNote(this.#records.state, strings)}
          <parley-grid
            .strings=${strings}
            .local=${local}
            .remotes=${remotes}
            .reactions=${this.reactions}
            .scene=${this.#view.scene}
            .isPinned=${this.#isPinned}
            .quality=${this.quality}
            @wish=${this.#handleWish}
            @page=${(event: CustomEvent<number>) => this.#view.turnTo(event.detail)}
            @shown-sizes=${this.#passSizes}
            @picture=${(event: CustomEvent<string>) => this.emit("picture", event.detail)}
            @details=${(event: CustomEvent<string>) => this.#showDetails(event.detail)}
            @manage=${(event: CustomEvent<string>) => this.#showManage(event.detail)}
          >
            ${alone ? invitation(this.link, strings) : nothing}
          </parley-grid>
          <div class="over">
            ${statusNote(phase, strings)} ${this.#questions()}
            <parley-remote-audio
              .strings=${strings}
              .streams=${remotes.flatMap((remote) => remote.audio)}
              .speaker=${this.speaker.chosen}
              @speaker-refused=${() => this.emit("speaker-refused")}
            ></parley-remote-audio>
            <parley-notices
              .strings=${strings}
              .notices=${call.notices}
              .doctor=${this.doctor}
              .unreachable=${remotes.filter(({ path, away }) => path === "failed" && !away)}
              @dismiss=${(event: CustomEvent<readonly number[]>) => this.emit("dismiss", event.detail)}
            ></parley-notices>
            ${
              this.#files.offers === 0 || this.panel === "files"
                ? nothing
                : html`<parley-file-offers .strings=${strings} .files=${this.session.files}></parley-file-offers>`
            }
          </div>
        </div>
        ${this.#panel()}
        ${
          this.reactions.length > 0
            ? html`<parley-floating .strings=${strings} .reactions=${this.reactions}></parley-floating>`
            : nothing
        }
        <parley-announcer .strings=${strings}></parley-announcer>
        ${
          this.#files.dragging
            ? html`<parley-drop-sign .strings=${strings} .files=${this.session.files}></parley-drop-sign>`
            : nothing
        }
      </div>
      <footer>
        ${
          this.reacting
            ? html`<parley-palette
                .strings=${strings}
                @react=${(event: CustomEvent<ReactionKind>) => this.session.reactions.send(event.detail)}
                @close=${(event: CustomEvent<boolean>) => this.#closePalette(event.detail)}
              ></parley-palette>`
            : nothing
        }
        <span class="where" aria-hidden="true">${call.room}</span>
        <parley-control-bar
          .strings=${strings}
          .entries=${controlEntries(
            {
              media: { ...local.media, microphone: this.microphone.on, camera: this.camera.on },
              canShareScreen: this.canShareScreen,
              panel: this.panel,
              people: remotes.length + 1,
              unread: this.unread,
              reacting: this.reacting,
              offers: this.#files.offers,
              handRaised: local.hand !== null,
              host: local.role === "host",
              waiting: this.#doors.waiting.length,
              recording: canRecord ? this.#records.state.own : null,
              copied: this.copied,
              layout: this.#view.layout,
              ownHidden: this.#view.ownHidden,
              audioOnly: this.quality?.audioOnly ?? false,
            },
            strings,
          )}
          .space=${this.space}
          @control=${(event: CustomEvent<Control>) => this.#press(event.detail)}
        ></parley-control-bar>
      </footer>
      <parley-link-dialog .strings=${strings} .link=${this.link}></parley-link-dialog>
      <parley-shortcuts .strings=${strings}></parley-shortcuts>`;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    // The lobby is gone, and the focus with it: a screen reader goes on from here.
    this.heading.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.#view.full === null) this.#fullScreen.leave();
    if (changed.has("session")) this.#files.follow(this.session.files);
    if (changed.has("call")) this.#awayNews.follow(this.call.remotes, this.strings);
    const before = changed.get("call");
    if (before === undefined) return;
    const step = [before, this.call, this.strings] as const;
    for (const words of mediaNews(...step)) this.announcer.say(words, "all");
    for (const words of announcements(...step)) this.announcer.say(words, "usual");
    for (const words of ownNews(...step)) this.announcer.say(words);
  }

  /** Who wants to come in, and what a host asks. */
  #questions(): TemplateResult {
    const { waiting, muteAskedBy } = this.#doors;
    const host = this.call.remotes.find(({ id }) => id === muteAskedBy);
    return html`${
      waiting.length === 0 || this.panel === "host"
        ? nothing
        : html`<parley-at-the-door
            .strings=${this.strings}
            .hosting=${this.session.hosting}
            .waiting=${waiting}
            @show=${() => this.#openPanel("host")}
            @answered=${() => this.heading.focus({ preventScroll: true })}
          ></parley-at-the-door>`
    }
    ${
      host === undefined
        ? nothing
        : html`<parley-mute-asked
            .strings=${this.strings}
            .name=${host.name}
            @answer=${(event: CustomEvent<boolean>) => this.#answerMute(event.detail)}
          ></parley-mute-asked>`
    }`;
  }

  #panel(): TemplateResult | typeof nothing {
    if (this.panel === null) return nothing;
    return html`<parley-room-panel
      class=${this.panel}
      .strings=${this.strings}
      .panel=${this.panel}
      .call=${this.call}
      .session=${this.session}
      .microphone=${this.microphone}
      .camera=${this.camera}
      .speaker=${this.speaker}
      .detailed=${this.detailed}
      .managed=${this.managed}
      @manage=${(event: CustomEvent<string | null>) => (this.managed = event.detail)}
      @close=${this.#closePanel}
      @open=${(event: CustomEvent<PanelName>) => (this.panel = event.detail)}
      @details=${(event: CustomEvent<string | null>) => (this.detailed = event.detail)}
      @shortcuts=${() => void this.#showShortcuts()}
      @send=${(event: CustomEvent<readonly File[]>) => void this.#files.send(event.detail)}
      @choose=${(event: CustomEvent<ChosenDevice>) => this.emit("choose", event.detail)}
    ></parley-room-panel>`;
  }

  #press(control: Control): void {
    switch (control) {
      case "reactions":
        if (this.reacting) this.#closePalette(true);
        else this.#openPalette();
        break;
      case "record":
        void this.#records.toggle();
        break;
      case "hand":
        void this.session.hosting.raiseHand(this.call.local.hand === null);
        break;
      case "copy-link":
        void this.#copyLink();
        break;
      case "layout":
        this.#view.choose(this.#view.layout === "grid" ? "speaker" : "grid");
        break;
      case "own-picture":
        this.#view.hideOwn(!this.#view.ownHidden);
        break;
      case "incoming":
        this.#qualityNews.toggleIncoming(this.strings);
        break;
      case "microphone":
      case "camera":
      case "screen":
      case "leave":
        this.emit("action", control satisfies RoomAction);
        break;
      default:
        if (this.panel === control) this.#closePanel();
        else this.#openPanel(control);
    }
  }

  #actOn(shortcut: Shortcut): void {
    if (shortcut === "help") void this.#showShortcuts();
    else if (shortcut !== "screen" || this.canShareScreen) this.#press(shortcut);
  }

  async #showShortcuts(): Promise<void> {
    try {
      await import("./shortcuts/help.js");
      await this.renderRoot.querySelector("parley-shortcuts")?.open();
    } catch {
      // The server is out of reach: the list appears when it is asked for again.
    }
  }

  #handleWish(event: CustomEvent<TileWish>): void {
    const { key, wish } = event.detail;
    const view = this.#view;
    if (wish === "pin") {
      if (view.isPinned(key)) view.unpin(key);
      else view.pin(key);
    } else if (view.full === key) {
      view.fill(null);
    } else {
      // What was open beside the pictures is not what the person looks at now.
      this.panel = null;
      view.fill(key);
      this.#fullScreen.enter();
    }
  }

  #openPanel(panel: PanelName): void {
    this.panel = panel;
    this.#openedFrom = panel;
  }

  #followSession(): void {
    const { chat, reactions, hosting, quality, recordings } = this.session;
    for (const end of this.#endSubscriptions) end();
    this.unread = chat.state.unread;
    this.reactions = reactions.state;
    this.#doors.follow(hosting);
    this.#qualityNews.follow(
      quality,
      () => this.call.remotes,
      () => this.strings.language,
    );
    this.#records.follow(recordings);
    this.#endSubscriptions = [
      chat.subscribe(({ unread }) => (this.unread = unread)),
      chat.onNews((entry) => {
        if (this.panel !== "chat" || document.hidden) this.#chatNews.handle(entry, this.strings);
      }),
      reactions.subscribe((next) => {
        void import("../reactions/floating.js");
        this.reactions = next;
        this.#reactionNews.follow(next, this.strings);
      }),
    ];
  }

  #passSizes({ detail }: CustomEvent<ShownSizes>): void {
    this.session.quality.handleShown(detail);
    this.emit("shown-sizes", detail);
  }

  #handleKnock(name: string): void {
    void this.updateComplete.then(() => this.announcer.say(this.strings.waitsOutside(name)));
    void this.#playMessageSound();
  }

  #answerMute(mute: boolean): void {
    this.session.hosting.answerMute();
    if (mute && this.microphone.on) this.emit("action", "microphone" satisfies RoomAction);
  }

  async #playMessageSound(): Promise<void> {
    if (!chatSoundWanted()) return;
    try {
      const { playMessageSound } = await import("../chat/sound.js");
      await playMessageSound(this.speaker.chosen);
    } catch {
      // The server is out of reach, or the browser lets no sound be made yet: the message is there all the same.
    }
  }

  #openPalette(): void {
    void import("../reactions/palette.js");
    this.reacting = true;
  }

  /** `refocus`: the focus is in it and would be lost. */
  #closePalette(refocus: boolean): void {
    this.reacting = false;
    if (refocus) this.controls.focusOpener("reactions");
  }

  #showDetails(participant: string): void {
    this.#openPanel("participants");
    this.detailed = participant;
  }

  #showManage(participant: string): void {
    this.#openPanel("participants");
    this.managed = participant;
  }

  #closePanel(): void {
    const { panel } = this;
    this.panel = null;
    this.detailed = null;
    this.managed = null;
    if (panel !== null) this.controls.focusOpener(this.#openedFrom);
  }

  #closeOnEscape(event: KeyboardEvent): void {
    if (event.key === "Escape") this.#closePanel();
  }

  async #copyLink(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.link);
    } catch {
      // No permission, no secure context, no focus: whatever it is, the person can copy it by hand.
      this.linkDialog.open();
      return;
    }
    this.announcer.say(this.strings.linkCopied);
    this.copied = true;
    setTimeout(() => (this.copied = false), copiedShownFor);
  }
}

/** Escape closes that first. */
function inDialog(event: Event): boolean {
  return event.composedPath().some((target) => target instanceof HTMLDialogElement);
}

/** Pressed in this call, or nowhere in particular on the page around it. */
function isOurs(event: Event, room: Room): boolean {
  const path = event.composedPath();
  return path.includes(room) || path[0] === document.body || path[0] === document.documentElement;
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-room": Room;
  }
}
