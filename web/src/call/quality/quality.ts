import type { PeerLink } from "../../rtc/index.js";
import type { Exchange } from "../exchange/exchange.js";
import type { ShownSize, ShownSizes } from "../shown-sizes.js";
import type { Diagnosis } from "./diagnosis.js";
import type { MicrophoneState } from "./digest.js";
import { type PreferenceStorage, Preferences } from "./preferences.js";
import type { Sample } from "./sample.js";
import type { QualityState, ScreenContent } from "./state.js";
import type { QualityWatch } from "./watch.js";

/** The part of a connection that is watched and steered. */
export type PairLink = Pick<PeerLink, "path" | "stats" | "flows" | "limit" | "fingerprints">;

/** What the rest of the call is asked for. */
export interface QualityWorld {
  /** The connections there are, each with whom it leads to. */
  links(): readonly { readonly id: string; readonly link: PairLink }[];
  /** What this end sends. */
  sending(): { readonly camera: boolean; readonly screen: boolean };
  microphone(): MicrophoneState;
  /** The person has the camera on, or is about to. */
  wantsCamera(): boolean;
  setCamera(on: boolean): void;
  /** The tracks of a shared screen are told what it shows. */
  setContent(content: ScreenContent): void;
}

/** What another participant has told, as long as it can be reached. */
export interface Told {
  readonly shown: ShownSize | null;
  /** Not read yet. */
  readonly digest: Readonly<Record<string, unknown>> | null;
}

/** More lines than any screen has. */
const mostLines = 16_384;
/** Of so many people it is kept what they said, and whether their code was compared. */
const mostPeople = 64;
/** What could not be sent is tried again so much later (milliseconds). */
const retryAfter = 1_000;

/**
 * How well the call goes, and what is done about it. This part says how large the others are shown here, hears the same from
 * them, and keeps what the person wants; what counts, decides and explains is loaded once there is a connection.
 */
export class Quality {
  readonly #exchange: Pick<Exchange, "post" | "reachable">;
  readonly #world: QualityWorld;
  readonly #preferences: Preferences;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<(state: QualityState) => void>();
  readonly #told = new Map<string, Told>();
  /** What each was told last of how large it is shown. */
  readonly #posted = new Map<string, string>();
  #shown: ShownSizes = new Map();
  /** The camera was on when the person wanted sound alone. */
  #cameraOwed = false;
  #watch: QualityWatch | null = null;
  #loading: Promise<QualityWatch | null> | null = null;
  /** Somebody has yet to be told how large they are shown. */
  #again: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #state: QualityState;

  constructor(
    exchange: Pick<Exchange, "post" | "reachable" | "listen" | "onReach" | "onLoss">,
    world: QualityWorld,
    storage: PreferenceStorage | undefined,
    onError: (error: unknown) => void,
  ) {
    this.#exchange = exchange;
    this.#world = world;
    this.#preferences = new Preferences(storage);
    this.#onError = onError;
    const { audioOnly, content } = this.#preferences;
    this.#state = {
      audioOnly,
      content,
      marks: new Map(),
      paused: new Set(),
      pausedScreens: new Set(),
      verified: new Map(),
    };
    exchange.listen("quality-shown", ({ camera, screen }, from) => {
      if (isLines(camera) && isLines(screen)) this.#hear(from.id, { shown: { camera, screen } });
    });
    exchange.listen("quality-digest", (message, from) => this.#hear(from.id, { digest: message }));
    // An older page does not know that a screen can pause.
    exchange.listen("quality-paused", ({ paused, screen = false }, from) => {
      if (typeof paused === "boolean" && typeof screen === "boolean") this.#setPaused(from.id, paused, screen);
    });
    exchange.onReach(({ id }) => {
      this.#posted.delete(id);
      this.#tellSizes();
      this.#watch?.handleReach(id);
    });
    exchange.onLoss(({ id }) => {
      this.#told.delete(id);
      this.#setPaused(id, false, false);
    });
  }

