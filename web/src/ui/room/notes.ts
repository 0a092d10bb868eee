import { number } from "../strings/in-words.js";
import { html, nothing, type TemplateResult } from "lit";
import type { RecordingsState } from "../../call/recording/recordings.js";
import type { CallPhase } from "../../call/state.js";
import { icon } from "../icons.js";
import type { Strings } from "../strings/en.js";

/** What becomes of the way to the server, as long as it is none. */
export function statusNote(phase: CallPhase, strings: Strings): TemplateResult {
  const words = statusWords(phase, strings);
  const look = phase.kind === "joining" ? "status calm" : "status";
  return html`<div role="status">
    ${words === null ? nothing : html`<div class=${look}>${icon("wait", "spin")}<span>${words}</span></div>`}
  </div>`;
}

function statusWords(phase: CallPhase, strings: Strings): string | null {
  if (phase.kind === "joining") return strings.joiningCall;
  if (phase.kind !== "reconnecting") return null;
  return phase.overdue === null
    ? strings.reconnecting
    : strings.overdue(number(strings.language, Math.round(phase.overdue / 1_000)));
}

/** Who records, for as long as it goes on. */
export function recordingNote({ own, others }: RecordingsState, strings: Strings): TemplateResult | typeof nothing {
  if (!own && others.length === 0) return nothing;
  const names = [...others.map(({ name }) => name), ...(own ? [strings.you] : [])];
  const list = new Intl.ListFormat(strings.language).format(names);
  return html`<div class="status recording">${icon("record")}<span dir="auto">${strings.records(list)}</span></div>`;
}

/** What to do while nobody else is here. */
export function invitation(link: string, strings: Strings): TemplateResult {
  return html`<div class="invitation">
    <h2>${strings.aloneTitle}</h2>
    <p>${strings.aloneText}</p>
    <code dir="ltr">${shown(link)}</code>
  </div>`;
}

/** The link as people read it: names in other scripts not as percent signs. */
function shown(link: string): string {
  try {
    return decodeURI(link);
  } catch {
    return link;
  }
}
