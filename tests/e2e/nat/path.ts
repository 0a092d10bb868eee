import type { Participant } from "../harness/participant.js";
import type { Route } from "./theory.js";

/** The pair of candidates by which one end's media goes (W3C webrtc-stats, RTCIceCandidateStats). */
export interface Path {
  readonly local: string;
  readonly remote: string;
  /** How this end reaches its relay, if its own candidate is a relayed one. */
  readonly relayProtocol: string | null;
}

/** What a page's only open connection says of itself. */
export interface Leg {
  readonly path: Path | null;
  readonly state: string;
  /** From the connection's making until it was connected (milliseconds). */
  readonly connectedAfter: number | null;
}

declare global {
  interface Window {
    /** When each connection was made and first connected. */
    connecting: { made: number; connected: number | null }[];
  }
}

/** Runs in the page before its own code, after the probe. */
export function timeConnections(): void {
  window.connecting = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      const times: { made: number; connected: number | null } = { made: performance.now(), connected: null };
      window.connecting.push(times);
      this.addEventListener("connectionstatechange", () => {
        if (this.connectionState === "connected") times.connected ??= performance.now();
      });
    }
  };
}

export async function legOf(participant: Participant): Promise<Leg> {
  return participant.page.evaluate(async () => {
    const at = window.probe.connections.findLastIndex((each) => each.connectionState !== "closed");
    const connection = window.probe.connections[at];
    const times = window.connecting[at];
    if (connection === undefined || times === undefined) {
      return { path: null, state: "none", connectedAfter: null };
    }

    const reports = new Map<string, Record<string, unknown>>();
    (await connection.getStats()).forEach((report: Record<string, unknown>, id) => reports.set(id, report));
    const all = [...reports.values()];
    // Firefox marks the pair instead of naming it.
    const named = all.find((r) => r["type"] === "transport")?.["selectedCandidatePairId"];
    const pair =
      reports.get(String(named)) ?? all.find((r) => r["type"] === "candidate-pair" && r["selected"] === true);
    const local = reports.get(String(pair?.["localCandidateId"]));
    const remote = reports.get(String(pair?.["remoteCandidateId"]));
    return {
      path:
        local === undefined || remote === undefined
          ? null
          : {
              local: String(local["candidateType"]),
              remote: String(remote["candidateType"]),
              relayProtocol: local["candidateType"] === "relay" ? String(local["relayProtocol"]) : null,
            },
      state: connection.connectionState,
      connectedAfter: times.connected === null ? null : Math.round(times.connected - times.made),
    };
  });
}

/** The route that two ends of one connection are on; null while one of them has none. */
export function routeOf(a: Path | null, b: Path | null): Route | null {
  if (a === null || b === null) {
    return null;
  }
  const relays = [...new Set([a, b].flatMap(({ relayProtocol }) => relayProtocol ?? []))].sort();
  return relays.length === 0 ? "direct" : (relays.map((protocol) => `relay/${protocol}`).join(" + ") as Route);
}
