import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import type { CallState } from "../../call/state.js";
import { base } from "../base.styles.js";
import { noDevice, noSpeaker, type ChosenDevice, type DeviceView, type SpeakerView } from "../devices/device-view.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { loadDoors } from "../load-doors.js";
import { loadFiles } from "../load-files.js";
import { loadQuality } from "../load-quality.js";
import type { PanelName } from "./panel-name.js";
import type { RoomSession } from "./session.js";
import "../later.js";
import "./panel.js";
import "./participants.js";

/**
 * What is open beside the tiles. Emits `close`, `open` (a {@link PanelName}, of one that is to take its place), `details` (whose
 * connection to tell of; null: nobody's), `manage` (whom a host wants to do something about; null: nobody), `send` (files), `shortcuts` (their list is wanted) and `choose` ({@link ChosenDevice}).
 */
@customElement("parley-room-panel")
export class RoomPanel extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        min-width: 0;
        min-height: 0;
      }

      .filling {
        display: block;
        height: 100%;
      }

      .story-opener {
        display: grid;
        gap: var(--p-2);
        margin: var(--p-2) var(--p-4) var(--p-4);
        padding-top: var(--p-4);
        border-top: 1px solid var(--p-line);
      }

      .story-opener p {
        color: var(--p-text-soft);
        font-size: 0.8125rem;
        text-wrap: pretty;
      }
    `,
  ];

  @property({ attribute: false }) panel!: PanelName;
  @property({ attribute: false }) call!: CallState;
  @property({ attribute: false }) session!: RoomSession;
  @property({ attribute: false }) microphone: DeviceView = noDevice;
  @property({ attribute: false }) camera: DeviceView = noDevice;
  @property({ attribute: false }) speaker: SpeakerView = noSpeaker;
  /** Whose connection the list of participants tells of. */
  @property() detailed: string | null = null;
  /** About whom a host wants to do something. */
  @property() managed: string | null = null;

  override render(): TemplateResult {
    const { strings, panel } = this;
    const headings: Record<PanelName, string> = {
      chat: strings.chat,
      participants: strings.participants,
      settings: strings.settings,
      statistics: strings.statistics,
      story: strings.story,
      files: strings.files,
      host: strings.hostControls,
    };
    // Another panel is another element: it takes the focus anew.
    return html`${keyed(
      panel,
      html`<parley-panel
        .strings=${strings}
        .heading=${headings[panel]}
        .filled=${panel === "chat"}
        @close=${() => this.emit("close")}
      >
        ${this.#content(panel)}
      </parley-panel>`,
    )}`;
  }

  #content(panel: PanelName): TemplateResult {
    const { strings, call, session } = this;
    switch (panel) {
      case "chat":
        return html`<parley-later class="filling" .strings=${strings} .load=${() => this.#loadChat()}>
          <parley-chat .strings=${strings} .chat=${session.chat} .remotes=${call.remotes}></parley-chat>
        </parley-later>`;
      case "participants":
        return html`<parley-participants
            .strings=${strings}
            .local=${call.local}
            .remotes=${call.remotes}
            .detailed=${this.detailed}
            .ways=${session.story}
            .quality=${session.quality}
            .managed=${this.managed}
            .hosting=${session.hosting}
            @manage=${(event: CustomEvent<string | null>) => this.emit("manage", event.detail)}
            @details=${(event: CustomEvent<string | null>) => this.emit("details", event.detail)}
          ></parley-participants>
          ${this.#storyOpener()}`;
      case "settings":
        return html`<parley-later .strings=${strings} .load=${loadSettings}>
            <parley-settings
              .strings=${strings}
              .microphone=${this.microphone}
              .camera=${this.camera}
              .speaker=${this.speaker}
              @choose=${(event: CustomEvent<ChosenDevice>) => this.emit("choose", event.detail)}
              @shortcuts=${() => this.emit("shortcuts")}
            ></parley-settings>
            <parley-quality-settings .strings=${strings} .quality=${session.quality}></parley-quality-settings>
          </parley-later>
          ${this.#storyOpener()}`;
      case "host":
        return html`<parley-later .strings=${strings} .load=${loadDoors}>
          <parley-host .strings=${strings} .hosting=${session.hosting}></parley-host>
        </parley-later>`;
      case "files":
        return html`<parley-later .strings=${strings} .load=${loadFiles}>
          <parley-files
            .strings=${strings}
            .files=${session.files}
            @send=${(event: CustomEvent<readonly File[]>) => this.emit("send", event.detail)}
          ></parley-files>
        </parley-later>`;
      case "statistics":
        return html`<parley-later .strings=${strings} .load=${loadQuality}>
          <parley-statistics
            .strings=${strings}
            .quality=${session.quality}
            .remotes=${call.remotes}
          ></parley-statistics>
        </parley-later>`;
      case "story":
        return html`<parley-later .strings=${strings} .load=${() => this.#loadStory()}>
          <parley-story .strings=${strings} .source=${session.story}></parley-story>
        </parley-later>`;
    }
  }

  #loadChat(): Promise<unknown> {
    return Promise.all([import("../chat/chat.js"), this.session.chat.ready()]);
  }

  /** Reading loads a part of its own: both have to be there. */
  #loadStory(): Promise<unknown> {
    return Promise.all([import("../story/story.js"), this.session.story.read()]);
  }

  #storyOpener(): TemplateResult {
    const { strings } = this;
    return html`<div class="story-opener">
      <button type="button" class="button" aria-describedby="story-text" @click=${() => this.emit("open", "story")}>
        ${icon("story")}<span>${strings.story}</span>
      </button>
      <p id="story-text">${strings.storyText}</p>
    </div>`;
  }
}

function loadSettings(): Promise<unknown> {
  return Promise.all([import("./settings.js"), loadQuality()]);
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-room-panel": RoomPanel;
  }
}
