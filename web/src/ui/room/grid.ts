import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { LocalParticipant, RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { roomLayout, type Rect, type RoomLayout, type Size } from "./layout.js";
import "./tile.js";

/**
 * Everyone in the room, and what they share, arranged to fill the space there is.
 *
 * The tiles keep their places in the tree whatever their places on the screen are, so a picture never restarts because
 * somebody else came, left or shared. One's own shared screen lies among the cameras: who shares wants to see the people. Emits
 * `picture` (the id of whose camera is seen for the first time) and `details` (the id of whose connection is asked about).
 */
@customElement("parley-grid")
export class Grid extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        position: relative;
        display: block;
        min-width: 0;
        min-height: 0;
        overflow: hidden;
      }
    `,
  ];

  @property({ attribute: false }) local!: LocalParticipant;
  @property({ attribute: false }) remotes: readonly RemoteParticipant[] = [];
  /** Keeps a place among the tiles free for what the surrounding component slots in. */
  @property({ type: Boolean }) invitation = false;

  @state() private size: Size = { width: 0, height: 0 };
  readonly #observer = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#measure();
  }

  override render(): TemplateResult {
    const sharing = this.remotes.filter((remote) => remote.media.screen);
    const ownScreen = this.local.media.screen;
    const cameras = this.remotes.length + 1 + (ownScreen ? 1 : 0) + (this.invitation ? 1 : 0);
    const layout = roomLayout(this.size, cameras, sharing.length);
    return html`<div role="list" aria-label=${this.strings.tiles} part="tiles">
      ${repeat(
        this.remotes,
        (remote) => remote.id,
        (remote, index) => this.#remoteTile(remote, layout.cameras[index]),
      )}
      ${repeat(
        sharing,
        (remote) => remote.id,
        (remote, index) => this.#remoteScreen(remote, layout.screens[index]),
      )}
      ${this.#ownTile(layout.cameras[this.remotes.length])}
      ${ownScreen ? this.#ownScreen(layout.cameras[this.remotes.length + 1]) : ""}
      ${this.invitation ? this.#invitation(layout) : ""}
    </div>`;
  }

  #remoteTile(remote: RemoteParticipant, rect: Rect | undefined): TemplateResult {
    return html`<parley-tile
      role="listitem"
      data-participant=${remote.id}
      data-name=${remote.name}
      data-mic=${onOff(remote.media.microphone)}
      data-cam=${onOff(remote.media.camera)}
      ?data-away=${remote.away}
      .style=${place(rect)}
      .strings=${this.strings}
      .name=${remote.name}
      .stream=${remote.media.camera && remote.path !== "failed" ? remote.camera : null}
      .microphone=${remote.media.microphone}
      .speaking=${remote.speaking}
      .path=${remote.path}
      .relay=${remote.relay}
      @details=${() => this.emit("details", remote.id)}
      @picture=${() => this.emit("picture", remote.id)}
      .away=${remote.away}
    ></parley-tile>`;
  }

  #remoteScreen(remote: RemoteParticipant, rect: Rect | undefined): TemplateResult {
    return html`<parley-tile
      role="listitem"
      data-participant=${remote.id}
      data-source="screen"
      data-name=${remote.name}
      data-mic=${onOff(remote.media.microphone)}
      data-cam=${onOff(remote.media.camera)}
      ?data-away=${remote.away}
      .style=${place(rect)}
      .strings=${this.strings}
      .source=${"screen"}
      .name=${remote.name}
      .stream=${remote.screen}
    ></parley-tile>`;
  }

  #ownTile(rect: Rect | undefined): TemplateResult {
    const { name, media, camera, speaking } = this.local;
    return html`<parley-tile
      role="listitem"
      .style=${place(rect)}
      .strings=${this.strings}
      .own=${true}
      .name=${name}
      .stream=${media.camera ? camera : null}
      .microphone=${media.microphone}
      .speaking=${speaking}
    ></parley-tile>`;
  }

  #ownScreen(rect: Rect | undefined): TemplateResult {
    return html`<parley-tile
      role="listitem"
      .style=${place(rect)}
      .strings=${this.strings}
      .own=${true}
      .source=${"screen"}
      .name=${this.local.name}
      .stream=${this.local.screen}
    ></parley-tile>`;
  }

  #invitation(layout: RoomLayout): TemplateResult {
    return html`<div role="listitem" .style=${`position:absolute;${place(layout.cameras.at(-1))}`}><slot></slot></div>`;
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this;
    if (width !== this.size.width || height !== this.size.height) this.size = { width, height };
  }
}

function place(rect: Rect | undefined): string {
  if (rect === undefined) return "";
  return `left:${rect.x}px;top:${rect.y}px;width:${rect.width}px;height:${rect.height}px`;
}

function onOff(on: boolean): "on" | "off" {
  return on ? "on" : "off";
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-grid": Grid;
  }
}
