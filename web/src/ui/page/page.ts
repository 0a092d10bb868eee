import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { base } from "../base.styles.js";
import { afterLoading, ParleyElement } from "../element.js";
import { LanguageController } from "../language-choice.js";
import { offerKept } from "../load-kept.js";
import type { CallStage } from "../parley-call.js";
import { directionOf } from "../strings/languages.js";
import { tokens } from "../tokens.styles.js";
import { brand } from "./brand.js";
import { newRoomName } from "./new-room-name.js";
import { askForPhoneAddress, invitationBase, type PhoneAddress } from "./phone-address.js";
import { doctorLink, parseRoute, roomLink, type Route } from "./routes.js";
import "../parley-call.js";
import "./doctor-page.js";
import "./landing.js";

/** The page around a call: addresses, history and title. */
@customElement("parley-page")
export class Page extends ParleyElement {
  static override styles = [
    tokens,
    base,
    css`
      :host {
        display: block;
        height: 100dvh;
        overflow: auto;
        background: var(--p-ground);
      }

      main {
        height: 100%;
      }

      .brand {
        display: inline-flex;
        align-items: center;
        justify-self: start;
        gap: var(--p-2);
        min-height: 44px;
        padding: 0 var(--p-2);
        border-radius: var(--p-radius-small);
        color: var(--p-text);
        font-size: 1.25rem;
        font-weight: 700;
        letter-spacing: -0.02em;
        text-decoration: none;
      }
    `,
  ];

  /** Address of the landing page and of the server; ends with "/". */
  @property({ attribute: false }) home!: URL;

  @state() private route: Route = { kind: "landing" };
  @state() private phone: PhoneAddress | null = null;
  readonly #language = new LanguageController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    // Of the address that was opened; while the page is open, it holds for every room.
    this.#language.asked = new URL(location.href).searchParams.get("lang") ?? "";
    addEventListener("popstate", this.#readAddress);
    offerKept();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("popstate", this.#readAddress);
  }

  protected override scheduleUpdate(): Promise<unknown> | undefined {
    return afterLoading(
      () => this.#language.load(),
      () => super.scheduleUpdate(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.strings = this.#language.strings;
    if (changed.has("home")) {
      this.#readAddress();
      void askForPhoneAddress(this.home).then((phone) => (this.phone = phone));
    }
    const { documentElement } = document;
    documentElement.lang = this.strings.language;
    documentElement.dir = directionOf(this.strings.language);
  }

  override render(): TemplateResult {
    const { route } = this;
    switch (route.kind) {
      case "room":
        return this.#room(route);
      case "doctor":
        return html`<parley-doctor-page .strings=${this.strings} .server=${this.home.href}>
          ${this.#brand()}
        </parley-doctor-page>`;
      default:
        return this.#landing(route.kind === "unknown");
    }
  }

  protected override updated(): void {
    const { product, titleDoctor } = this.strings;
    if (this.route.kind !== "room") document.title = this.route.kind === "doctor" ? titleDoctor : product;
  }

  #landing(unknown: boolean): TemplateResult {
    return html`<parley-kept-recordings .strings=${this.strings}></parley-kept-recordings>
      <parley-landing
        .strings=${this.strings}
        .home=${this.home}
        .phone=${this.phone}
        .warning=${unknown ? this.strings.badRoomLink : ""}
        @go=${(event: CustomEvent<string>) => this.#open(roomLink(event.detail, this.home))}
        @doctor=${() => this.#open(doctorLink(this.home))}
      >
        ${this.#brand()}
      </parley-landing>`;
  }

  #room(route: Extract<Route, { kind: "room" }>): TemplateResult {
    const element = html`<main>
      <parley-call
        .lang=${this.#language.asked}
        .server=${this.home.href}
        .room=${route.room}
        .name=${route.name ?? ""}
        .token=${route.token ?? ""}
        .autojoin=${route.join}
        .link=${roomLink(route.room, invitationBase(this.home, this.phone)).href}
        @parley-stage=${this.#showTitle}
      >
        ${this.#brand()}
        <button
          slot="after"
          type="button"
          class="button"
          @click=${() => this.#open(roomLink(newRoomName(), this.home))}
        >
          ${this.strings.newCall}
        </button>
      </parley-call>
    </main>`;
    // Another room is another call: nothing of the old one may linger.
    return html`${keyed(route.room, element)}`;
  }

  #brand(): TemplateResult {
    return brand(this.strings.product, this.home, (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#open(this.home);
    });
  }

  #showTitle(event: CustomEvent<CallStage>): void {
    const { strings } = this;
    const stage = event.detail;
    document.title = {
      lobby: strings.titleLobby(stage.room),
      waiting: strings.titleLobby(stage.room),
      call: strings.titleCall(stage.room, stage.people),
      refused: strings.titleLobby(stage.room),
      displaced: strings.titleLobby(stage.room),
      goodbye: strings.titleGoodbye(stage.room),
    }[stage.kind];
  }

  #open(address: URL): void {
    history.pushState(null, "", address);
    this.#readAddress();
  }

  readonly #readAddress = (): void => {
    const address = new URL(location.href);
    this.route = parseRoute(address, this.home);
    if (this.route.kind !== "room") return;
    // One room has one address: what was typed in capitals or decomposed accents is shown as it is meant.
    const proper = roomLink(this.route.room, this.home);
    if (proper.pathname !== address.pathname) {
      history.replaceState(history.state, "", proper.pathname + address.search + address.hash);
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-page": Page;
  }
}
