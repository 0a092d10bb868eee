import { shortcutOf, type KeyPress, type Shortcut } from "./shortcut.js";

/** Of whom the keys are, and what they do. */
export interface KeyboardHandlers {
  /** Whether keys without Ctrl or ⌘ are shortcuts. */
  singleKeys(): boolean;
  /** Whether the key was meant for something else: it was typed into a box, or is none of this call's. */
  isForeign(event: Event): boolean;
  act(shortcut: Shortcut): void;
  /** The microphone is off, and could be on as long as a key is held. */
  canTalk(): boolean;
  /** Turns the microphone on, and off again. */
  talk(on: boolean): void;
}

type KeyEvent = Event & KeyPress & { readonly repeat: boolean; readonly isComposing: boolean };

/** A key that is held for so long (milliseconds) was not just pressed. */
const heldAfter = 300;

/**
 * The keys of a call. V, pressed, is the camera's; held while one is muted, one can be heard until it is released, or until the
 * window is another one.
 */
export class Keyboard {
  readonly #target: EventTarget;
  readonly #window: EventTarget;
  readonly #handlers: KeyboardHandlers;
  /** The key that is down and may be held, by its `code`. */
  #down: string | null = null;
  #talking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `target`: the document, `window`: its window. */
  constructor(target: EventTarget, window: EventTarget, handlers: KeyboardHandlers) {
    this.#target = target;
    this.#window = window;
    this.#handlers = handlers;
  }

  watch(): void {
    this.#target.addEventListener("keydown", this.#handleDown);
    this.#target.addEventListener("keyup", this.#handleUp);
    this.#window.addEventListener("blur", this.#handleBlur);
  }

  end(): void {
    this.#target.removeEventListener("keydown", this.#handleDown);
    this.#target.removeEventListener("keyup", this.#handleUp);
    this.#window.removeEventListener("blur", this.#handleBlur);
    this.#handleBlur();
  }

  readonly #handleDown = (event: Event): void => {
    const press = event as KeyEvent;
    const handlers = this.#handlers;
    if (event.defaultPrevented || press.isComposing || handlers.isForeign(event)) return;
    const shortcut = shortcutOf(press, handlers.singleKeys());
    if (shortcut === null) return;
    event.preventDefault();
    if (press.repeat) return;
    if (shortcut !== "camera" || press.ctrlKey || press.metaKey) {
      handlers.act(shortcut);
      return;
    }
    this.#down = press.code;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#talking = this.#down !== null && handlers.canTalk();
      if (this.#talking) handlers.talk(true);
    }, heldAfter);
  };

  readonly #handleUp = (event: Event): void => {
    if (this.#down === null || (event as KeyEvent).code !== this.#down) return;
    const talking = this.#release();
    if (!talking) this.#handlers.act("camera");
  };

  /** The release of the key is told to another window, or to nobody. */
  readonly #handleBlur = (): void => void this.#release();

  /** Answers whether somebody was talking by it. */
  #release(): boolean {
    clearTimeout(this.#timer);
    const talking = this.#talking;
    this.#down = null;
    this.#talking = false;
    if (talking) this.#handlers.talk(false);
    return talking;
  }
}

/** Whether keys write, or choose, where this event comes from. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "range"].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
