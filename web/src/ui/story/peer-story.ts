import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { ConnectionReading, PeerReading, StoryReading } from "../../call/story/reading.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { enStory, type StoryStrings } from "../strings/en-story.js";
import { channelFacts, flowFacts, keysFacts, pathFacts } from "./facts.js";
import { time } from "../figures.js";
import { connectionSteps } from "./steps.js";
import { storyStyles } from "./story.styles.js";
import "./log.js";
import "./sketch.js";
import "./timeline.js";
import "./unfold.js";

/** How the connections to one participant came about, and what the newest carries. */
@customElement("parley-peer-story")
export class PeerStory extends ParleyElement {
  static override styles = [
    base,
    storyStyles,
    css`
      :host {
        display: block;
      }

      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 var(--p-3);
      }

      h3 {
        min-width: 0;
        overflow-wrap: anywhere;
      }

      section {
        margin-top: var(--p-4);
        padding-top: var(--p-4);
        border-top: 1px solid var(--p-line);
      }

      .log {
        display: block;
        margin-top: var(--p-4);
        padding-top: var(--p-2);
        border-top: 1px solid var(--p-line);
      }
    `,
  ];

  @property({ attribute: false }) words: StoryStrings = enStory;
  @property({ attribute: false }) peer!: PeerReading;
  @property({ attribute: false }) signalling: StoryReading["signalling"] = [];

  override render(): TemplateResult | typeof nothing {
    const { words, peer } = this;
    const [newest, ...earlier] = peer.connections;
    if (!newest) return nothing;
    return html`<header>
        <h3><bdi>${peer.name}</bdi></h3>
        <span class="soft">${this.#label(newest)}</span>
      </header>
      ${
        newest.closedAt === null
          ? html`<parley-sketch
              .words=${words}
              .name=${peer.name}
              .signalling=${this.signalling}
              .connection=${newest}
            ></parley-sketch>`
          : nothing
      }
      ${this.#connection(newest)}
      ${
        earlier.length === 0
          ? nothing
          : html`<section>
              <h4>${words.earlier}</h4>
              <p class="soft">${words.earlierText}</p>
              ${repeat(
                earlier,
                ({ number }) => number,
                (connection) =>
                  html`<parley-unfold
                    .heading=${this.#label(connection)}
                    .content=${() => this.#connection(connection)}
                  ></parley-unfold>`,
              )}
            </section>`
      }`;
  }

  #label({ number, closedAt }: ConnectionReading): string {
    const { words } = this;
    return `${words.connection(number)}, ${closedAt === null ? words.current : words.ended(time(closedAt, words.language))}`;
  }

  #connection(connection: ConnectionReading): TemplateResult {
    const { words, peer } = this;
    return html`${this.#section(
        words.steps,
        null,
        html`<parley-timeline .words=${words} .steps=${connectionSteps(connection, words)}></parley-timeline>`,
        words.stepsGuide,
      )}
      ${
        connection.closedAt === null
          ? html`${this.#section(words.path, words.pathText, pathFacts(connection, peer.name, words), words.pathGuide)}
            ${this.#section(
              words.keys,
              words.keysText,
              keysFacts(connection.inspection?.keys ?? null, peer.name, words),
              words.keysGuide,
            )}
            ${this.#section(words.flows, words.flowsText, flowFacts(connection, words), words.flowsGuide)}
            ${this.#section(words.channel, words.channelText, channelFacts(connection, words), words.channelGuide)}`
          : nothing
      }
      <parley-unfold
        class="log heading"
        .heading=${words.log}
        .note=${String(connection.entries.length + connection.forgotten)}
        .content=${() =>
          html`<parley-story-log
            .words=${words}
            .entries=${connection.entries}
            .forgotten=${connection.forgotten}
          ></parley-story-log>`}
      ></parley-unfold>`;
  }

  #section(title: string, text: string | null, content: TemplateResult, guide: string): TemplateResult {
    const { words } = this;
    return html`<section>
      <h4>${title}</h4>
      ${text === null ? nothing : html`<p class="soft">${text}</p>`} ${content}
      <p class="guide">${words.guide(guide)}</p>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-peer-story": PeerStory;
  }
}
