import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import type { CallState } from "../../call/state.js";
import { base } from "../base.styles.js";
import { noDevice, noSpeaker, type ChosenDevice, type DeviceView, type SpeakerView } from "../devices/device-view.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { announcements } from "./announcements.js";
import type { Announcer } from "./announcer.js";
import { AwayNews } from "./away-news.js";
import type { Control, ControlBar, PanelName } from "./control-bar.js";
import type { LinkDialog } from "./link-dialog.js";
import type { StorySource } from "../story/story.js";
import { roomStyles } from "./room.styles.js";
import type { WaySource } from "./way.js";
import "../later.js";
import "../notices.js";
import "./announcer.js";
import "./control-bar.js";
import "./grid.js";
import "./link-dialog.js";
import "./panel.js";
import "./participants.js";
import "./remote-audio.js";
import "./settings.js";

/** The controls whose effect is outside this view. */
export type RoomAction = Exclude<Control, PanelName | "copy-link">;

const copiedShownFor = 2500;

/**
 * A call as it goes on. Emits `action` (a {@link RoomAction}), `dismiss` (the ids of notices), `choose` ({@link ChosenDevice}),
 * `speaker-refused`, and `picture` (the id of whose camera is seen for the first time).
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

  /** What "How this call works" reads. */
  @property({ attribute: false }) story: (StorySource & WaySource) | null = null;
  /** Address of the connection test. */
  @property() doctor = "";

  @state() private panel: PanelName | "story" | null = null;
  /** Whose connection the list of participants tells of. */
  @state() private detailed: string | null = null;
  @state() private copied = false;
  /** The panel from which the story was opened: its button gets the focus back. */
  #openedFrom: PanelName = "settings";
  @query("h1") private heading!: HTMLElement;
  @query("parley-announcer") private announcer!: Announcer;
  @query("parley-control-bar") private controls!: ControlBar;
  @query("parley-link-dialog") private linkDialog!: LinkDialog;

  readonly #awayNews = new AwayNews((words) => this.announcer.say(words));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#awayNews.close();
  }

  override render(): TemplateResult {
    const { strings, call } = this;
    const { local, remotes, phase } = call;
    const alone = phase.kind === "joined" && remotes.length === 0;
    return html`<h1 class="unseen" tabindex="-1">${strings.lobbyRoom(call.room)}</h1>
      <div class="people" @keydown=${this.#closeOnEscape}>
        <div class="stage">
          <parley-grid
            .strings=${strings}
            .local=${local}
            .remotes=${remotes}
            .invitation=${alone}
            @picture=${(event: CustomEvent<string>) => this.emit("picture", event.detail)}
            @details=${(event: CustomEvent<string>) => this.#showDetails(event.detail)}
          >
            ${alone ? this.#invitation() : nothing}
          </parley-grid>
          <div class="over">
            ${this.#status()}
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
          </div>
        </div>
        ${this.#panel()}
        <parley-announcer .strings=${strings}></parley-announcer>
      </div>
      <footer>
        <span class="where" aria-hidden="true">${call.room}</span>
        <parley-control-bar
          .strings=${strings}
          .media=${{ ...local.media, microphone: this.microphone.on, camera: this.camera.on }}
          .canShareScreen=${this.canShareScreen}
          .panel=${this.panel === "story" ? null : this.panel}
          .people=${remotes.length + 1}
          .copied=${this.copied}
          @control=${this.#control}
        ></parley-control-bar>
      </footer>
      <parley-link-dialog .strings=${strings} .link=${this.link}></parley-link-dialog>`;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    // The lobby is gone, and the focus with it: a screen reader goes on from here.
    this.heading.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has("call")) this.#awayNews.follow(this.call.remotes, this.strings);
    const before = changed.get("call");
    if (before === undefined) return;
    for (const words of announcements(before, this.call, this.strings)) this.announcer.say(words);
  }

  #status(): TemplateResult {
    const words = this.#statusWords();
    const look = this.call.phase.kind === "joining" ? "status calm" : "status";
    return html`<div role="status">
      ${words === null ? nothing : html`<div class=${look}>${icon("wait", "spin")}<span>${words}</span></div>`}
    </div>`;
  }

  #statusWords(): string | null {
    const { strings } = this;
    const { phase } = this.call;
    if (phase.kind === "joining") return strings.joiningCall;
    if (phase.kind !== "reconnecting") return null;
    return phase.overdue === null ? strings.reconnecting : strings.overdue(String(Math.round(phase.overdue / 1_000)));
  }

  #invitation(): TemplateResult {
    const { strings } = this;
    return html`<div class="invitation">
      <h2>${strings.aloneTitle}</h2>
      <p>${strings.aloneText}</p>
      <code dir="ltr">${shown(this.link)}</code>
    </div>`;
  }

  #panel(): TemplateResult | typeof nothing {
    const { strings, panel } = this;
    if (panel === null) return nothing;
    const headings = { participants: strings.participants, settings: strings.settings, story: strings.story };
    // Another panel is another element: it takes the focus anew.
    return html`${keyed(
      panel,
      html`<parley-panel .strings=${strings} class=${panel} .heading=${headings[panel]} @close=${this.#closePanel}>
        ${this.#content(panel)}
      </parley-panel>`,
    )}`;
  }

  #content(panel: PanelName | "story"): TemplateResult {
    const { strings, call } = this;
    switch (panel) {
      case "participants":
        return html`<parley-participants
            .strings=${strings}
            .local=${call.local}
            .remotes=${call.remotes}
            .detailed=${this.detailed}
            .ways=${this.story}
            @details=${(event: CustomEvent<string | null>) => (this.detailed = event.detail)}
          ></parley-participants>
          ${this.#storyOpener()}`;
      case "settings":
        return html`<parley-settings
            .strings=${strings}
            .microphone=${this.microphone}
            .camera=${this.camera}
            .speaker=${this.speaker}
            @choose=${(event: CustomEvent<ChosenDevice>) => this.emit("choose", event.detail)}
          ></parley-settings>
          ${this.#storyOpener()}`;
      case "story":
        return html`<parley-later .strings=${strings} .load=${() => this.#loadStory()}>
          <parley-story .strings=${strings} .source=${this.story}></parley-story>
        </parley-later>`;
    }
  }

  /** Reading loads a part of its own: both have to be there. */
  #loadStory(): Promise<unknown> {
    return Promise.all([import("../story/story.js"), this.story?.read()]);
  }

  #storyOpener(): TemplateResult {
    const { strings } = this;
    return html`<div class="story-opener">
      <button
        type="button"
        class="button"
        aria-describedby="story-text"
        @click=${() => {
          this.#openedFrom = this.panel === "participants" ? "participants" : "settings";
          this.panel = "story";
        }}
      >
        ${icon("story")}<span>${strings.story}</span>
      </button>
      <p id="story-text">${strings.storyText}</p>
    </div>`;
  }

  #control(event: CustomEvent<Control>): void {
    const control = event.detail;
    switch (control) {
      case "copy-link":
        void this.#copyLink();
        break;
      case "participants":
      case "settings":
        if (this.panel === control) this.#closePanel();
        else this.panel = control;
        break;
      default:
        this.emit("action", control satisfies RoomAction);
    }
  }

  #showDetails(participant: string): void {
    this.panel = "participants";
    this.detailed = participant;
  }

  #closePanel(): void {
    const { panel } = this;
    this.panel = null;
    this.detailed = null;
    if (panel !== null) this.controls.focusOpener(panel === "story" ? this.#openedFrom : panel);
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

/** The link as people read it: names in other scripts not as percent signs. */
function shown(link: string): string {
  try {
    return decodeURI(link);
  } catch {
    return link;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-room": Room;
  }
}
