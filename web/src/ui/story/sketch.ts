import { css, html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ConnectionReading, StoryReading } from "../../call/story/reading.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { enStory, type StoryStrings } from "../strings/en-story.js";
import { duration } from "../figures.js";
import { signallingNow } from "./steps.js";
import { storyStyles } from "./story.styles.js";

/** The triangle of every call: messages by way of the server, sound and picture straight across, or through a relay. */
@customElement("parley-sketch")
export class Sketch extends ParleyElement {
  static override styles = [
    base,
    storyStyles,
    css`
      :host {
        display: block;
        margin-top: var(--p-3);
      }

      figure {
        position: relative;
        height: 148px;
        margin: 0;
        font-size: 0.8125rem;
      }

      svg {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }

      path {
        fill: none;
        stroke: var(--p-line-strong);
        stroke-width: 1.5px;
        vector-effect: non-scaling-stroke;
      }

      .loose {
        stroke-dasharray: 3 5;
      }

      .media {
        stroke: var(--p-accent);
        stroke-width: 4px;
      }

      .media.loose {
        stroke: var(--p-line-strong);
        stroke-width: 2px;
      }

      span {
        position: absolute;
        transform: translate(-50%, -50%);
        white-space: nowrap;
      }

      .node {
        max-width: 40%;
        padding: 5px 12px;
        overflow: hidden;
        border-radius: var(--p-radius-full);
        background: var(--p-raised);
        font-weight: 600;
        text-overflow: ellipsis;
      }

      .server {
        top: 12%;
        left: 50%;
      }

      .you {
        top: 72%;
        left: 0;
        transform: translate(0, -50%);
      }

      .them {
        top: 72%;
        right: 0;
        transform: translate(0, -50%);
      }

      .relay {
        top: 72%;
        left: 50%;
      }

      .words {
        padding: 0 var(--p-1);
        background: var(--p-surface);
        color: var(--p-text-soft);
        font-size: 0.75rem;
      }

      .signalling {
        top: 42%;
        left: 28%;
      }

      .path {
        bottom: 0;
        left: 50%;
        transform: translate(-50%, 0);
      }
    `,
  ];

  @property({ attribute: false }) words: StoryStrings = enStory;
  @property({ attribute: false }) signalling: StoryReading["signalling"] = [];
  @property({ attribute: false }) connection!: ConnectionReading;
  /** Of whom the connection leads to. */
  @property() name = "";

  override render(): TemplateResult {
    const { words, connection, name } = this;
    const path = connection.inspection?.path ?? null;
    const connected = connection.states?.connection === "connected" && path !== null;
    const relayed = connected && (path.local.type === "relay" || path.remote.type === "relay");
    const transport = signallingNow(this.signalling);
    const signalling = words.transports[transport ?? "none"];
    const way = connected
      ? [
          path.local.protocol?.toUpperCase(),
          relayed ? words.relayed : words.direct,
          path.roundTrip === null ? null : duration(path.roundTrip, this.words.language),
        ]
          .filter((part) => part != null)
          .join(", ")
      : `${words.machines.ice}: ${connection.states?.ice ?? words.notYet}`;
    return html`<figure role="img" aria-label=${words.sketch(name, signalling, way)}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path class=${transport ? "" : "loose"} d="M6 72 50 12"/><path class="loose" d="M50 12 94 72"/>
          <path class=${connected ? "media" : "media loose"} d="M6 72H94"/>`}
      </svg>
      <span class="node server">${words.serverNode}</span>
      <span class="node you">${words.youNode}</span>
      <span class="node them"><bdi>${name}</bdi></span>
      ${relayed ? html`<span class="node relay">${words.relayNode}</span>` : nothing}
      <span class="words signalling">${signalling}</span>
      <span class="words path">${way}</span>
    </figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-sketch": Sketch;
  }
}
