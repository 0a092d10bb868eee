import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { LocalParticipant, MediaState, RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon, type IconName } from "../icons.js";
import { initials, nameColour } from "./initials.js";

/** Who is here and what each one sends. */
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
        align-items: center;
        gap: var(--p-3);
        min-height: 56px;
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

  override render(): TemplateResult {
    const { strings, local, remotes } = this;
    return html`<ul role="list">
      ${this.#row(local.name, strings.withYou(local.name), local.media, false)}
      ${repeat(
        remotes,
        (remote) => remote.id,
        (remote) => this.#row(remote.name, remote.name, remote.media, remote.away),
      )}
    </ul>`;
  }

  #row(name: string, label: string, media: MediaState, away: boolean): TemplateResult {
    const { strings } = this;
    return html`<li>
      <span class="avatar" aria-hidden="true" .style=${`background:${nameColour(name)}`}>${initials(name)}</span>
      <span class="name">
        <bdi>${label}</bdi>
        ${away ? html`<span class="away">${strings.interrupted}</span>` : nothing}
      </span>
      <span class="states">
        ${media.screen ? html`<span class="sharing">${state("screen", strings.sharing)}</span>` : nothing}
        ${media.microphone ? state("microphone", strings.unmuted) : state("microphoneOff", strings.muted)}
        ${media.camera ? state("camera", strings.cameraIsOn) : state("cameraOff", strings.cameraNotOn)}
      </span>
    </li>`;
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
