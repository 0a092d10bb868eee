import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { WayReading } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { duration } from "../figures.js";

/** What tells how somebody is connected; {@link Call.story}. */
export interface WaySource {
  readWay(participantId: string): Promise<WayReading | null>;
}

/** How often the browser is asked while somebody looks (milliseconds). */
const interval = 1_000;

/** How one participant is connected at the moment. Asks the browser while it is shown, and no longer. */
@customElement("parley-way")
export class Way extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-height: 1.5em;
        font-size: 0.875rem;
      }

      p + p {
        color: var(--p-text-soft);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) source!: WaySource;
  @property() participant = "";
  @state() private way: WayReading | null | undefined;
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
    const { strings, way } = this;
    // Nothing while nothing is known; the words of the way are read aloud, its times are not.
    if (way === undefined) return html`<p role="status"></p>`;
    return html`<p role="status">${way === null ? strings.noWay : this.#words(way)}</p>
      ${way?.roundTrip == null ? "" : html`<p>${strings.roundTrip(duration(way.roundTrip, strings.language))}</p>`}`;
  }

  #words({ kind, protocol }: WayReading): string {
    const { strings } = this;
    return protocol === null ? strings.ways[kind] : strings.relayedThrough(protocol.toUpperCase());
  }

  async #read(): Promise<void> {
    if (document.hidden && this.way !== undefined) return;
    try {
      this.way = await this.source.readWay(this.participant);
    } catch {
      // What reads it could not be loaded, because the server is away: it is tried again at the next turn.
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-way": Way;
  }
}
