/** What a page hears of the world around it. */
export type WorldEvent =
  /** There was no network, and now there is one: by other addresses, as far as anybody knows. */
  | "online"
  /** It is another one for sure: from Wi-Fi to a mobile network, say. */
  | "moved"
  | "visible"
  | "hidden";

/** Tells what happens from now on; returns what ends that. A browser's is made of page events, a test's of whatever it likes. */
export type World = (tell: (event: WorldEvent) => void) => () => void;

/** Hidden for longer than this (milliseconds), a page may have been asleep. */
const longHidden = 20_000;
/** A clock that is looked at every `tick` and has gone on by so much more (both in milliseconds) has slept in between. */
const tick = 2_000;
const jump = 8_000;

/**
 * Notices when whatever was connected may be connected no more: the network came back, the page was hidden for long, the
 * computer slept. Connections find out by themselves too, but take their time.
 */
export class Awakening {
  readonly #onAwake: (moved: boolean) => void;
  readonly #endWorld: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #seen = Date.now();
  #hiddenAt: number | null = null;

  /** `onAwake` is told whether the network has changed: what leads through the old one may lead nowhere. */
  constructor(world: World, onAwake: (moved: boolean) => void) {
    this.#onAwake = onAwake;
    this.#endWorld = world((event) => this.#handle(event));
    this.#timer = setInterval(() => this.#look(), tick);
  }

  close(): void {
    this.#endWorld();
    clearInterval(this.#timer);
  }

  #handle(event: WorldEvent): void {
    switch (event) {
      case "online":
      case "moved":
        this.#onAwake(true);
        break;
      case "hidden":
        this.#hiddenAt ??= Date.now();
        break;
      case "visible": {
        const hiddenFor = this.#hiddenAt === null ? 0 : Date.now() - this.#hiddenAt;
        this.#hiddenAt = null;
        if (hiddenFor >= longHidden) this.#onAwake(false);
        break;
      }
    }
  }

  #look(): void {
    const now = Date.now();
    const slept = now - this.#seen - tick;
    this.#seen = now;
    if (slept >= jump) this.#onAwake(false);
  }
}
