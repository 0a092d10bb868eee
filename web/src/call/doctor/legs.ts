/** A way that calls may take, to be tried by itself. */
export interface Leg {
  readonly kind: LegKind;
  /** As the server offers it. */
  readonly url: string;
  /** With this address only. */
  readonly server: RTCIceServer;
}

export type LegKind = "stun" | RelayKind;

/** How this browser would reach the relay; the relay itself goes on by UDP. */
export type RelayKind = "relay-udp" | "relay-tcp" | "relay-tls";

export const relayKinds: readonly RelayKind[] = ["relay-udp", "relay-tcp", "relay-tls"];

/** Each takes two connections, and browsers have a bound on those. */
const most = 12;

/** Every address that the server offers, once, those of one kind together. */
export function legsOf(servers: readonly RTCIceServer[]): readonly Leg[] {
  const legs = new Map<string, Leg>();
  for (const { urls, ...credentials } of servers) {
    for (const url of [urls].flat()) {
      const kind = kindOf(url);
      if (kind && !legs.has(url)) legs.set(url, { kind, url, server: { ...credentials, urls: url } });
    }
  }
  return [...legs.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)).slice(0, most);
}

const order: readonly LegKind[] = ["stun", ...relayKinds];

/** RFC 7064 and RFC 7065. TURN over DTLS is left out: no browser speaks it. */
function kindOf(url: string): LegKind | null {
  const [, scheme = "", query = ""] = /^(stun|turns?):[^?]*(\?.*)?$/i.exec(url) ?? [];
  const udp = /transport=udp\b/i.test(query);
  const tcp = /transport=tcp\b/i.test(query);
  switch (scheme.toLowerCase()) {
    case "stun":
      return "stun";
    case "turn":
      return tcp ? "relay-tcp" : "relay-udp";
    case "turns":
      return udp ? null : "relay-tls";
    default:
      return null;
  }
}
