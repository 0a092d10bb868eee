import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state as internal } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Hosting } from "../../call/doors/hosting.js";
import type { Quality } from "../../call/index.js";
import type { LocalParticipant, RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon, type IconName } from "../icons.js";
import { loadDoors } from "../load-doors.js";
import { handPlace } from "./hands.js";
import { initials, nameColour } from "./initials.js";
import { loadQuality } from "../load-quality.js";
import type { WaySource } from "./way.js";
import "../later.js";
import "./way.js";

/**
 * Who is here, raised hands first, what each one sends, and, if asked, how each one is connected, or what a host can do about them.
 * Emits `details` and `manage` (an id; null: nobody's).
 */
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

      parley-way,
      parley-later {
        flex: 1 0 100%;
        padding: 0 0 var(--p-3) calc(36px + var(--p-3));
      }

      .quality {
        flex: 1 0 100%;
        min-width: 0;
        padding-inline-start: calc(36px + var(--p-3));
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

      /* Where it is narrow, what stands beside a name goes below it. */
      .name {
        flex: 1 1 6rem;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      .side {
        display: flex;
        align-items: center;
        gap: var(--p-3);
        margin-inline-start: auto;
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

      .role,
      .away {
        display: block;
        color: var(--p-text-soft);
        font-size: 0.8125rem;
      }

      .hand {
        display: flex;
        align-items: center;
        gap: 4px;
        color: var(--p-accent);
        font-size: 0.875rem;
        font-weight: 600;
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
  /** About whom a host wants to do something; null: nobody. */
  @property() managed: string | null = null;
  @property({ attribute: false }) hosting: Hosting | null = null;
  @property({ attribute: false }) quality: Quality | null = null;

  /** The person's own connection is told of. */
  @internal() private ownDetailed = false;

  override render(): TemplateResult {
    const { strings, local, remotes } = this;
    return html`<ul role="list">
      <li>
        ${this.#row(local, strings.withYou(local.name), false, this.#ownButton())}
        ${this.ownDetailed ? this.#pairQuality(null, "") : nothing}
      </li>
      ${repeat(
        inOrder(remotes),
        (remote) => remote.id,
        (remote) =>
          html`<li>
            ${this.#row(remote, remote.name, remote.away, html`${this.#manageButton(remote)} ${this.#detailsButton(remote)}`)}
            ${this.#details(remote)} ${this.#manage(remote)}
          </li>`,
      )}
    </ul>`;
  }

  #row(
    participant: LocalParticipant | RemoteParticipant,
    label: string,
    away: boolean,
    buttons: TemplateResult | typeof nothing,
  ): TemplateResult {
    const { strings } = this;
    const { name, media, role, hand } = participant;
    const place = handPlace(hand, [this.local, ...this.remotes]);
    return html`<span class="avatar" aria-hidden="true" .style=${`background:${nameColour(name)}`}
        >${initials(name)}</span
      >
      <span class="name">
        <bdi>${label}</bdi>
        ${role === "host" ? html`<span class="role">${strings.host}</span>` : nothing}
        ${away ? html`<span class="away">${strings.interrupted}</span>` : nothing}
      </span>
      <span class="side"
        >${
          place === null
            ? nothing
            : html`<span class="hand">
                ${icon("hand")}<span aria-hidden="true">${place}</span>
                <span class="unseen">${strings.handRaised(place)}</span>
              </span>`
        }
        <span class="states">
          ${media.screen ? html`<span class="sharing">${state("screen", strings.sharing)}</span>` : nothing}
          ${media.microphone ? state("microphone", strings.unmuted) : state("microphoneOff", strings.muted)}
          ${media.camera ? state("camera", strings.cameraIsOn) : state("cameraOff", strings.cameraNotOn)} </span
        >${buttons}</span
      >`;
  }

  #manageButton({ id, name }: RemoteParticipant): TemplateResult | typeof nothing {
    if (this.hosting === null || this.local.role !== "host") return nothing;
    const open = this.managed === id;
    return html`<button
      type="button"
      class="details"
      aria-label=${this.strings.manage(name)}
      aria-expanded=${open}
      @click=${() => this.emit("manage", open ? null : id)}
    >
      ${icon("shield")}
    </button>`;
  }

  #manage(participant: RemoteParticipant): TemplateResult | typeof nothing {
    if (this.managed !== participant.id || this.hosting === null || this.local.role !== "host") return nothing;
    return html`<parley-later .strings=${this.strings} .load=${loadDoors}>
      <parley-manage
        @answered=${this.#goOn}
        .strings=${this.strings}
        .hosting=${this.hosting}
        .participant=${participant}
      ></parley-manage>
    </parley-later>`;
  }

  /** Whom the focus was at is gone. */
  #goOn(): void {
    this.renderRoot.querySelector<HTMLElement>(".details")?.focus();
  }

  #detailsButton({ id, name }: RemoteParticipant): TemplateResult | typeof nothing {
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
    </button>`;
  }

  #details({ id, name }: RemoteParticipant): TemplateResult | typeof nothing {
    if (this.ways === null || this.detailed !== id) return nothing;
    return html`<parley-way .strings=${this.strings} .source=${this.ways} .participant=${id}></parley-way>
      ${this.#pairQuality(id, name)}`;
  }

  #ownButton(): TemplateResult | typeof nothing {
    if (this.quality === null) return nothing;
    return html`<button
      type="button"
      class="details"
      aria-label=${this.strings.ownConnection}
      aria-expanded=${this.ownDetailed}
      @click=${() => (this.ownDetailed = !this.ownDetailed)}
    >
      ${icon("path")}
    </button>`;
  }

  #pairQuality(participant: string | null, name: string): TemplateResult | typeof nothing {
    const { strings, quality } = this;
    if (quality === null) return nothing;
    return html`<parley-later class="quality" .strings=${strings} .load=${loadQuality}>
      <parley-pair-quality
        .strings=${strings}
        .quality=${quality}
        .participant=${participant}
        .name=${name}
      ></parley-pair-quality>
    </parley-later>`;
  }
}

/** Raised hands first, in their order; the rest as they came. */
function inOrder(remotes: readonly RemoteParticipant[]): readonly RemoteParticipant[] {
  return [...remotes].sort((a, b) => (a.hand ?? Infinity) - (b.hand ?? Infinity) || 0);
}

function state(name: IconName, words: string): TemplateResult {
  return html`<span>${icon(name)}<span class="unseen">${words}</span></span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-participants": Participants;
  }
}
