import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import {
  asPasscode,
  type DoorsChange,
  type Hosting,
  type HostingProblem,
  type HostingState,
} from "../../call/doors/hosting.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { refocus } from "../refocus.js";
import { doorsPart, type DoorsStrings } from "../strings/en-doors.js";
import "./confirm.js";

/** In code points, as the server counts them. */
const longestPasscode = 64;

/** What a host decides: who may enter, who waits, and the end for everybody. */
@customElement("parley-host")
export class Host extends PartElement<DoorsStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--p-5);
        padding: var(--p-4);
        overflow-wrap: anywhere;
      }

      section {
        display: grid;
        gap: var(--p-3);
        min-width: 0;
      }

      h3 {
        margin: 0;
        font-size: 0.9375rem;
      }

      .switch {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 var(--p-3);
        align-items: center;
        min-height: 44px;
        cursor: pointer;
      }

      .switch input {
        width: 24px;
        height: 24px;
        margin: 0;
        accent-color: var(--p-accent);
      }

      .soft {
        color: var(--p-text-soft);
        font-size: 0.875rem;
        text-wrap: pretty;
      }

      ul {
        display: grid;
        gap: var(--p-2);
        list-style: none;
      }

      li,
      form {
        display: flex;
        flex-wrap: wrap;
        gap: var(--p-2);
        align-items: center;
      }

      li span {
        flex: 1 0 100%;
        min-width: 0;
      }

      form .field {
        flex: 1 1 140px;
        min-width: 0;
      }

      li .button,
      form .button {
        min-height: 44px;
        padding: 0 var(--p-4);
      }

      .error {
        padding: var(--p-3) var(--p-4);
        border-radius: var(--p-radius);
        background: var(--p-warning-soft);
        color: var(--p-on-warning);
      }
    `,
  ];

  protected override readonly catalogue = doorsPart;
  @property({ attribute: false }) hosting!: Hosting;
  @state() private book: HostingState | null = null;
  @state() private problem: HostingProblem | null = null;
  @state() private passcodeEmpty = false;
  @state() private news = "";
  @query("#doors") private heading!: HTMLElement;
  @query("#passcode") private field!: HTMLInputElement;
  @query("parley-confirm") private confirmation!: HTMLElementTagNameMap["parley-confirm"];
  #end: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("hosting")) this.#follow();
  }

  override render(): TemplateResult {
    const { words, problem } = this;
    const { doors } = this.book ?? this.hosting.state;
    return html`${problem === null ? nothing : html`<p class="error" role="alert">${words.problems[problem]}</p>`}
      <section aria-labelledby="doors">
        <h3 id="doors" tabindex="-1">${words.doors}</h3>
        ${this.#switch("locked", words.lock, words.lockText, doors.locked)}
        ${this.#switch("waitingRoom", words.waitingRoom, words.waitingRoomText, doors.waitingRoom)}
        ${this.#passcode(doors.passcode)}
      </section>
      ${this.#waiting()}
      <section aria-labelledby="everybody">
        <h3 id="everybody">${words.everybody}</h3>
        <button type="button" class="button" @click=${() => void this.#muteAll()}>${words.muteAll}</button>
        <p class="soft" role="status" ?hidden=${this.news === ""}>${this.news}</p>
        <button type="button" class="button" @click=${() => void this.#endCall()}>${words.endForAll}</button>
      </section>
      <parley-confirm .words=${words}></parley-confirm>`;
  }

  #switch(key: "locked" | "waitingRoom", name: string, text: string, on: boolean): TemplateResult {
    return html`<div>
      <label class="switch">
        <span>${name}</span>
        <input
          type="checkbox"
          role="switch"
          aria-describedby="${key}-text"
          .checked=${on}
          @change=${(event: Event) => void this.#flip(key, event.target as HTMLInputElement)}
        />
      </label>
      <p id="${key}-text" class="soft">${text}</p>
    </div>`;
  }

  #passcode(isSet: boolean): TemplateResult {
    const { words } = this;
    return html`<form novalidate @submit=${this.#setPasscode}>
        <label class="label" for="passcode">${isSet ? words.newPasscode : words.passcode}</label>
        <input
          id="passcode"
          class="field"
          type="text"
          dir="auto"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-invalid=${this.passcodeEmpty}
          aria-describedby="passcode-text"
          @input=${() => (this.passcodeEmpty = false)}
        />
        <button class="button">${words.setPasscode}</button>
        ${
          isSet
            ? html`<button type="button" class="button" @click=${() => void this.#change({ passcode: null })}>
                ${words.removePasscode}
              </button>`
            : nothing
        }
      </form>
      <p id="passcode-text" class="soft" role="status">
        ${this.passcodeEmpty ? words.passcodeEmpty : isSet ? words.passcodeSet : words.passcodeText}
      </p>`;
  }

  #waiting(): TemplateResult {
    const { words, hosting } = this;
    const { waiting } = this.book ?? hosting.state;
    return html`<section aria-labelledby="waiting">
      <h3 id="waiting">${words.waiting}</h3>
      ${waiting.length === 0 ? html`<p class="soft">${words.nobodyWaits}</p>` : nothing}
      <ul role="list">
        ${repeat(
          waiting,
          ({ id }) => id,
          ({ id, name }) =>
            html`<li>
              <span dir="auto">${name}</span>
              <button
                type="button"
                class="button"
                aria-label=${words.denyName(name)}
                @click=${() => void this.#act(hosting.deny(id))}
              >
                ${words.deny}
              </button>
              <button
                type="button"
                class="button primary"
                aria-label=${words.admitName(name)}
                @click=${() => void this.#act(hosting.admit(id))}
              >
                ${words.admit}
              </button>
            </li>`,
        )}
      </ul>
      ${
        waiting.length > 1
          ? html`<button type="button" class="button" @click=${() => void this.#act(hosting.admitAll())}>
              ${words.admitAll}
            </button>`
          : nothing
      }
    </section>`;
  }

  #follow(): void {
    this.#end();
    this.book = this.hosting.state;
    this.#end = this.hosting.subscribe((state) => {
      const told = state.doors !== this.book?.doors || state.waiting !== this.book.waiting;
      this.book = state;
      // By the server, which is in reach again then.
      if (told && this.problem === "unreachable") this.problem = null;
    });
  }

  async #flip(key: "locked" | "waitingRoom", box: HTMLInputElement): Promise<void> {
    await this.#change(key === "locked" ? { locked: box.checked } : { waitingRoom: box.checked });
    // As it is, whatever was wished for.
    box.checked = this.hosting.state.doors[key];
  }

  async #setPasscode(event: Event): Promise<void> {
    event.preventDefault();
    const passcode = asPasscode(this.field.value);
    if (passcode === "" || Array.from(passcode).length > longestPasscode) {
      this.passcodeEmpty = true;
      this.field.focus();
      return;
    }
    await this.#change({ passcode });
    if (this.problem === null) this.field.value = "";
  }

  async #muteAll(): Promise<void> {
    await this.#act(this.hosting.askToMute(null));
    this.news = this.problem === null ? this.words.muteAllDone : "";
  }

  async #endCall(): Promise<void> {
    if (await this.confirmation.ask(this.words.confirmEnd)) await this.#act(this.hosting.end());
  }

  #change(change: DoorsChange): Promise<void> {
    return this.#act(this.hosting.setDoors(change));
  }

  async #act(request: Promise<HostingProblem | null>): Promise<void> {
    this.problem = await request;
    await this.updateComplete;
    await refocus(() => this.renderRoot.querySelector<HTMLElement>("li button") ?? this.heading);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-host": Host;
  }
}
