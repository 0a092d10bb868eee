import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { LocalParticipant, MediaState, RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon, type IconName } from "../icons.js";
import { initials, nameColour } from "./initials.js";
import type { WaySource } from "./way.js";
import "./way.js";

/** Who is here, what each one sends, and, if asked, how each one is connected. Emits `details` (an id; null: nobody's). */
@customElement("parley-participants")
export class Participants extends ParleyElement {
  static override styles = [
    base,
    css`
      ul {
        padding: var(--p-2) var(--p-4);
        list-style: none;
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--p-3);
        min-height: 56px;
      }

      parley-way {
        flex: 1 0 100%;
        padding: 0 0 var(--p-3) calc(36px + var(--p-3));
      }

      .details {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        margin: 0 calc(-1 * var(--p-2)) 0 calc(-1 * var(--p-2));
        border: 0;
        border-radius: 50%;
        background: none;
        color: var(--p-text-soft);
        cursor: pointer;
      }

      .details:hover,
      .details[aria-expanded="true"] {
        background: var(--p-raised);
        color: var(--p-text);
      }

      .details .icon {
        width: 19px;
        height: 19px;
      }

      .avatar {
        display: grid;
        flex: none;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        color: #fff;
        font-size: 0.8125rem;
        font-weight: 600;
      }

      .name {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      .states {
        display: flex;
        gap: var(--p-2);
        color: var(--p-text-soft);
      }

      .states .icon {
        width: 19px;
        height: 19px;
      }

      .away {
        display: block;
        color: var(--p-text-soft);
        font-size: 0.8125rem;
      }

      .sharing {
        color: var(--p-accent);
      }
    `,
  ];

  @property({ attribute: false }) local!: LocalParticipant;
  @property({ attribute: false }) remotes: readonly RemoteParticipant[] = [];

  /** Whose connection is told of; null: nobody's. */
  @property() detailed: string | null = null;
  @property({ attribute: false }) ways: WaySource | null = null;

  override render(): TemplateResult {
    const { strings, local, remotes } = this;
    return html`<ul role="list">
      <li>${this.#row(local.name, strings.withYou(local.name), local.media, false)}</li>
      ${repeat(
        remotes,
        (remote) => remote.id,
        (remote) =>
          html`<li>${this.#row(remote.name, remote.name, remote.media, remote.away)} ${this.#details(remote)}</li>`,
      )}
    </ul>`;
  }

  #row(name: string, label: string, media: MediaState, away: boolean): TemplateResult {
    const { strings } = this;
    return html`<span class="avatar" aria-hidden="true" .style=${`background:${nameColour(name)}`}
        >${initials(name)}</span
      >
      <span class="name">
        <bdi>${label}</bdi>
        ${away ? html`<span class="away">${strings.interrupted}</span>` : nothing}
      </span>
      <span class="states">
        ${media.screen ? html`<span class="sharing">${state("screen", strings.sharing)}</span>` : nothing}
        ${media.microphone ? state("microphone", strings.unmuted) : state("microphoneOff", strings.muted)}
        ${media.camera ? state("camera", strings.cameraIsOn) : state("cameraOff", strings.cameraNotOn)}
      </span>`;
  }

  #details({ id, name }: RemoteParticipant): TemplateResult | typeof nothing {
    if (this.ways === null) return nothing;
    const open = this.detailed === id;
    return html`<button
        type="button"
        class="details"
        aria-label=${this.strings.details(name)}
        aria-expanded=${open}
        @click=${() => this.emit("details", open ? null : id)}
      >
        ${icon("path")}
      </button>
      ${
        open
          ? html`<parley-way .strings=${this.strings} .source=${this.ways} .participant=${id}></parley-way>`
          : nothing
      }`;
  }
}

function state(name: IconName, words: string): TemplateResult {
  return html`<span>${icon(name)}<span class="unseen">${words}</span></span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-participants": Participants;
  }
}
