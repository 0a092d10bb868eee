import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, queryAll, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Reaction } from "../../call/reactions/reactions.js";
import type { LocalParticipant, QualityState, RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import type { Picture, View } from "../recording/picture.js";
import type { Rect, Size } from "./layout/rects.js";
import { handPlace } from "./hands.js";
import { roomLayout, type RoomLayout, type Scene } from "./layout/room-layout.js";
import { shownSizes, ShownSizesTeller } from "./layout/shown-sizes.js";
import { cameraOf, isScreen, screenOf, type TileKey } from "./layout/tile-key.js";
import { tileActions, type TileAction } from "./tile-actions.js";
import { tileLabel } from "./tile-label.js";
import type { TileMenu } from "./tile-menu.js";
import type { Tile, TileMenuPlace, TileWish } from "./tile.js";
import "./tile.js";

const noScene: Scene = { tiles: [], stage: [], kept: [], page: 0, full: null };

/**
 * Everyone in the room, and what they share, each in the place that the scene gives.
 *
 * The tiles keep their places in the tree whatever their places on the screen are, so a picture never restarts because
 * somebody else came, left, spoke or shared, or because a page was turned; a browser may let one rest while it is hidden. One's
 * own shared screen lies among the cameras: who shares wants to see the people. Emits `picture` (the id of whose camera is seen
 * for the first time), `details` (the id of whose connection is asked about), `manage` (the
 * id of whom a host wants to do something about), `wish` ({@link TileWish}), `page` (a number from
 * 0) and `shown-sizes` (ShownSizes, when they have changed and come to rest).
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

      .invitation {
        position: absolute;
      }
    `,
  ];

  @property({ attribute: false }) local!: LocalParticipant;
  @property({ attribute: false }) remotes: readonly RemoteParticipant[] = [];
  @property({ attribute: false }) reactions: readonly Reaction[] = [];
  /** Without the key of a tile, that tile is not there; with "invitation", what the surrounding component slots in is. */
  @property({ attribute: false }) scene: Scene = noScene;
  /** Those that can be unpinned. */
  @property({ attribute: false }) isPinned: (key: TileKey) => boolean = () => false;

  @property({ attribute: false }) quality: QualityState | null = null;

  @state() private size: Size = { width: 0, height: 0 };
  /** Whose menu is open or was the last one. */
  @state() private menuOf: TileKey | null = null;
  @query("parley-tile-menu") private menu!: TileMenu;
  @queryAll("parley-tile") private tiles!: NodeListOf<Tile>;
  @queryAll("parley-tile[data-participant]") private remoteTiles!: NodeListOf<Tile>;
  readonly #observer = new ResizeObserver(() => this.#measure());
  readonly #teller = new ShownSizesTeller((sizes) => this.emit("shown-sizes", sizes));
  #layout: RoomLayout = roomLayout(this.size, noScene);

  /** What is seen at the moment. */
  get view(): View {
    const { left, top, width, height } = this.getBoundingClientRect();
    const pictures = [...this.tiles]
      .filter((tile) => tile.dataset["place"] !== "elsewhere")
      .map((tile): Picture => {
        const box = tile.getBoundingClientRect();
        const screen = tile.source === "screen";
        return {
          rect: { x: box.left - left, y: box.top - top, width: box.width, height: box.height },
          video: tile.picture,
          label: tileLabel(tile, this.strings),
          name: tile.name,
          mirrored: tile.own && !screen,
          whole: screen,
        };
      });
    return { width, height, pictures };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#teller.close();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#measure();
    this.#loadParts().catch(() => {});
  }

  override render(): TemplateResult {
    const { scene, strings } = this;
    const layout = roomLayout(this.size, scene);
    this.#layout = layout;
    const sharing = this.remotes.filter(({ id }) => scene.tiles.includes(screenOf(id)));
    return html`<div role="list" aria-label=${strings.tiles} part="tiles">
        ${repeat(
          this.remotes,
          (remote) => remote.id,
          (remote) => this.#remoteTile(remote),
        )}
        ${repeat(
          sharing,
          (remote) => remote.id,
          (remote) => this.#remoteScreen(remote),
        )}
        ${scene.tiles.includes("own-camera") ? this.#ownTile() : nothing}
        ${scene.tiles.includes("own-screen") ? this.#ownScreen() : nothing}
        ${scene.tiles.includes("invitation") ? this.#invitation() : nothing}
      </div>
      ${
        layout.pager === null
          ? nothing
          : html`<parley-pager
              .style=${styleOf(layout.pager)}
              .strings=${strings}
              .page=${layout.page}
              .pages=${layout.pages}
              @page=${(event: CustomEvent<number>) => this.emit("page", event.detail)}
            ></parley-pager>`
      }
      ${this.#menu()}`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#tellSizes();
  }

  #remoteTile(remote: RemoteParticipant): TemplateResult {
    const key = cameraOf(remote.id);
    return html`<parley-tile
      role="listitem"
      data-participant=${remote.id}
      data-name=${remote.name}
      data-mic=${onOff(remote.media.microphone)}
      data-cam=${onOff(remote.media.camera)}
      data-place=${this.#place(key)}
      .key=${key}
      ?data-away=${remote.away}
      .style=${this.#style(key)}
      .strings=${this.strings}
      .name=${remote.name}
      .stream=${this.#isPictured(remote) ? remote.camera : null}
      .microphone=${remote.media.microphone}
      .speaking=${remote.speaking}
      .reaction=${this.#reactionOf(remote.id)}
      .hand=${this.#hand(remote)}
      .path=${remote.path}
      .relay=${remote.relay}
      .away=${remote.away}
      .pinned=${this.isPinned(key)}
      .full=${this.scene.full === key}
      @details=${() => this.emit("details", remote.id)}
      @picture=${() => this.emit("picture", remote.id)}
      @shape=${this.#tellSizes}
      @wish=${this.#passOn}
      @menu=${this.#openMenu}
      >${this.#qualityMark(remote)}</parley-tile
    >`;
  }

  /** A picture that does not come stands still: better none. */
  #isPictured({ id, media, path }: RemoteParticipant): boolean {
    return media.camera && path !== "failed" && !this.quality?.audioOnly && !this.quality?.paused.has(id);
  }

  #qualityMark({ id, media }: RemoteParticipant): TemplateResult | typeof nothing {
    const { quality } = this;
    if (quality === null) return nothing;
    return html`<parley-quality-mark
      slot="marks"
      .strings=${this.strings}
      .mark=${quality.marks.get(id) ?? "good"}
      .keys=${quality.verified.get(id) ?? null}
      .paused=${media.camera && quality.paused.has(id) && !quality.audioOnly}
    ></parley-quality-mark>`;
  }

  #remoteScreen(remote: RemoteParticipant): TemplateResult {
    const key = screenOf(remote.id);
    const paused = this.quality?.pausedScreens.has(remote.id) ?? false;
    return html`<parley-tile
      role="listitem"
      data-participant=${remote.id}
      data-source="screen"
      data-name=${remote.name}
      data-mic=${onOff(remote.media.microphone)}
      data-cam=${onOff(remote.media.camera)}
      data-place=${this.#place(key)}
      .key=${key}
      ?data-away=${remote.away}
      .style=${this.#style(key)}
      .strings=${this.strings}
      .source=${"screen"}
      .name=${remote.name}
      .stream=${paused ? null : remote.screen}
      .paused=${paused}
      .pinned=${this.isPinned(key)}
      .full=${this.scene.full === key}
      @shape=${this.#tellSizes}
      @wish=${this.#passOn}
      @menu=${this.#openMenu}
      >${
        paused
          ? html`<parley-quality-mark slot="marks" .strings=${this.strings} paused spoken></parley-quality-mark>`
          : nothing
      }</parley-tile
    >`;
  }

  #ownTile(): TemplateResult {
    const { name, media, camera, speaking } = this.local;
    const hand = this.#hand(this.local);
    return html`<parley-tile
      role="listitem"
      data-own="camera"
      data-place=${this.#place("own-camera")}
      .key=${"own-camera"}
      .style=${this.#style("own-camera")}
      .strings=${this.strings}
      .own=${true}
      .name=${name}
      .stream=${media.camera ? camera : null}
      .microphone=${media.microphone}
      .speaking=${speaking}
      .reaction=${this.#reactionOf(null)}
      .hand=${hand}
      .pinned=${this.isPinned("own-camera")}
      .full=${this.scene.full === "own-camera"}
      @wish=${this.#passOn}
      @menu=${this.#openMenu}
    ></parley-tile>`;
  }

  #ownScreen(): TemplateResult {
    return html`<parley-tile
      role="listitem"
      data-own="screen"
      data-place=${this.#place("own-screen")}
      .key=${"own-screen"}
      .style=${this.#style("own-screen")}
      .strings=${this.strings}
      .own=${true}
      .source=${"screen"}
      .name=${this.local.name}
      .stream=${this.local.screen}
      .pinned=${this.isPinned("own-screen")}
      .full=${this.scene.full === "own-screen"}
      @wish=${this.#passOn}
      @menu=${this.#openMenu}
    ></parley-tile>`;
  }

  #invitation(): TemplateResult {
    const placed = this.#layout.places.get("invitation");
    return html`<div role="listitem" class="invitation" ?hidden=${placed === undefined} .style=${styleOf(placed?.rect)}>
      <slot></slot>
    </div>`;
  }

  #menu(): TemplateResult {
    const key = this.menuOf;
    const remote = this.remotes.find(({ id }) => key === cameraOf(id) || key === screenOf(id));
    if (key === null) return html`<parley-tile-menu .strings=${this.strings}></parley-tile-menu>`;
    const screen = isScreen(key);
    const label = tileLabel(
      { name: remote?.name ?? this.local.name, own: remote === undefined, source: screen ? "screen" : "camera" },
      this.strings,
    );
    const subject = {
      label,
      peer: remote === undefined || screen ? null : remote.name,
      manageable: this.local.role === "host",
      pinned: this.isPinned(key),
      full: this.scene.full === key,
    };
    return html`<parley-tile-menu
      .strings=${this.strings}
      .heading=${this.strings.tileMenu(label)}
      .entries=${tileActions(subject, this.strings)}
      @choose=${(event: CustomEvent<TileAction>) => this.#act(key, event.detail, remote?.id)}
    ></parley-tile-menu>`;
  }

  async #openMenu({ detail: { key, anchor } }: CustomEvent<TileMenuPlace>): Promise<void> {
    this.menuOf = key;
    await Promise.all([this.updateComplete, this.#loadParts()]);
    await this.menu.open(anchor);
  }

  /** The call may go on without the server: what could not be loaded then is asked for again when it is needed. */
  async #loadParts(): Promise<void> {
    await import("./grid-parts.js");
  }

  #act(key: TileKey, action: TileAction, participant: string | undefined): void {
    switch (action) {
      case "pin":
      case "full-screen":
        this.emit("wish", { key, wish: action } satisfies TileWish);
        break;
      case "details":
      case "manage":
        this.emit(action, participant);
        break;
    }
  }

  #passOn(event: CustomEvent<TileWish>): void {
    this.emit("wish", event.detail);
  }

  /** Where a tile is; in the tree it is always in the same place. */
  #place(key: TileKey): string {
    return this.#layout.places.get(key)?.place ?? "elsewhere";
  }

  #style(key: TileKey): string {
    return styleOf(this.#layout.places.get(key)?.rect);
  }

  #tellSizes(): void {
    const aspects = new Map<TileKey, number>();
    for (const tile of this.remoteTiles) {
      const { participant } = tile.dataset;
      if (participant === undefined || tile.aspect === null) continue;
      aspects.set(tile.source === "screen" ? screenOf(participant) : cameraOf(participant), tile.aspect);
    }
    const participants = this.remotes.map(({ id }) => id);
    this.#teller.handle(shownSizes(participants, this.#layout.places, aspects, devicePixelRatio));
  }

  /** The last one of a participant; null: of the person at this page. */
  #reactionOf(participant: string | null): Reaction | null {
    return this.reactions.findLast(({ from }) => from === participant) ?? null;
  }

  #hand({ hand }: LocalParticipant | RemoteParticipant): string | null {
    return handPlace(hand, [this.local, ...this.remotes]);
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this;
    if (width !== this.size.width || height !== this.size.height) this.size = { width, height };
  }
}

function styleOf(rect: Rect | undefined): string {
  if (rect === undefined) return "";
  return `inset-inline-start:${rect.x}px;top:${rect.y}px;width:${rect.width}px;height:${rect.height}px`;
}

function onOff(on: boolean): "on" | "off" {
  return on ? "on" : "off";
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-grid": Grid;
  }
}
