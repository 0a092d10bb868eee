import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, queryAll, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { defaultSpeaker } from "../../call/index.js";
import { base } from "../base.styles.js";
import { setSpeaker } from "../devices/sinks.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { PagePresence } from "../page-presence.js";

/** What pauses sound (a phone call, a headset pulled out) is not over at once; so long it waits before each attempt to start
 * it again (milliseconds). */
const restartAfter = 1_000;

/**
 * Plays what the others send, one element for each stream, apart from the tiles: sound goes on whatever is rendered, and is
 * started again when something else than this page paused it. Where the browser refuses to start by itself, a button asks the
 * person. Emits `speaker-refused` when the browser does not let the page use the chosen speaker.
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
        margin-bottom: var(--p-2);
        padding-block: var(--p-3);
        padding-inline: var(--p-5) var(--p-3);
        border-radius: var(--p-radius-large);
        background: var(--p-surface);
        box-shadow: var(--p-shadow-float);
      }
    `,
  ];

  @property({ attribute: false, hasChanged: differ }) streams: readonly MediaStream[] = [];
  /** The id of the speaker to play on; empty: the system's default. */
  @property() speaker = defaultSpeaker;

  /** What the browser will not play until the person asks. */
  @state() private refused: ReadonlySet<MediaStream> = new Set();
  @queryAll("audio") private elements!: NodeListOf<HTMLAudioElement>;
  #restartTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #presence = new PagePresence((visible) => {
    if (visible) this.#start();
  });
  readonly #handleDeviceChange = (): void => this.#restart();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#presence.watch();
    mediaDevices()?.addEventListener("devicechange", this.#handleDeviceChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#presence.end();
    mediaDevices()?.removeEventListener("devicechange", this.#handleDeviceChange);
    clearTimeout(this.#restartTimer);
  }

  override render(): TemplateResult {
    // `live`: Lit takes every object for a new one, and setting the same stream again would stop the sound.
    return html`${repeat(
      this.streams,
      (stream) => stream,
      (stream) => html`<audio .srcObject=${live(stream)} @pause=${() => this.#restart()}></audio>`,
    )}
    ${
      this.streams.some((stream) => this.refused.has(stream))
        ? html`<div class="refused" role="status">
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
    if (changed.has("streams") || changed.has("speaker")) void this.#choose();
    if (changed.has("streams")) this.#start();
  }

  async #choose(): Promise<void> {
    const { speaker } = this;
    try {
      await Promise.all([...this.elements].map((element) => setSpeaker(element, speaker)));
    } catch (error) {
      // Any other failure means that it has just been disconnected, which is noticed elsewhere.
      const refused = error instanceof DOMException && error.name === "NotAllowedError";
      if (refused && speaker === this.speaker && speaker !== defaultSpeaker) this.emit("speaker-refused");
    }
  }

  /** Later, because what paused the sound may pause it again at once. */
  #restart(): void {
    clearTimeout(this.#restartTimer);
    if (!this.isConnected) return;
    this.#restartTimer = setTimeout(() => this.#start(), restartAfter);
  }

  /** Each for itself: one that waits for its first packet must not hold up the others. */
  #start(): void {
    for (const element of this.elements) void this.#play(element, element.srcObject as MediaStream);
  }

  async #play(element: HTMLAudioElement, stream: MediaStream): Promise<void> {
    if (!element.paused || !stream.active) return;
    try {
      await element.play();
      this.#note(stream, false);
    } catch (error) {
      // Any other failure means that the stream ended or was replaced meanwhile, or that the system needs the sound itself.
      if (error instanceof DOMException && error.name === "NotAllowedError") this.#note(stream, true);
      else this.#restart();
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

function mediaDevices(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-remote-audio": RemoteAudio;
  }
}
