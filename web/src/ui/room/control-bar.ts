import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { round } from "../round.styles.js";
import { controlBarStyles } from "./control-bar.styles.js";
import { arrange, type Control, type ControlEntry } from "./controls.js";

/** In pixels, gap included: as the styles have it in a narrow and in a wide bar. */
const place = { narrow: 48, wide: 64 };
const narrowest = 480;

/** The buttons of a call; what has no place in the bar stands in a menu. Emits `control` (a {@link Control}). */
@customElement("parley-control-bar")
export class ControlBar extends ParleyElement {
  static override styles = [base, round, controlBarStyles];

  @property({ attribute: false }) entries: readonly ControlEntry[] = [];
  /** How wide the bar may be, in pixels. */
  @property({ type: Number }) space = Infinity;
  @state() private menuOpen = false;

  readonly #closeFromOutside = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.menuOpen = false;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("pointerdown", this.#closeFromOutside);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("pointerdown", this.#closeFromOutside);
  }

  /** Where the focus belongs when something closes: the button that opened it, or the menu in which that stands. */
  focusOpener(control: Control): void {
    const opener = this.renderRoot.querySelector<HTMLElement>(`#${control}`);
    (opener ?? this.#menuButton)?.focus();
  }

  override render(): TemplateResult {
    const places = Math.floor(this.space / (this.space < narrowest ? place.narrow : place.wide));
    const { bar, menu } = arrange(this.entries, places);
    return html`<div class="bar" role="group" aria-label=${this.strings.controls} part="controls">
      ${repeat(
        bar,
        ({ control }) => control,
        (entry) => (entry.control === "leave" ? html`${this.#menu(menu)}${this.#button(entry)}` : this.#button(entry)),
      )}
    </div>`;
  }

  #button(entry: ControlEntry): TemplateResult {
    return html`<button
      id=${entry.control}
      type="button"
      class="round ${entry.look}"
      part="control"
      data-count=${shownCount(entry)}
      aria-label=${entry.name}
      aria-description=${entry.description ?? nothing}
      aria-expanded=${entry.expanded ?? nothing}
      @click=${() => this.#press(entry.control)}
    >
      ${icon(entry.icon)}<span class="tip" aria-hidden="true">${entry.name}</span>
    </button>`;
  }

  #menu(entries: readonly ControlEntry[]): TemplateResult | typeof nothing {
    if (entries.length === 0) return nothing;
    const { strings } = this;
    return html`<div class="more" @keydown=${this.#closeOnEscape} @focusout=${this.#closeOnLeaving}>
      <button
        id="more"
        type="button"
        class="round plain"
        part="control"
        aria-label=${strings.more}
        aria-expanded=${this.menuOpen}
        @click=${() => (this.menuOpen = !this.menuOpen)}
      >
        ${icon("more")}<span class="tip" aria-hidden="true">${strings.more}</span>
      </button>
      ${
        this.menuOpen
          ? html`<div class="menu" role="group" aria-label=${strings.more}>
              ${entries.map((entry) => this.#item(entry))}
            </div>`
          : nothing
      }
    </div>`;
  }

  #item(entry: ControlEntry): TemplateResult {
    return html`<button
      type="button"
      class="item ${entry.look}"
      data-count=${shownCount(entry)}
      aria-description=${entry.description ?? nothing}
      aria-expanded=${entry.expanded ?? nothing}
      @click=${() => {
        this.menuOpen = false;
        this.#press(entry.control);
      }}
    >
      ${icon(entry.icon)}<span>${entry.name}</span>
    </button>`;
  }

  #press(control: Control): void {
    this.emit("control", control);
  }

  #closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.menuOpen) return;
    // The panel that may be open beside it stays.
    event.stopPropagation();
    this.menuOpen = false;
    this.#menuButton?.focus();
  }

  #closeOnLeaving(event: FocusEvent): void {
    const { relatedTarget, currentTarget } = event;
    if (relatedTarget instanceof Node && currentTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    // Without a target the window lost the focus, or the button that had it is going away.
    if (relatedTarget !== null) this.menuOpen = false;
  }

  get #menuButton(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("#more");
  }
}

/** Two figures have room. */
function shownCount({ count }: ControlEntry): string | typeof nothing {
  if (count === undefined) return nothing;
  return count > 99 ? "99+" : String(count);
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-control-bar": ControlBar;
  }
}
