import { html, nothing, type TemplateResult } from "lit";
import type {
  CandidateCount,
  ConnectionReading,
  Direction,
  EndReport,
  FlowReport,
  KeysReport,
  PathReport,
} from "../../call/story/reading.js";
import { number } from "../strings/in-words.js";
import type { StoryStrings } from "../strings/en-story.js";
import { bitrate, bytes, duration, endpoint } from "../figures.js";

/** What is true of a connection now, as rows of a name, a value, and a sentence. The name: of whom it leads to. */

export function pathFacts(reading: ConnectionReading, name: string, strings: StoryStrings): TemplateResult {
  const path = reading.inspection?.path ?? null;
  const candidates = (direction: Direction): string =>
    `${strings.candidatesOf(direction)}: ${counted(reading.candidates[direction])}`;
  return html`<dl class="facts">
    ${path === null ? row(strings.way, nothing, strings.noPath) : chosen(path, name, strings)}
    ${row(
      strings.candidates,
      html`<span>${candidates("sent")}</span><br /><span>${candidates("received")}</span>`,
      strings.candidatesText,
    )}
    ${row(strings.iceServers, reading.iceServers.length === 0 ? strings.noIceServers : reading.iceServers.join(", "))}
    ${row(strings.states, states(reading, strings), strings.statesText)}
    ${row(strings.role, reading.polite ? strings.polite : strings.impolite, strings.roleText)}
  </dl>`;
}

export function keysFacts(keys: KeysReport | null, name: string, strings: StoryStrings): TemplateResult {
  const told = (value: string | null | undefined): TemplateResult | string => value ?? untold(strings);
  const dtls = [keys?.version, keys?.cipher].filter((part) => part != null).join(", ");
  const fingerprint = (value: string | null | undefined): TemplateResult | string =>
    value == null ? untold(strings) : html`<code>${value}</code>`;
  return html`<dl class="facts">
    ${row(strings.dtls, told(dtls === "" ? null : dtls), strings.dtlsText)}
    ${row(strings.dtlsRole, told(keys?.role == null ? null : (strings.dtlsRoles[keys.role] ?? keys.role)))}
    ${row(strings.srtp, told(keys?.mediaCipher), strings.srtpText)}
    ${row(strings.ownFingerprint, fingerprint(keys?.ownFingerprint), strings.fingerprintText)}
    ${row(strings.otherFingerprint(name), fingerprint(keys?.otherFingerprint))}
  </dl>`;
}

export function flowFacts(reading: ConnectionReading, strings: StoryStrings): TemplateResult {
  const flows = reading.inspection?.flows ?? [];
  if (flows.length === 0) return html`<p class="soft">${strings.noFlows}</p>`;
  return html`<dl class="facts">
    ${flows.map((flow) => {
      const source = reading.sources[flow.direction][flow.mid ?? ""] ?? flow.kind;
      const label = html`${strings.sources[source] ?? source}<br /><span class="soft"
          >${flow.direction === "sent" ? strings.flowSent : strings.flowReceived}</span
        >`;
      return row(label, flowWords(flow, strings));
    })}
  </dl>`;
}

export function channelFacts(reading: ConnectionReading, strings: StoryStrings): TemplateResult {
  const channel = reading.inspection?.channel ?? null;
  if (!channel) return html`<p class="soft">${strings.noChannel}</p>`;
  const count = (messages: number | null): string => (messages === null ? "?" : number(strings.language, messages));
  return html`<dl class="facts">
    ${row(strings.channelState, channel.state === null ? untold(strings) : `${channel.label ?? ""} ${channel.state}`)}
    ${row(strings.messages, strings.messagesCounted(count(channel.messagesSent), count(channel.messagesReceived)))}
  </dl>`;
}

function chosen(path: PathReport, name: string, strings: StoryStrings): TemplateResult {
  const relayed = path.local.type === "relay" || path.remote.type === "relay";
  return html`${row(
    strings.way,
    relayed ? strings.relayed : strings.direct,
    relayed ? strings.relayedText : strings.directText,
  )}
  ${row(strings.yourEnd, end(path.local, true, strings), strings.candidateTypes[path.local.type])}
  ${row(strings.otherEnd(name), end(path.remote, false, strings), strings.candidateTypes[path.remote.type])}
  ${row(strings.roundTrip, path.roundTrip === null ? untold(strings) : duration(path.roundTrip, strings.language), strings.roundTripText)}
  ${row(
    strings.traffic,
    path.sent === null || path.received === null
      ? untold(strings)
      : `${bytes(path.sent, strings.language)}, ${bytes(path.received, strings.language)}`,
  )}`;
}

/** Where the other end is stands in its candidates, but need not be on a screen that may be shared. */
function end(report: EndReport, own: boolean, strings: StoryStrings): TemplateResult {
  const { type, protocol, relayProtocol, address, port } = report;
  const words = [type, protocol, relayProtocol && `(${relayProtocol})`].filter((word) => word !== null).join(" ");
  if (!own) return html`${words}`;
  return html`${words} ${address === null ? untold(strings) : html`<code>${endpoint(address, port)}</code>`}`;
}

function flowWords(flow: FlowReport, strings: StoryStrings): TemplateResult {
  const { codec, width, height, framesPerSecond, lost, implementation } = flow;
  const words = [
    flow.bitrate === null ? null : bitrate(flow.bitrate, strings.language),
    framesPerSecond === null ? null : strings.framesPerSecond(Math.round(framesPerSecond)),
    lost === null ? null : strings.lost(lost),
    implementation === null ? null : strings.madeBy(implementation),
  ].filter((part) => part !== null);
  return html`${codec ?? untold(strings)}${width === null || height === null ? nothing : ` ${width}×${height}`}<br />
    <span class="soft">${words.length === 0 ? strings.noPackets : words.join(", ")}</span>`;
}

function states({ states: now, inspection }: ConnectionReading, strings: StoryStrings): TemplateResult | string {
  if (!now) return untold(strings);
  const { machines } = strings;
  const dtls = inspection?.keys?.state;
  return [
    `${machines.ice}: ${now.ice}`,
    dtls == null ? null : `${machines.dtls}: ${dtls}`,
    `${machines.connection}: ${now.connection}`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

/** Only what there is: "host 8, srflx 2". */
function counted(count: CandidateCount): string {
  const some = Object.entries(count).filter(([, number]) => number > 0);
  return some.length === 0 ? "0" : some.map(([type, number]) => `${type} ${number}`).join(", ");
}

function untold(strings: StoryStrings): TemplateResult {
  return html`<span class="untold">${strings.notTold}</span>`;
}

function row(
  name: TemplateResult | string,
  value: TemplateResult | string | typeof nothing,
  sentence: string | null = null,
): TemplateResult {
  return html`<dt>${name}</dt>
    <dd>${value}${sentence === null ? nothing : html`<p class="soft">${sentence}</p>`}</dd>`;
}
