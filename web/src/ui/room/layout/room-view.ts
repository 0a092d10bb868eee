import type { CallState } from "../../../call/state.js";
import { ActiveSpeaker } from "./active-speaker.js";
import type { Scene } from "./room-layout.js";
import { cameraOf, isScreen, screenOf, type TileKey } from "./tile-key.js";

export type LayoutChoice = "grid" | "speaker";

/** The part of `localStorage` that is used; it may refuse, and then nothing is remembered. */
export type ViewStorage = Pick<Storage, "getItem" | "setItem">;

/** More than so many pictures on the stage would be a grid again. */
const stageCapacity = 4;

const choiceKey = "parley.layout";
const ownHiddenKey = "parley.own-picture";

/**
 * How one person looks at a call: grid or speaker, who is pinned, which page, what fills the room. Screens that others share
 * take the stage when their sharing begins; from then on the person's word counts.
 */
export class RoomView {
  readonly #storage: ViewStorage | undefined;
  readonly #onChange: () => void;
  readonly #speaker = new ActiveSpeaker();
  #choice: LayoutChoice;
  #ownHidden: boolean;
  #tiles: readonly TileKey[] = [];
  /** In the order in which they were pinned. */
  #pins: readonly TileKey[] = [];
  /** Screens whose sharing took the stage, in the order in which it began. */
  #shared: readonly TileKey[] = [];
  /** All screens that are shared; those of them that are not in `#shared` were taken off the stage by the person. */
  #known: ReadonlySet<TileKey> = new Set();
  #full: TileKey | null = null;
  #page = 0;
  #call: CallState | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onChange: () => void, storage?: ViewStorage) {
    this.#onChange = onChange;
    this.#storage = storage;
    this.#choice = this.#recall(choiceKey) === "speaker" ? "speaker" : "grid";
    this.#ownHidden = this.#recall(ownHiddenKey) === "hidden";
  }

  /** What is seen, whether it was chosen or a pin or a shared screen made it so. */
  get layout(): LayoutChoice {
    return this.#stage().length > 0 ? "speaker" : "grid";
  }

  get ownHidden(): boolean {
    return this.#ownHidden;
  }

  /** The one tile that fills the room; null: none does. */
  get full(): TileKey | null {
    return this.#full;
  }

  get scene(): Scene {
    const speaker = this.#speaker.current;
    return {
      tiles: this.#tiles,
      stage: this.#stage(),
      kept: [...(speaker === null ? [] : [cameraOf(speaker)]), "own-camera"],
      page: this.#page,
      full: this.#full,
    };
  }

  /** Whether the person, or a screen that has just been shared, keeps this on the stage. */
  isPinned(key: TileKey): boolean {
    return this.#held().includes(key);
  }

  /** Grid: everything leaves the stage. Speaker: what is shared returns to it. */
  choose(choice: LayoutChoice): void {
    this.#choice = choice;
    this.#remember(choiceKey, choice);
    if (choice === "grid") {
      this.#pins = [];
      this.#shared = [];
    } else {
      this.#shared = [...this.#shared, ...[...this.#known].filter((key) => !this.#shared.includes(key))];
    }
    this.#page = 0;
    this.#onChange();
  }

  /** One more than the stage holds, and the one that was pinned first goes. */
  pin(key: TileKey): void {
    if (!this.#tiles.includes(key)) return;
    this.#pins = [...this.#pins.filter((pin) => pin !== key), key].slice(-stageCapacity);
    this.#onChange();
  }

  unpin(key: TileKey): void {
    this.#pins = this.#pins.filter((pin) => pin !== key);
    this.#shared = this.#shared.filter((screen) => screen !== key);
    this.#onChange();
  }

  /** From 0. One that does not exist is the last one. */
  turnTo(page: number): void {
    this.#page = page;
    this.#onChange();
  }

  /** One tile over all the space there is; null: no longer. */
  fill(key: TileKey | null): void {
    if (key === this.#full || (key !== null && !this.#tiles.includes(key))) return;
    this.#full = key;
    this.#onChange();
  }

  hideOwn(hidden: boolean): void {
    this.#ownHidden = hidden;
    this.#remember(ownHiddenKey, hidden ? "hidden" : "shown");
    this.#gather();
    this.#onChange();
  }

  /** Before each rendering; tells nobody, since who calls this is about to look. */
  handleCall(call: CallState): void {
    this.#call = call;
    this.#gather();
    this.#listen();
  }

  /** No timer runs any more. */
  close(): void {
    clearTimeout(this.#timer);
  }

  /** Whatever is held there, or else, if so chosen, whoever speaks. */
  #stage(): readonly TileKey[] {
    const held = this.#held();
    if (held.length > 0 || this.#choice === "grid" || this.#speaker.current === null) return held;
    return [cameraOf(this.#speaker.current)];
  }

  /** What is shared, then what is pinned. Where there is not enough space, pins count more, and newer screens than older ones. */
  #held(): readonly TileKey[] {
    const screens = this.#shared.filter((key) => !this.#pins.includes(key));
    const place = stageCapacity - this.#pins.length;
    return [...(place === 0 ? [] : screens.slice(-place)), ...this.#pins];
  }

  /** What there is to see; what is gone is neither pinned nor shared any more. */
  #gather(): void {
    if (this.#call === null) return;
    const { phase, local, remotes } = this.#call;
    const alone = phase.kind === "joined" && remotes.length === 0;
    this.#tiles = [
      ...remotes.map(({ id }) => cameraOf(id)),
      ...remotes.filter(({ media }) => media.screen).map(({ id }) => screenOf(id)),
      ...(this.#ownHidden ? [] : (["own-camera"] as const)),
      ...(local.media.screen ? (["own-screen"] as const) : []),
      ...(alone ? (["invitation"] as const) : []),
    ];
    const tiles = new Set(this.#tiles);
    const screens = this.#tiles.filter((key) => isScreen(key) && key !== "own-screen");
    this.#shared = [...this.#shared.filter((key) => tiles.has(key)), ...screens.filter((key) => !this.#known.has(key))];
    this.#known = new Set(screens);
    this.#pins = this.#pins.filter((key) => tiles.has(key));
    if (this.#full !== null && !tiles.has(this.#full)) this.#full = null;
  }

  #listen(): void {
    const now = Date.now();
    this.#speaker.handle(this.#call?.remotes ?? [], now);
    clearTimeout(this.#timer);
    const next = this.#speaker.nextTimeout;
    if (next === null) return;
    this.#timer = setTimeout(() => {
      const before = this.#speaker.current;
      this.#listen();
      if (this.#speaker.current !== before) this.#onChange();
    }, next - now);
  }

  #recall(key: string): string | null {
    try {
      return this.#storage?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  #remember(key: string, value: string): void {
    try {
      this.#storage?.setItem(key, value);
    } catch {
      // Full or forbidden: the choice holds for this page only.
    }
  }
}
