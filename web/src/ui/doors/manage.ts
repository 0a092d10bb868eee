import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Hosting, HostingProblem } from "../../call/doors/hosting.js";
import type { RemoteParticipant } from "../../call/state.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { refocus } from "../refocus.js";
import { doorsPart, type DoorsStrings } from "../strings/en-doors.js";
import type { Question } from "./confirm.js";
import "./confirm.js";

/** What a host can do about one participant. Emits `answered` when it is gone with whom it was about, and the focus with it. */
@customElement("parley-manage")
export class Manage extends PartElement<DoorsStrings> {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }

      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--p-2);
      }

      .button {
        min-height: 44px;
        padding: 0 var(--p-4);
      }

      p {
        margin-top: var(--p-2);
        color: var(--p-text-soft);
        font-size: 0.875rem;
      }
    `,
  ];

  protected override readonly catalogue = doorsPart;
  @property({ attribute: false }) hosting!: Hosting;
  @property({ attribute: false }) participant!: RemoteParticipant;
  @state() private news = "";

  override render(): TemplateResult {
    const { words, hosting } = this;
    const { id, name, hand, role, media } = this.participant;
    return html`<div>
        ${this.#button(words.askToMute, () => this.#act(hosting.askToMute(id), words.asked(name)), media.microphone)}
        ${
          role === "host"
            ? nothing
            : this.#button(words.makeHost, () => this.#confirm(words.confirmHandOver, () => hosting.handOver(id)))
        }
        ${this.#button(words.remove, () => this.#confirm(words.confirmRemove, () => hosting.remove(id)))}
        ${hand === null ? nothing : this.#button(words.lowerHand, () => this.#act(hosting.lowerHand(id)))}
      </div>
      <p role="status" ?hidden=${this.news === ""}>${this.news}</p>
      <parley-confirm .words=${words}></parley-confirm>`;
  }

  /** One that is of no use at the moment keeps its place: others would move under the finger that is about to press them. */
  #button(name: string, act: () => Promise<void>, usable = true): TemplateResult {
    return html`<button
      type="button"
      class="button"
      aria-disabled=${usable ? nothing : "true"}
      @click=${() => {
        if (usable) void act();
      }}
    >
      ${name}
    </button>`;
  }

  async #confirm(
    { title, text, action }: DoorsStrings["confirmRemove"],
    request: () => Promise<HostingProblem | null>,
  ): Promise<void> {
    const { name } = this.participant;
    const question: Question = { title: title(name), text: text(name), action: action(name) };
    const dialog = this.renderRoot.querySelector("parley-confirm");
    if (dialog && (await dialog.ask(question))) await this.#act(request());
  }

  async #act(request: Promise<HostingProblem | null>, done = ""): Promise<void> {
    const problem = await request;
    this.news = problem === null ? done : this.words.problems[problem];
    await this.updateComplete;
    await refocus(
      () => this.renderRoot.querySelector<HTMLElement>("button"),
      () => this.emit("answered"),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-manage": Manage;
  }
}
