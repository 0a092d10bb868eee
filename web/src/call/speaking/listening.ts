/** How often levels are read to see who speaks (milliseconds). A received level is that of one packet, so a short sound is
 * found only by reading often, and at no regular part of a second. */
const interval = 120;

/** Listens at regular times, while there is anything to listen to. */
export class Listening {
  readonly #listen: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(listen: () => void) {
    this.#listen = listen;
  }

  set needed(needed: boolean) {
    if (needed) {
      this.#timer ??= setInterval(this.#listen, interval);
    } else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }
}
