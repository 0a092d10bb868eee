import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import type { Chat } from "../../call/chat/chat.js";
import { noMessages, type ChatEntry, type ChatState } from "../../call/chat/state.js";
import type { RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { drawn } from "../icons.js";
import { chatPart, type ChatStrings } from "../strings/en-chat.js";
import { localeOf } from "../strings/in-words.js";
import { chatIcons } from "./chat-icons.js";
import { chatStyles } from "./chat.styles.js";
import { groupsOf, type Group } from "./groups.js";
import { segments } from "./links.js";
import "./composer.js";

/** Who is so near the end (pixels) is at the end. */
const nearEnd = 48;

/**
 * What people have written, and the box to write in. It follows the newest message as long as the person is at the end; who reads
 * further above stays there, and is told of what comes. What it shows is read, unless the page is hidden.
 */
@customElement("parley-chat")
export class ChatView extends PartElement<ChatStrings> {
  static override styles = [base, chatStyles];

  protected override readonly catalogue = chatPart;
  @property({ attribute: false }) chat!: Chat;
  @property({ attribute: false }) remotes: readonly RemoteParticipant[] = [];

  @state() private shown: ChatState = noMessages;
  /** Something came that is further below. */
  @state() private below = false;
  /** The first that was not read when the panel opened. */
  #firstUnread: string | null = null;
  #atEnd = true;
  #endSubscription: () => void = () => {};
  @query(".log") private log!: HTMLElement;

  readonly #observer = new ResizeObserver(() => this.#keepAtEnd());
  readonly #attend = (): void => {
    this.chat.attended = !document.hidden;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#attend);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#attend);
    this.#observer.disconnect();
    this.#endSubscription();
    this.chat.attended = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("chat")) return;
    this.#endSubscription();
    this.shown = this.chat.state;
    this.#firstUnread = this.shown.entries.find(({ unread }) => unread)?.id ?? null;
    this.#endSubscription = this.chat.subscribe((next) => this.#follow(next));
    this.#attend();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#observer.observe(this.log);
    this.#keepAtEnd();
    const mark = this.renderRoot.querySelector<HTMLElement>(".from-here");
    if (!mark || mark.offsetTop >= this.log.scrollTop) return;
    this.#atEnd = false;
    this.log.scrollTop = mark.offsetTop;
  }

  protected override updated(): void {
    this.#keepAtEnd();
  }

  override render(): TemplateResult {
    const { words, shown } = this;
    return html`<div class="scroll">
        <div class="log" role="log" tabindex="0" aria-label=${words.messages} @scroll=${this.#handleScroll}>
          ${shown.entries.length === 0 ? html`<p class="empty">${words.empty}</p>` : nothing}
          ${repeat(
            groupsOf(shown.entries, this.#firstUnread),
            ({ id }) => id,
            (group) => this.#group(group),
          )}
        </div>
        ${
          this.below
            ? html`<button type="button" class="down" @click=${this.#goToEnd}>
                ${drawn(chatIcons.down)}${words.newMessages}
              </button>`
            : nothing
        }
      </div>
      <parley-composer
        .words=${words}
        .chat=${this.chat}
        .remotes=${this.remotes}
        .joined=${shown.joined}
        .reachable=${shown.reachable}
        @sent=${this.#goToEnd}
      ></parley-composer>`;
  }

  #group({ id, entries }: Group): TemplateResult {
    const { words } = this;
    const [first] = entries;
    return html`${id === this.#firstUnread ? html`<p class="from-here">${words.newMessages}</p>` : nothing}
      <div class=${classMap({ group: true, mine: first.mine })}>
        <div class="head">
          <bdi class="author">${first.mine ? words.you : first.name}</bdi>
          ${this.#secret(first)}
          <time datetime=${new Date(first.at).toISOString()}>${this.#time(first.at)}</time>
          ${first.vouched ? nothing : html`<span class="claim" title=${words.passedOnText}>${words.passedOn}</span>`}
        </div>
        ${repeat(
          entries,
          (entry) => entry.id,
          // Nothing between the tags: every blank would be shown.
          (entry) => html`<p class="text" dir="auto">${segments(entry.text).map(segment)}</p>`,
        )}
      </div>`;
  }

  #secret({ other, mine }: ChatEntry): TemplateResult | typeof nothing {
    if (other === null) return nothing;
    const { words } = this;
    return html`<span class="secret">
      ${drawn(chatIcons.lock)}<bdi>${mine ? words.privateTo(other.name) : words.private}</bdi>
    </span>`;
  }

  #time(at: number): string {
    const { language } = this.strings;
    // Of those who speak the language the page is in, some count to twelve and some to twenty-four.
    const locale = navigator.languages.find((each) => each.startsWith(language)) ?? localeOf(language);
    const today = new Date().toDateString() === new Date(at).toDateString();
    return new Intl.DateTimeFormat(locale, {
      numberingSystem: "latn",
      timeStyle: "short",
      ...(today ? {} : { dateStyle: "short" }),
    }).format(at);
  }

  #follow(next: ChatState): void {
    const known = new Set(this.shown.entries.map(({ id }) => id));
    const added = next.entries.some(({ id, mine }) => !mine && !known.has(id));
    if (added && !this.#atEnd) this.below = true;
    this.shown = next;
  }

  #handleScroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < nearEnd;
    if (this.#atEnd) this.below = false;
  }

  #keepAtEnd(): void {
    if (this.#atEnd) this.log.scrollTop = this.log.scrollHeight;
  }

  #goToEnd(): void {
    this.#atEnd = true;
    this.below = false;
    this.#keepAtEnd();
  }
}

function segment({ text, href }: ReturnType<typeof segments>[number]): TemplateResult | string {
  if (href === null) return text;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer" dir="ltr">${text}</a>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-chat": ChatView;
  }
}
