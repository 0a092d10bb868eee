import type { CandidateType, Direction } from "./journal.js";

/**
 * What a browser tells of one connection at a moment, out of `getStats` (W3C Identifiers for WebRTC's Statistics API).
 * Null everywhere: this browser does not tell, or not yet.
 */
export interface Inspection {
  readonly path: PathReport | null;
  readonly keys: KeysReport | null;
  readonly flows: readonly FlowReport[];
  readonly channel: ChannelReport | null;
}

/** The pair of candidates that carries everything. */
export interface PathReport {
  readonly local: EndReport;
  readonly remote: EndReport;
  /** In milliseconds, as the newest check of the path measured it. */
  readonly roundTrip: number | null;
  /** In bytes, everything counted. */
  readonly sent: number | null;
  readonly received: number | null;
  /** How often another pair took over. */
  readonly changes: number | null;
}

export interface EndReport {
  readonly type: CandidateType;
  readonly protocol: string | null;
  /** Hidden by the browser where the other end's was never told to the page. */
  readonly address: string | null;
  readonly port: number | null;
  /** How this end reaches its own TURN server. */
  readonly relayProtocol: string | null;
}

export interface KeysReport {
  readonly state: string | null;
  /** As people say it: "1.2", "1.3". */
  readonly version: string | null;
  /** `client` began the handshake. */
  readonly role: string | null;
  readonly cipher: string | null;
  readonly mediaCipher: string | null;
  /** Of the certificates; the same as in the descriptions. */
  readonly ownFingerprint: string | null;
  readonly otherFingerprint: string | null;
}

/** One stream of RTP packets. */
export interface FlowReport {
  readonly direction: Direction;
  readonly kind: "audio" | "video";
  /** Which transceiver it belongs to. */
  readonly mid: string | null;
  /** Without the kind before it: "opus", "VP8". */
  readonly codec: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly framesPerSecond: number | null;
  /** In bits per second, since the inspection before this one. */
  readonly bitrate: number | null;
  /** Of the packets of this stream; the other end's count where it is sent. */
  readonly lost: number | null;
  /** The part of the browser or machine that encodes or decodes. */
  readonly implementation: string | null;
}

export interface ChannelReport {
  readonly label: string | null;
  readonly state: string | null;
  readonly messagesSent: number | null;
  readonly messagesReceived: number | null;
}

type Stats = Readonly<Record<string, unknown>>;

/** Turns the statistics of one connection into words, again and again: what flows per second needs the time before. */
export class Inspector {
  /** Bytes and the time (milliseconds) they were counted at, by flow. */
  #before = new Map<string, { readonly bytes: number; readonly at: number }>();

  /** `report`: an `RTCStatsReport`, or what stands in one. */
  inspect(report: ReadonlyMap<string, unknown>): Inspection {
    const all = [...report.values()].filter(isRecord);
    const transport = all.find(({ type }) => type === "transport");
    const inspection = {
      path: pathIn(report),
      keys: transport ? keysOf(transport, report) : null,
      flows: all.flatMap((stats) => this.#flow(stats, report)).sort(byMid),
      channel: channelOf(all.find(({ type }) => type === "data-channel")),
    };
    this.#before = new Map(all.flatMap(bytesOf));
    return inspection;
  }

  #flow(stats: Stats, report: ReadonlyMap<string, unknown>): FlowReport[] {
    const received = stats["type"] === "inbound-rtp";
    const { kind } = stats;
    if ((!received && stats["type"] !== "outbound-rtp") || (kind !== "audio" && kind !== "video")) return [];
    const codec = text(follow(report, stats["codecId"])?.["mimeType"]);
    const remote = follow(report, stats["remoteId"]);
    return [
      {
        direction: received ? "received" : "sent",
        kind,
        mid: text(stats["mid"]),
        codec: codec?.replace(/^(audio|video)\//, "") ?? null,
        width: number(stats["frameWidth"]),
        height: number(stats["frameHeight"]),
        framesPerSecond: number(stats["framesPerSecond"]),
        bitrate: this.#bitrate(stats),
        lost: number((received ? stats : remote)?.["packetsLost"]),
        implementation: text(stats[received ? "decoderImplementation" : "encoderImplementation"]),
      },
    ];
  }

  #bitrate(stats: Stats): number | null {
    const [now] = bytesOf(stats);
    const before = now && this.#before.get(now[0]);
    if (!before || now[1].at <= before.at) return null;
    return Math.max(0, ((now[1].bytes - before.bytes) * 8_000) / (now[1].at - before.at));
  }
}

