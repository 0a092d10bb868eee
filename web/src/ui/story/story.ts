import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { StoryReading } from "../../call/story/reading.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { storyPart, type StoryStrings } from "../strings/en-story.js";
import { signallingSteps } from "./steps.js";
import { storyStyles } from "./story.styles.js";
import "./peer-story.js";
import "./timeline.js";

/** How often the browser is asked while somebody looks (milliseconds). */
const interval = 1_000;

/** What the panel reads from; {@link Call.story}. */
export interface StorySource {
  read(): Promise<StoryReading>;
}

/** How this very call works, as it happens. It is loaded when somebody opens it, and asks nothing of the browser once closed. */
@customElement("parley-story")
export class StoryView extends PartElement<StoryStrings> {
  static override styles = [
    base,
    storyStyles,
    css`
      :host {
        display: grid;
        gap: var(--p-4);
        padding: var(--p-4);
      }

      .card {
        padding: var(--p-4);
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius);
      }
    `,
  ];

  protected override readonly catalogue = storyPart;
  @property({ attribute: false }) source!: StorySource;
  @state() private reading: StoryReading | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => void this.#read(), interval);
    void this.updateComplete.then(() => this.#read());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override render(): TemplateResult {
    const { words, reading } = this;
    return html`<p class="soft">${words.intro}</p>
      ${
        reading === null
          ? nothing
          : html`<div class="card">
                <h3>${words.server}</h3>
                <p class="soft">${words.serverText}</p>
                <parley-timeline .words=${words} .steps=${signallingSteps(reading, words)}></parley-timeline>
                <p class="guide">${words.guide(words.serverGuide)}</p>
              </div>
              ${reading.peers.length === 0 ? html`<p class="card soft">${words.nobody}</p>` : nothing}
              ${repeat(
                inOrder(reading),
                ({ id }) => id,
                (peer) =>
                  html`<parley-peer-story
                    class="card"
                    .words=${words}
                    .peer=${peer}
                    .signalling=${reading.signalling}
                  ></parley-peer-story>`,
              )}`
      }`;
  }

  async #read(): Promise<void> {
    if (document.hidden && this.reading !== null) return;
    const reading = await this.source.read();
    if (this.isConnected) this.reading = reading;
  }
}

/** Those who are here before those who have gone, the newest first. */
function inOrder({ peers }: StoryReading): StoryReading["peers"] {
  const here = (peer: StoryReading["peers"][number]): boolean => peer.connections[0]?.closedAt === null;
  const newestFirst = [...peers].reverse();
  return [...newestFirst.filter(here), ...newestFirst.filter((peer) => !here(peer))];
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-story": StoryView;
  }
}
