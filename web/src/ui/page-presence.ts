/** Between two looks at the clock (milliseconds), and the least gap that means that the computer slept. */
const interval = 5_000;
const slept = 20_000;

/** Tells when the page is hidden and when it is before the person again, also because the computer woke up. */
export class PagePresence {
  readonly #onChange: (visible: boolean) => void;
  readonly #handleChange = (): void => this.#onChange(document.visibilityState === "visible");
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastLook = 0;

  constructor(onChange: (visible: boolean) => void) {
    this.#onChange = onChange;
  }

  watch(): void {
    if (this.#timer !== undefined) return;
    document.addEventListener("visibilitychange", this.#handleChange);
    // Page Lifecycle: a page that was frozen goes on.
    document.addEventListener("resume", this.#handleChange);
    addEventListener("pageshow", this.#handleChange);
    this.#lastLook = Date.now();
    // A computer that slept with the page in view tells nobody, but its clock has jumped.
    this.#timer = setInterval(() => {
      const now = Date.now();
      if (now - this.#lastLook > slept) this.#handleChange();
      this.#lastLook = now;
    }, interval);
  }

  end(): void {
    document.removeEventListener("visibilitychange", this.#handleChange);
    document.removeEventListener("resume", this.#handleChange);
    removeEventListener("pageshow", this.#handleChange);
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
