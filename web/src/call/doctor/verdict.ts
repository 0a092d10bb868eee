import type { DiagnoseRefusal } from "../../signalling/index.js";
import type { DoctorReading, LegReading } from "./reading.js";
import type { LegKind, RelayKind } from "./legs.js";

/** What it all means for calls, in one sentence. */
export interface Verdict {
  readonly level: "good" | "limited" | "bad" | "unknown";
  readonly reason: VerdictReason;
}

export type VerdictReason =
  | "works"
  /** UDP does not pass; a relay by TCP or TLS does. */
  | "only-tcp"
  | "only-tls"
  /** UDP passes, but the relay answers by TCP or TLS only. */
  | "relay-tcp"
  | "relay-tls"
  /** A relay is offered and none works; STUN does. */
  | "relay-fails"
  /** The same, and STUN does not work either. */
  | "nothing-works"
  /** No relay is offered; STUN works. */
  | "no-relay"
  /** Neither STUN nor a relay is offered, or only a STUN that does not work. */
  | "own-network"
  | "no-webrtc"
  | "server-unreachable"
  | "server-old"
  /** Refused: so many are testing; so many from this network; this network so often. */
  | "server-busy"
  | "network-busy"
  | "too-often";

const refusals: Readonly<Record<DiagnoseRefusal, VerdictReason>> = {
  full: "server-busy",
  address: "network-busy",
  rate: "too-often",
};

/** Once every leg has been tried. */
export function verdictOf({ supported, server, legs }: Pick<DoctorReading, "supported" | "server" | "legs">): Verdict {
  if (!supported) return { level: "bad", reason: "no-webrtc" };
  if (server.kind === "unreachable") return { level: "bad", reason: "server-unreachable" };
  if (server.kind === "silent") return { level: "unknown", reason: "server-old" };
  if (server.kind === "refused") return { level: "unknown", reason: refusals[server.reason] };

  const udpPasses = works(legs, "stun");
  if (works(legs, "relay-udp")) return { level: "good", reason: "works" };
  if (works(legs, "relay-tcp")) return { level: "limited", reason: udpPasses ? "relay-tcp" : "only-tcp" };
  if (works(legs, "relay-tls")) return { level: "limited", reason: udpPasses ? "relay-tls" : "only-tls" };
  if (legs.some(isRelay)) {
    return udpPasses ? { level: "limited", reason: "relay-fails" } : { level: "bad", reason: "nothing-works" };
  }
  return { level: "limited", reason: udpPasses ? "no-relay" : "own-network" };
}

function works(legs: readonly LegReading[], kind: LegKind): boolean {
  return legs.some((leg) => leg.kind === kind && leg.outcome.kind === "works");
}

function isRelay({ kind }: LegReading): boolean {
  return (["relay-udp", "relay-tcp", "relay-tls"] satisfies RelayKind[] as LegKind[]).includes(kind);
}