function bytesOf(stats: Stats): [string, { bytes: number; at: number }][] {
  const id = text(stats["id"]);
  const bytes = number(stats["bytesReceived"]) ?? number(stats["bytesSent"]);
  const at = number(stats["timestamp"]);
  return id === null || bytes === null || at === null ? [] : [[id, { bytes, at }]];
}

/**
 * The path that carries everything at the moment. Firefox marks the pair itself; the transport's word is the specification's,
 * and comes first.
 */
export function pathIn(report: ReadonlyMap<string, unknown>): PathReport | null {
  const all = [...report.values()].filter(isRecord);
  const transport = all.find(({ type }) => type === "transport");
  const pair =
    follow(report, transport?.["selectedCandidatePairId"]) ??
    all.find(({ type, selected }) => type === "candidate-pair" && selected === true) ??
    all.find(({ type, nominated, state }) => type === "candidate-pair" && nominated === true && state === "succeeded");
  const local = endOf(follow(report, pair?.["localCandidateId"]));
  const remote = endOf(follow(report, pair?.["remoteCandidateId"]));
  if (!pair || !local || !remote) return null;
  const seconds = number(pair["currentRoundTripTime"]);
  return {
    local,
    remote,
    roundTrip: seconds === null ? null : seconds * 1_000,
    sent: number(pair["bytesSent"]),
    received: number(pair["bytesReceived"]),
    changes: number(transport?.["selectedCandidatePairChanges"]),
  };
}

function endOf(candidate: Stats | undefined): EndReport | null {
  const type = text(candidate?.["candidateType"]);
  if (!candidate || !isCandidateType(type)) return null;
  return {
    type,
    protocol: text(candidate["protocol"]),
    address: text(candidate["address"]),
    port: number(candidate["port"]),
    relayProtocol: text(candidate["relayProtocol"]),
  };
}

function keysOf(transport: Stats, report: ReadonlyMap<string, unknown>): KeysReport {
  const fingerprint = (id: unknown): string | null => text(follow(report, id)?.["fingerprint"]);
  return {
    state: text(transport["dtlsState"]),
    version: versionOf(text(transport["tlsVersion"])),
    role: text(transport["dtlsRole"]),
    cipher: text(transport["dtlsCipher"]),
    mediaCipher: text(transport["srtpCipher"]),
    ownFingerprint: fingerprint(transport["localCertificateId"]),
    otherFingerprint: fingerprint(transport["remoteCertificateId"]),
  };
}

/** DTLS counts backwards, in ones' complement: 1.2 is FEFD on the wire (RFC 6347, section 4.1). */
function versionOf(wire: string | null): string | null {
  const versions: Readonly<Record<string, string>> = { FEFF: "1.0", FEFD: "1.2", FEFC: "1.3" };
  return wire === null ? null : (versions[wire.toUpperCase()] ?? wire);
}

function channelOf(channel: Stats | undefined): ChannelReport | null {
  if (!channel) return null;
  return {
    label: text(channel["label"]),
    state: text(channel["state"]),
    messagesSent: number(channel["messagesSent"]),
    messagesReceived: number(channel["messagesReceived"]),
  };
}

function byMid(a: FlowReport, b: FlowReport): number {
  return Number(a.mid ?? Infinity) - Number(b.mid ?? Infinity) || a.direction.localeCompare(b.direction) * -1;
}

function isCandidateType(type: string | null): type is CandidateType {
  return type === "host" || type === "srflx" || type === "prflx" || type === "relay";
}

function follow(report: ReadonlyMap<string, unknown>, id: unknown): Stats | undefined {
  const stats = typeof id === "string" ? report.get(id) : undefined;
  return isRecord(stats) ? stats : undefined;
}

function isRecord(value: unknown): value is Stats {
  return typeof value === "object" && value !== null;
}

/** An empty text says nothing. */
function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
