import { html, type TemplateResult } from "lit";
import type { CallPhase, RefusalReason } from "../call/index.js";
import type { Strings } from "./strings/en.js";

/** The ways on from a screen without a call. */
export interface WaysOn {
  /** Enters again; `passcode`: with this one. */
  join(passcode?: string): void;
  /** To the lobby. */
  back(): void;
  /** Enters once more after the end. */
  rejoin(): void;
  /** Takes the call back from another page. */
  takeBack(): void;
}

function button(name: string, press: () => void, look = ""): TemplateResult {
  return html`<button type="button" class="button ${look}" @click=${press}>${name}</button>`;
}

/** Why somebody is not in the call, and the ways on. Null: the phase is one of a call that goes on. */
export function ending(phase: CallPhase, strings: Strings, ways: WaysOn): TemplateResult | null {
  switch (phase.kind) {
    case "waiting":
      return html`<parley-message .heading=${strings.waitingTitle} .text=${strings.waitingText} role="status">
        ${button(strings.stopWaiting, () => ways.back())}
      </parley-message>`;
    case "refused":
      return refused(phase.reason, strings, ways);
    case "displaced":
      return html`<parley-message .heading=${strings.displacedTitle} .text=${strings.displacedText}>
        ${button(strings.useHere, () => ways.takeBack(), "primary")} ${button(strings.back, () => ways.back())}
      </parley-message>`;
    case "over": {
      const words = strings.over[phase.reason];
      return html`<parley-message .heading=${words.title} .text=${words.text}>
        ${phase.reason === "removed" ? button(strings.tryAgain, () => ways.rejoin()) : goodbyeWays(strings, ways)}
      </parley-message>`;
    }
    default:
      return null;
  }
}

/** After leaving. */
export function goodbye(strings: Strings, ways: WaysOn): TemplateResult {
  return html`<parley-message .heading=${strings.goodbyeTitle} .text=${strings.goodbyeText}>
    ${goodbyeWays(strings, ways)}
  </parley-message>`;
}

function goodbyeWays(strings: Strings, ways: WaysOn): TemplateResult {
  return html`${button(strings.rejoin, () => ways.rejoin(), "primary")}<slot name="after"></slot>`;
}

function refused(reason: RefusalReason, strings: Strings, ways: WaysOn): TemplateResult {
  if (reason === "passcode-required" || reason === "passcode-wrong") {
    return html`<parley-later .strings=${strings} .load=${() => import("./doors/passcode.js")}>
      <parley-passcode
        .strings=${strings}
        .wrong=${reason === "passcode-wrong"}
        @enter=${(event: CustomEvent<string>) => ways.join(event.detail)}
        @back=${() => ways.back()}
      ></parley-passcode>
    </parley-later>`;
  }
  const { title, text } = strings.refusals[reason];
  return html`<parley-message .heading=${title} .text=${text} role="alert">
    ${
      reason === "page-outdated"
        ? button(strings.reload, () => location.reload(), "primary")
        : button(strings.tryAgain, () => ways.join(), "primary")
    }
    ${button(strings.back, () => ways.back())}
  </parley-message>`;
}