  get state(): QualityState {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (state: QualityState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** How large the others are shown here from now on. */
  handleShown(sizes: ShownSizes): void {
    this.#shown = sizes;
    this.#tellSizes();
  }

  /** Who is here, what is sent or what carries it may have changed. */
  handleChange(): void {
    if (this.#closed) return;
    if (this.#watch) this.#watch.handleChange();
    else if (this.#world.links().length > 0) void this.#load();
  }

  /** The person is in the call, with what was on before. */
  begin(): void {
    this.#world.setContent(this.#state.content);
    if (this.#state.audioOnly) this.#stopCamera();
  }

  /** Sound alone: the own camera is turned off, and the others are asked to send none. Shared screens go on. */
  setAudioOnly(on: boolean): void {
    if (on === this.#state.audioOnly) return;
    this.#preferences.audioOnly = on;
    this.#become({ audioOnly: on });
    this.#tellSizes();
    if (on) this.#stopCamera();
    else if (this.#cameraOwed) {
      this.#cameraOwed = false;
      this.#world.setCamera(true);
    }
  }

  /** What a shared screen shows, now and later. */
  setContent(content: ScreenContent): void {
    this.#preferences.content = content;
    this.#become({ content });
    this.#world.setContent(content);
    this.#watch?.handleChange();
  }

  /** The last two minutes of the connection to a participant, oldest first. */
  history(participant: string): readonly Sample[] {
    return this.#watch?.history(participant) ?? [];
  }

  /** Who or what is to blame for a connection; null: about the person at this page. */
  async diagnose(participant: string | null): Promise<Diagnosis> {
    const watch = await this.#load();
    return watch?.diagnose(participant) ?? { culprit: "unknown", evidence: [] };
  }

  /** The same digits at both ends exactly if nobody is in between; null: there is no connection. */
  async code(participant: string): Promise<string | null> {
    return (await this.#load())?.code(participant) ?? null;
  }

  /** The person has compared `code`, as {@link Quality.code} gave it; if it is another one meanwhile, nothing is verified. */
  async verify(participant: string, code: string | null): Promise<void> {
    await (await this.#load())?.verify(participant, code);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#watch?.close();
    this.#watch = null;
  }

  /** Null when it could not be loaded: it is tried again when it is needed next. */
  #load(): Promise<QualityWatch | null> {
    this.#loading ??= import("./watch.js").then(
      ({ QualityWatch }) => {
        if (this.#closed) return null;
        const watch = new QualityWatch({
          world: this.#world,
          exchange: this.#exchange,
          told: this.#told,
          content: () => this.#state.content,
          verified: () => this.#state.verified,
          onState: (part) => this.#become(part),
          onError: this.#onError,
        });
        this.#watch = watch;
        return watch;
      },
      () => {
        this.#loading = null;
        return null;
      },
    );
    return this.#loading;
  }

  #stopCamera(): void {
    if (!this.#world.wantsCamera()) return;
    this.#cameraOwed = true;
    this.#world.setCamera(false);
  }

  #hear(id: string, news: Partial<Told>): void {
    if (!this.#told.has(id) && this.#told.size >= mostPeople) return;
    this.#told.set(id, { shown: null, digest: null, ...this.#told.get(id), ...news });
    if (news.shown) this.#watch?.handleChange();
  }

  #setPaused(id: string, camera: boolean, screen: boolean): void {
    const { paused, pausedScreens } = this.#state;
    if (paused.has(id) === camera && pausedScreens.has(id) === screen) return;
    this.#become({ paused: including(paused, id, camera), pausedScreens: including(pausedScreens, id, screen) });
  }

  /** Says everybody what they have not been told yet; what cannot be sent now is due until it was. */
  #tellSizes(): void {
    clearTimeout(this.#again);
    this.#again = undefined;
    if (this.#closed) return;
    const owed = this.#exchange.reachable.filter(({ id }) => !this.#tellSize(id));
    if (owed.length > 0) this.#again = setTimeout(() => this.#tellSizes(), retryAfter);
  }

  /** False when it could not be sent. */
  #tellSize(id: string): boolean {
    const shown = this.#shown.get(id);
    if (!shown) return true;
    const camera = this.#state.audioOnly ? 0 : shown.camera;
    const size = `${String(camera)} ${String(shown.screen)}`;
    if (this.#posted.get(id) === size) return true;
    const sent = this.#exchange.post(id, "quality-shown", { camera, screen: shown.screen });
    if (sent) this.#posted.set(id, size);
    return sent;
  }

  #become(part: Partial<QualityState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

function including(people: ReadonlySet<string>, id: string, is: boolean): ReadonlySet<string> {
  const next = new Set(people);
  if (!is) next.delete(id);
  else if (next.size < mostPeople) next.add(id);
  return next;
}

function isLines(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= mostLines;
}
