import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { DescriptionText, JournalEntry } from "../../call/story/reading.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { enStory, type StoryStrings } from "../strings/en-story.js";
import { endpoint, time } from "../figures.js";
import { explainSdp, readCandidate } from "./sdp-lines.js";
import { storyStyles } from "./story.styles.js";
import "./unfold.js";

/** Everything that passed on one connection, newest first. */
@customElement("parley-story-log")
export class StoryLog extends ParleyElement {
  static override styles = [
    base,
    storyStyles,
    css`
      :host {
        display: block;
      }

      ol {
        margin-top: var(--p-2);
      }

      .plain {
        display: flex;
        gap: var(--p-2);
        align-items: baseline;
        min-height: 28px;
        padding-block: 2px;
        padding-inline: 15px 0;
        font-size: 0.8125rem;
      }

      .plain .words {
        flex: 1;
        min-width: 0;
      }

      .time {
        color: var(--p-text-soft);
      }
    `,
  ];

  @property({ attribute: false }) words: StoryStrings = enStory;
  @property({ attribute: false }) entries: readonly JournalEntry[] = [];
  @property({ type: Number }) forgotten = 0;

  override render(): TemplateResult {
    const { words } = this;
    return html`<p class="soft">${words.logText}</p>
      <ol role="list">
        ${repeat(
          [...this.entries].reverse(),
          ({ number }) => number,
          (entry) => html`<li>${this.#entry(entry)}</li>`,
        )}
      </ol>
      ${this.forgotten === 0 ? nothing : html`<p class="soft">${words.forgotten(this.forgotten)}</p>`}`;
  }

  #entry(entry: JournalEntry): TemplateResult {
    const { words } = this;
    switch (entry.kind) {
      case "offer":
      case "answer": {
        const notes = [
          entry.kind === "offer" ? words.entryOffer(entry.direction) : words.entryAnswer(entry.direction),
          entry.again ? words.again : null,
          entry.restart ? words.restarts : null,
          entry.collision && words[entry.collision],
        ].filter((note) => note !== null);
        return this.#unfold(entry.at, notes.join("; "), () => description(entry.text, words));
      }
      case "candidate": {
        const title = words.entryCandidate(entry.direction);
        const fields = readCandidate(entry.text);
        if (!fields) return this.#plain(entry.at, `${title}: ${entry.text === "" ? words.endOfCandidates : "?"}`);
        const { type, protocol, address, port, priority } = fields;
        return this.#unfold(
          entry.at,
          `${title}: ${type} ${protocol} ${endpoint(address, port)}`,
          () =>
            html`<p class="soft">${words.fieldsOfCandidate(words.candidateTypes[typeOf(type)], priority)}</p>
              <p><code>${entry.text}</code></p>`,
        );
      }
      case "pair":
        return this.#unfold(
          entry.at,
          words.pair,
          () =>
            html`<p class="soft">${words.yourEnd}</p>
              <p><code>${entry.local}</code></p>
              <p class="soft">${words.theOtherEnd}</p>
              <p><code>${entry.remote}</code></p>`,
        );
      case "state":
        return this.#plain(entry.at, `${words.machines[entry.of]}: ${entry.state}`);
      case "packet":
        return this.#plain(entry.at, words.firstPacket(entry.media));
      case "frame":
        return this.#plain(entry.at, words.firstFrame);
    }
  }

  #unfold(at: number, heading: string, content: () => TemplateResult): TemplateResult {
    return html`<parley-unfold
      .heading=${heading}
      .note=${time(at, this.words.language)}
      .content=${content}
    ></parley-unfold>`;
  }

  #plain(at: number, text: string): TemplateResult {
    return html`<div class="plain">
      <span class="words">${text}</span><span class="time">${time(at, this.words.language)}</span>
    </div>`;
  }
}

function description({ sdp, length }: DescriptionText, words: StoryStrings): TemplateResult {
  if (sdp === null) return html`<p class="soft">${words.textForgotten(length)}</p>`;
  return html`<parley-sdp .words=${words} .sdp=${sdp}></parley-sdp>
    ${sdp.length < length ? html`<p class="soft">${words.textCut(length)}</p>` : nothing}`;
}

function typeOf(type: string): keyof StoryStrings["candidateTypes"] {
  return type === "srflx" || type === "prflx" || type === "relay" ? type : "host";
}

/** A session description with a word beside each kind of line. */
@customElement("parley-sdp")
export class SessionDescription extends ParleyElement {
  static override styles = [
    base,
    storyStyles,
    css`
      ol {
        padding: var(--p-2) var(--p-3);
        border-radius: var(--p-radius-small);
        background: var(--p-ground);
      }

      li {
        padding: 1px 0;
        line-height: 1.35;
      }

      .section {
        margin-top: var(--p-3);
        padding-top: var(--p-3);
        border-top: 1px solid var(--p-line);
        font-weight: 700;
      }

      .soft {
        margin: 0 0 var(--p-1);
        font-size: 0.75rem;
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) words: StoryStrings = enStory;
  @property() sdp = "";

  override render(): TemplateResult {
    return html`<ol role="list">
      ${explainSdp(this.sdp, this.words.sdp).map(
        ({ text, words, section }) =>
          html`<li class=${section ? "section" : nothing}>
            <code>${text}</code>${words === null ? nothing : html`<p class="soft">${words}</p>`}
          </li>`,
      )}
    </ol>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-story-log": StoryLog;
    "parley-sdp": SessionDescription;
  }
}
