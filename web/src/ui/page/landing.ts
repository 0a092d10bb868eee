import { html, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { icon } from "../icons.js";
import { landingStyles } from "./landing.styles.js";
import { newRoomName } from "./new-room-name.js";
import type { PhoneAddress } from "./phone-address.js";
import { doctorLink, parseDestination, type DestinationResult } from "./routes.js";
import "../language-select.js";
import "./phone.js";

/** Where a visit begins: make a room, or go to one. Emits `go` (the room) and `doctor`. */
@customElement("parley-landing")
export class Landing extends ParleyElement {
  static override styles = [base, landingStyles];

  /** Address of the landing page; ends with "/". */
  @property({ attribute: false }) home!: URL;
  /** Said above everything else: why the person is here and not where the link was meant to lead. */
  @property() warning = "";

  /** How a phone gets here; null until the server has said it. */
  @property({ attribute: false }) phone: PhoneAddress | null = null;

  @state() private problem = "";
  @query("input") private field!: HTMLInputElement;

  override render(): TemplateResult {
    const { strings } = this;
    return html`<header><slot name="brand"></slot></header>
      <main>
        <p class="warning" role="alert" ?hidden=${this.warning === ""}>${icon("alert")}<span>${this.warning}</span></p>
        <h1>${strings.tagline}</h1>
        <p class="pitch">${strings.pitch}</p>
        <button type="button" class="button primary" @click=${() => this.emit("go", newRoomName())}>
          ${icon("camera")}${strings.newCall}
        </button>
        <form novalidate @submit=${this.#submit}>
          <label class="label" for="room">${strings.roomNameOrLink}</label>
          <div class="row">
            <input
              id="room"
              class="field"
              type="text"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              dir="auto"
              placeholder=${strings.roomNameExample}
              aria-invalid=${this.problem !== ""}
              aria-describedby="problem"
              @input=${() => (this.problem = "")}
            />
            <button class="button">${strings.enterRoom}${icon("arrow", "forward")}</button>
          </div>
          <p id="problem" class="error" role="alert" ?hidden=${this.problem === ""}>${this.problem}</p>
        </form>
        <a class="doctor" href=${doctorLink(this.home).href} @click=${this.#openDoctor}>${strings.testConnection}</a>
        <parley-language-select .strings=${strings}></parley-language-select>
        <parley-phone .strings=${strings} .home=${this.home} .phone=${this.phone}></parley-phone>
      </main>`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    const destination = parseDestination(this.field.value, this.home);
    if (destination.ok) {
      this.emit("go", destination.room);
      return;
    }
    this.problem = this.#words(destination);
    this.field.focus();
  }

  #openDoctor(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.emit("doctor");
  }

  #words({ problem }: Extract<DestinationResult, { ok: false }>): string {
    const { strings } = this;
    switch (problem.kind) {
      case "empty":
        return strings.roomNameEmpty;
      case "too-long":
        return strings.roomNameTooLong;
      case "forbidden":
        return strings.roomNameForbidden(problem.characters.map((character) => `“${character}”`).join(", "));
      case "foreign-link":
        return strings.foreignLink;
      case "bad-link":
        return strings.badRoomLink;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-landing": Landing;
  }
}
