/**
 * The whole screen for one element, where the browser has that: an iPhone has it for nothing but films, and a frame may not be
 * allowed to. Whoever asks has filled the element already, so that a refusal changes little.
 */
export class FullScreen {
  readonly #element: Element;
  readonly #onLeft: () => void;
  #wanted = false;
  readonly #handleChange = (): void => {
    const full = this.#element.matches(":fullscreen");
    // It was left before the browser had got there.
    if (full && !this.#wanted) this.#exit();
    if (!full && this.#wanted) {
      this.#wanted = false;
      this.#onLeft();
    }
  };

  /** `onLeft`: the person has left it by the browser's own means. */
  constructor(element: Element, onLeft: () => void) {
    this.#element = element;
    this.#onLeft = onLeft;
  }

  watch(): void {
    document.addEventListener("fullscreenchange", this.#handleChange);
  }

  end(): void {
    document.removeEventListener("fullscreenchange", this.#handleChange);
    this.leave();
  }

  /** Only as the answer to something that the person has just done. */
  enter(): void {
    const { requestFullscreen } = this.#element as Partial<Element>;
    if (requestFullscreen === undefined || this.#wanted) return;
    this.#wanted = true;
    // In old browsers it gives no promise.
    const asked = requestFullscreen.call(this.#element) as Promise<void> | undefined;
    asked?.catch(() => (this.#wanted = false));
  }

  leave(): void {
    this.#wanted = false;
    if (this.#element.matches(":fullscreen")) this.#exit();
  }

  #exit(): void {
    document.exitFullscreen().catch(() => {
      // It was over before.
    });
  }
}
