import { css, html, svg, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Quality } from "../../call/index.js";
import type { RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { bitrate, duration } from "../figures.js";
import { type QualityStrings, qualityPart } from "../strings/en-quality.js";
import { number } from "../strings/in-words.js";
import { lineOf, type Plot, type PlotName, plotsOf } from "./series.js";
import { percent } from "./words.js";

const interval = 2_000;
const capacity = 60;
const width = 300;
const height = 64;

/** What the connection to one participant carried in the last two minutes, drawn. Looks while it is shown, and no longer. */
@customElement("parley-statistics")
export class Statistics extends PartElement<QualityStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--p-4);
        padding: var(--p-4);
      }

      section {
        display: grid;
        gap: var(--p-1);
      }

      h3 {
        margin: 0;
        font-size: 0.9375rem;
      }

      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--p-4);
        margin: 0;
        font-size: 0.8125rem;
        font-variant-numeric: tabular-nums;
      }

      dl div {
        display: flex;
        gap: var(--p-2);
        align-items: center;
      }

      dt {
        color: var(--p-text-soft);
      }

      dt::before {
        content: "";
        display: inline-block;
        width: 14px;
        margin-inline-end: 6px;
        border-top: 3px solid var(--p-accent);
        vertical-align: middle;
      }

      dt.sent::before {
        border-top-style: dotted;
        border-top-color: var(--p-text);
      }

      dd {
        margin: 0;
        font-weight: 600;
      }

      figure {
        position: relative;
        margin: 0;
      }

      svg {
        display: block;
        width: 100%;
        height: 72px;
        border-bottom: 1px solid var(--p-line-strong);
        background: var(--p-ground);
        border-radius: 6px 6px 0 0;
        /* Time goes on from left to right in every language, as in what people know. */
        direction: ltr;
      }

      path {
        fill: none;
        stroke: var(--p-accent);
        stroke-width: 2px;
        stroke-linecap: round;
        stroke-linejoin: round;
        vector-effect: non-scaling-stroke;
      }

      path.sent {
        stroke: var(--p-text);
        stroke-dasharray: 1 4;
      }

      .top {
        position: absolute;
        top: 2px;
        inset-inline-start: 6px;
        color: var(--p-text-soft);
        font-size: 0.6875rem;
      }

      .soft {
        color: var(--p-text-soft);
        font-size: 0.8125rem;
      }
    `,
  ];

  protected override readonly catalogue = qualityPart;

  @property({ attribute: false }) quality!: Quality;
  @property({ attribute: false }) remotes: readonly RemoteParticipant[] = [];
  @state() private chosen: string | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (!document.hidden) this.requestUpdate();
    }, interval);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override render(): TemplateResult {
    const { remotes } = this;
    const participant = remotes.find(({ id }) => id === this.chosen) ?? remotes[0];
    if (!participant) return html`<p class="soft">${this.words.nobody}</p>`;
    const samples = this.quality.history(participant.id);
    return html`<div>
        <label class="label" for="who">${this.words.connectionTo}</label>
        <select id="who" class="field" @change=${this.#choose}>
          ${remotes.map(
            ({ id, name }) => html`<option value=${id} ?selected=${id === participant.id}>${name}</option>`,
          )}
        </select>
      </div>
      ${
        samples.length === 0
          ? html`<p class="soft" role="status">${this.words.collecting}</p>`
          : html`<p class="soft">${this.words.lastMinutes}</p>
              ${plotsOf(samples).map((plot) => this.#plot(plot))}`
      }`;
  }

  #plot({ name, sent, received, top }: Plot): TemplateResult {
    const title = this.words.plots[name];
    const shown = (values: readonly (number | null)[]): string => {
      const newest = values.at(-1) ?? null;
      return newest === null ? this.words.none : this.#figure(name, newest);
    };
    const series = [
      ...(sent === null ? [] : [{ name: this.words.sent, look: "sent", values: sent }]),
      { name: sent === null ? title : this.words.received, look: "received", values: received },
    ];
    const said = series.map((each) => this.words.series(each.name, shown(each.values))).join(", ");
    const box = { top, width, height, capacity };
    return html`<section data-plot=${name}>
      <h3>${title}</h3>
      <dl>
        ${series.map(
          (each) =>
            html`<div>
              <dt class=${each.look}>${each.name}</dt>
              <dd data-value>${shown(each.values)}</dd>
            </div>`,
        )}
      </dl>
      <figure>
        <span class="top" aria-hidden="true">${this.#figure(name, top)}</span>
        <svg
          viewBox="-2 -2 ${width + 4} ${height + 4}"
          preserveAspectRatio="none"
          role="img"
          aria-label=${this.words.plot(title, said)}
        >
          ${[...series].reverse().map((each) => svg`<path class=${each.look} d=${lineOf(each.values, box)}></path>`)}
        </svg>
      </figure>
    </section>`;
  }

  #figure(name: PlotName, value: number): string {
    const { words, strings } = this;
    switch (name) {
      case "bitrate":
        return bitrate(value, strings.language);
      case "loss":
        return percent(value, words, strings.language);
      case "roundTrip":
        return duration(value * 1_000, strings.language);
      case "frameRate":
        return words.frames(number(strings.language, Math.round(value)));
      case "resolution":
        return words.lines(number(strings.language, Math.round(value)));
    }
  }

  #choose(event: Event): void {
    if (event.target instanceof HTMLSelectElement) this.chosen = event.target.value;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-statistics": Statistics;
  }
}
