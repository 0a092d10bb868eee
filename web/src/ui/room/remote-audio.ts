import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, queryAll, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";

/**
 * Plays what the others send, one element for each stream, apart from the tiles: sound goes on whatever is rendered.
 * Where the browser refuses to start by itself, a button asks the person.
 */
@customElement("parley-remote-audio")
export class RemoteAudio extends ParleyElement {
  static override styles = [
    base,
    css`
      .refused {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: var(--p-2) var(--p-4);
        padding: var(--p-3) var(--p-3) var(--p-3) var(--p-5);
        border-radius: var(--p-radius-large);
        background: var(--p-surface);
        box-shadow: var(--p-shadow-float);
      }
    `,
  ];

  @property({ attribute: false, hasChanged: differ }) streams: readonly MediaStream[] = [];

  /** What the browser will not play until the person asks. */
  @state() private refused: ReadonlySet<MediaStream> = new Set();
  @queryAll("audio") private elements!: NodeListOf<HTMLAudioElement>;

  override render(): TemplateResult {
    // `live`: Lit takes every object for a new one, and setting the same stream again would stop the sound.
    return html`${repeat(
      this.streams,
      (stream) => stream,
      (stream) => html`<audio .srcObject=${live(stream)}></audio>`,
    )}
    ${
      this.streams.some((stream) => this.refused.has(stream))
        ? html`<div class="refused" role="alert">
            <span>${this.strings.audioRefused}</span>
            <button type="button" class="button primary" @click=${() => this.#start()}>
              ${icon("sound")}${this.strings.startAudio}
            </button>
          </div>`
        : nothing
    }`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("streams")) this.#start();
  }

  /** Each for itself: one that waits for its first packet must not hold up the others. */
  #start(): void {
    for (const element of this.elements) void this.#play(element, element.srcObject as MediaStream);
  }

  async #play(element: HTMLAudioElement, stream: MediaStream): Promise<void> {
    if (!element.paused) return;
    try {
      await element.play();
      this.#note(stream, false);
    } catch (error) {
      // Any other failure means that the stream ended or was replaced meanwhile; its successor is started on its own.
      if (error instanceof DOMException && error.name === "NotAllowedError") this.#note(stream, true);
    }
  }

  #note(stream: MediaStream, refused: boolean): void {
    if (this.refused.has(stream) === refused) return;
    const next = new Set(this.refused);
    if (refused) next.add(stream);
    else next.delete(stream);
    this.refused = next;
  }
}

function differ(next: readonly MediaStream[], before: readonly MediaStream[] | undefined): boolean {
  return next.length !== before?.length || next.some((stream, index) => stream !== before[index]);
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-remote-audio": RemoteAudio;
  }
}
