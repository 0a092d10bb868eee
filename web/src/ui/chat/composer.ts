import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Chat } from "../../call/chat/chat.js";
import { longestText, type SendResult } from "../../call/chat/state.js";
import type { RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { drawn } from "../icons.js";
import { chatSoundWanted, rememberChatSound } from "../chat-sound.js";
import { enChat, type ChatStrings } from "../strings/en-chat.js";
import { chatIcons } from "./chat-icons.js";

interface Recipient {
  readonly id: string;
  readonly name: string;
}

interface Draft {
  readonly text: string;
  readonly to: Recipient | null;
}

/** What was typed and not sent, while the panel is closed. */
const drafts = new WeakMap<Chat, Draft>();

/** In pixels. */
const tallest = 132;

/** Where a message is written, and to whom. Emits `sent`. */
@customElement("parley-composer")
export class Composer extends ParleyElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        padding: var(--p-2) var(--p-4) var(--p-4);
        border-top: 1px solid var(--p-line);
      }

      .to {
        display: flex;
        align-items: center;
        gap: var(--p-2);
        margin-bottom: var(--p-1);
        color: var(--p-text-soft);
        font-size: 0.875rem;
      }

      select {
        flex: 1;
        min-width: 0;
        min-height: 44px;
        padding: 0 var(--p-2);
        border: 1px solid transparent;
        border-radius: var(--p-radius-small);
        background: none;
        color: var(--p-text);
        font-weight: 600;
        text-overflow: ellipsis;
        cursor: pointer;
      }

      option {
        background: var(--p-surface);
        color: var(--p-text);
      }

      select:hover,
      .sound:hover {
        background: var(--p-raised);
      }

      .sound,
      .send {
        display: grid;
        flex: none;
        place-items: center;
        width: 44px;
        height: 44px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: none;
        color: var(--p-text-soft);
        cursor: pointer;
      }

      .sound[aria-pressed="true"] {
        color: var(--p-accent);
      }

      .sound .icon,
      .send .icon {
        width: 20px;
        height: 20px;
      }

      .box {
        display: flex;
        align-items: flex-end;
        padding: 1px;
        border: 1px solid var(--p-line-strong);
        border-radius: 24px;
        background: var(--p-ground);
      }

      .box:focus-within {
        outline: 3px solid var(--p-accent);
        outline-offset: 1px;
      }

      .private {
        border-style: dashed;
        border-color: var(--p-accent);
        background: var(--p-accent-soft);
      }

      textarea {
        flex: 1;
        min-width: 0;
        min-height: 44px;
        padding-block: 10px;
        padding-inline: var(--p-4) 0;
        padding-inline: var(--p-4) 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        resize: none;
        overflow-y: auto;
        overscroll-behavior: contain;
      }

      /* The box around it shows the focus. */
      textarea:focus-visible {
        outline: none;
      }

      textarea::placeholder {
        color: var(--p-text-soft);
        opacity: 1;
      }

      .send {
        background: var(--p-accent);
        color: var(--p-on-accent);
      }

      .send:hover {
        background: color-mix(in oklab, var(--p-accent), var(--p-text) 14%);
      }

      /* In a text that runs from right to left it flies to the left. */
      :host(:dir(rtl)) .send .icon {
        transform: scaleX(-1);
      }

      .note {
        margin-bottom: var(--p-2);
        padding: 6px var(--p-3);
        border-radius: var(--p-radius-small);
        background: var(--p-raised);
        font-size: 0.8125rem;
        text-wrap: pretty;
        overflow-wrap: anywhere;
      }

      .note.wrong {
        background: var(--p-warning-soft);
        color: var(--p-on-warning);
      }
    `,
  ];

  @property({ attribute: false }) words: ChatStrings = enChat;
  @property({ attribute: false }) chat!: Chat;
  @property({ attribute: false }) remotes: readonly RemoteParticipant[] = [];
  @property({ type: Boolean }) joined = false;
  @property({ attribute: false }) reachable: readonly string[] = [];

  @state() private text = "";
  /** Null: everybody. Stays who was chosen, also when that one leaves: what was meant for one is never sent to all. */
  @state() private to: Recipient | null = null;
  @state() private refused: SendResult = "sent";
  @state() private sound = chatSoundWanted();
  @query("textarea") private box!: HTMLTextAreaElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    drafts.set(this.chat, { text: this.text, to: this.to });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("chat")) return;
    const draft = drafts.get(this.chat);
    this.text = draft?.text ?? "";
    this.to = draft?.to ?? null;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    // Where a keyboard would cover half the panel it appears when it is asked for.
    if (matchMedia("(hover: hover)").matches) this.box.focus();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!changed.has("text")) return;
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, tallest)}px`;
  }

  override render(): TemplateResult {
    const { words, to } = this;
    return html`<form @submit=${this.#submit}>
      <div class="to">
        <label for="to">${words.to}</label>
        <select id="to" .value=${live(to?.id ?? "")} @change=${this.#choose}>
          <option value="" ?selected=${to === null}>${words.everyone}</option>
          ${repeat(
            this.remotes,
            ({ id }) => id,
            ({ id, name }) => html`<option value=${id} ?selected=${to?.id === id}>${name}</option>`,
          )}
          ${to && !this.#isHere(to) ? html`<option value=${to.id} selected>${words.gone(to.name)}</option>` : nothing}
        </select>
        <button
          type="button"
          class="sound"
          aria-label=${words.sound}
          title=${words.sound}
          aria-pressed=${this.sound}
          @click=${this.#toggleSound}
        >
          ${drawn(this.sound ? chatIcons.bell : chatIcons.bellOff)}
        </button>
      </div>
      <div role="status">${this.#note()}</div>
      <div class=${to ? "box private" : "box"}>
        <label class="unseen" for="message">${words.message}</label>
        <textarea
          id="message"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          placeholder=${to ? words.toOne(to.name) : words.toEveryone}
          .value=${live(this.text)}
          @input=${this.#type}
          @keydown=${this.#press}
        ></textarea>
        <button class="send" aria-label=${words.send} title=${words.send}>${drawn(chatIcons.send)}</button>
      </div>
    </form>`;
  }

  #note(): TemplateResult | typeof nothing {
    const { words, to } = this;
    const excess = this.text.trim().length - longestText;
    if (excess > 0) return note(words.tooLong(excess), true);
    if (this.refused === "too-fast") return note(words.tooFast, true);
    if (this.refused === "not-joined" && !this.joined) return note(words.notJoined, true);
    if (to === null) return this.remotes.length === 0 ? note(words.alone) : nothing;
    if (!this.#isHere(to)) return note(words.goneText(to.name), true);
    return note(this.reachable.includes(to.id) ? words.onlyOne(to.name) : words.later(to.name));
  }

  #isHere(recipient: Recipient): boolean {
    return this.remotes.some(({ id }) => id === recipient.id);
  }

  #choose(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const { value } = event.target;
    this.to = this.remotes.find(({ id }) => id === value) ?? (value === this.to?.id ? this.to : null);
  }

  #type(): void {
    this.text = this.box.value;
    this.refused = "sent";
  }

  #press(event: KeyboardEvent): void {
    // Then Escape is for what is being composed, and not for the panel.
    if (event.key === "Escape" && event.isComposing) event.stopPropagation();
    // While a character is being composed Enter chooses it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    // Safari ends composing before it tells of that Enter, and marks it in this way alone.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#send();
    this.box.focus();
  }

  #send(): void {
    const { to } = this;
    if (to && !this.#isHere(to)) return;
    this.refused = this.chat.send(this.text, to && { id: to.id, name: to.name });
    if (this.refused !== "sent") return;
    this.text = "";
    this.emit("sent");
  }

  #toggleSound(): void {
    this.sound = !this.sound;
    rememberChatSound(this.sound);
    // So that one knows what is to come.
    if (this.sound) void import("./sound.js").then(({ playMessageSound }) => playMessageSound("")).catch(() => {});
  }
}

function note(text: string, wrong = false): TemplateResult {
  return html`<p class=${wrong ? "note wrong" : "note"}>${text}</p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-composer": Composer;
  }
}
