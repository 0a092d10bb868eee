import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { Doctor, type DoctorReading } from "../../call/doctor/index.js";
import { base } from "../base.styles.js";
import { PartElement } from "../element.js";
import { icon, type IconName } from "../icons.js";
import { doctorPart, type DoctorStrings } from "../strings/en-doctor.js";
import { doctorStyles } from "./doctor.styles.js";
import { reportOf, stateWord } from "./report.js";
import { rowsOf, type Row, type RowState } from "./row.js";

/** Which ways calls can take from here, and what to do about those they cannot. Begins by itself; loaded when somebody asks. */
@customElement("parley-doctor")
export class DoctorView extends PartElement<DoctorStrings> {
  static override styles = [base, doctorStyles];

  protected override readonly catalogue = doctorPart;
  /** Address of the Parley server, with its path if it has one. */
  @property() server = "";

  @state() private reading: DoctorReading | null = null;
  @state() private copy: "no" | "done" | "by-hand" = "no";
  @query("textarea") private reportField!: HTMLTextAreaElement | null;
  #doctor: Doctor | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#doctor?.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("server") && this.server !== "") this.#begin();
  }

  override render(): TemplateResult | typeof nothing {
    const { words, reading } = this;
    if (reading === null) return nothing;
    return html`${this.#verdict(reading)}
      <ul role="list">
        ${rowsOf(reading, words).map((row) => this.#row(row))}
      </ul>
      <div class="buttons">
        <button type="button" class="button" ?disabled=${reading.verdict === null} @click=${() => this.#begin()}>
          ${words.again}
        </button>
        <button type="button" class="button" ?disabled=${reading.verdict === null} @click=${() => this.#copyReport()}>
          ${this.copy === "done" ? html`${icon("check")}${words.copied}` : words.copy}
        </button>
      </div>
      <p class="soft">${words.reportPrivacy}</p>
      <div role="status">${this.#copyNews()}</div>`;
  }

  #verdict({ verdict, legs, server, device }: DoctorReading): TemplateResult {
    const { words } = this;
    if (verdict === null) {
      const all = [server, device, ...legs.map(({ outcome }) => outcome)];
      const done = all.filter(({ kind }) => kind !== "testing").length;
      return html`<div class="verdict" role="status">
        ${icon("wait", "spin")}<strong>${words.progress(done, all.length)}</strong>
      </div>`;
    }
    const { title, text } = words.verdicts[verdict.reason];
    const failing = legs.filter(({ outcome }) => outcome.kind === "failed").length;
    const more = verdict.level === "good" && failing > 0 ? ` ${words.someFail(failing)}` : "";
    return html`<div class="verdict ${verdict.level}" role="status">
      ${icon(verdict.level === "good" ? "check" : "alert")}<strong>${title}</strong>
      <p>${text}${more}</p>
    </div>`;
  }

  #row({ title, state, facts, address, meaning, advice }: Row): TemplateResult {
    const { words } = this;
    return html`<li class=${state}>
      ${icon(pictures[state], state === "testing" ? "spin" : "")}
      <span class="title">${title}</span>
      <span class="state">${words.states[stateWord(state)]}</span>
      ${address === "" ? nothing : html`<p class="more"><code>${address}</code></p>`}
      ${facts.length === 0 ? nothing : html`<p class="more soft">${facts.join(", ")}</p>`}
      ${meaning === "" ? nothing : html`<p class="more">${meaning}</p>`}
      ${advice === "" ? nothing : html`<p class="more advice"><b>${words.whatToDo}:</b> ${advice}</p>`}
    </li>`;
  }

  #copyNews(): TemplateResult | typeof nothing {
    const { words } = this;
    switch (this.copy) {
      case "no":
        return nothing;
      case "done":
        return html`<span class="unseen">${words.copied}</span>`;
      case "by-hand":
        return html`<p>${words.copyFailed}</p>
          <textarea readonly aria-label=${words.reportLabel} .value=${this.#report()}></textarea>`;
    }
  }

  #begin(): void {
    this.#doctor?.close();
    const doctor = new Doctor(this.server);
    this.#doctor = doctor;
    this.copy = "no";
    this.reading = doctor.reading;
    doctor.subscribe((reading) => {
      if (doctor === this.#doctor) this.reading = reading;
    });
    void doctor.run();
  }

  async #copyReport(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#report());
      this.copy = "done";
    } catch {
      // No permission, no secure context, no focus: whatever it is, the person can copy it by hand.
      this.copy = "by-hand";
      await this.updateComplete;
      this.reportField?.select();
    }
  }

  #report(): string {
    const { reading, words, server } = this;
    return reading === null ? "" : reportOf(reading, words, { server, browser: navigator.userAgent, at: new Date() });
  }
}

const pictures: Readonly<Record<RowState, IconName>> = {
  testing: "wait",
  works: "check",
  warning: "alert",
  unclear: "alert",
  failed: "close",
  absent: "none",
};

declare global {
  interface HTMLElementTagNameMap {
    "parley-doctor": DoctorView;
  }
}
