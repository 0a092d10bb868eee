import { scopeOf } from "../../rtc/address.js";
import type { EndReport, PathReport } from "../../rtc/journal/inspection.js";

/** How media goes to a participant at the moment, as far as a person wants to know it. */
export interface WayReading {
  readonly kind:
    | "direct"
    /** Directly, and without leaving the own network. */
    | "local"
    /** Through a relay that this end reaches by `protocol`. */
    | "relayed"
    /** Through a relay of the other end's. */
    | "relayed-there";
  /** Null: there is none, or this browser does not tell. */
  readonly protocol: "udp" | "tcp" | "tls" | null;
  /** In milliseconds, as the newest check of the path measured it; null: not told. */
  readonly roundTrip: number | null;
}

export function wayOf({ local, remote, roundTrip }: PathReport): WayReading {
  if (local.type === "relay") return { kind: "relayed", protocol: protocolOf(local), roundTrip };
  if (remote.type === "relay") return { kind: "relayed-there", protocol: null, roundTrip };
  return { kind: isNear(local) && isNear(remote) ? "local" : "direct", protocol: null, roundTrip };
}

/**
 * An address of a device in the own network. One that a browser hides behind a name of that network (mDNS) was resolved in it;
 * one that only a check brought to light may be anywhere, unless it tells.
 */
function isNear({ type, address }: EndReport): boolean {
  const scope = scopeOf(address);
  return scope === "private" || scope === "loopback" || (scope === "hidden" && type === "host");
}

function protocolOf({ relayProtocol }: EndReport): WayReading["protocol"] {
  return relayProtocol === "udp" || relayProtocol === "tcp" || relayProtocol === "tls" ? relayProtocol : null;
}
