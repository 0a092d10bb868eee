import type { NatKind } from "./nat-kind.js";

/** How media has to go between two clients: directly, or by relays, with how their owners reach them (`relayProtocol`). */
export type Route = "direct" | "relay/udp" | "relay/tcp" | "relay/tls" | "relay/tcp + relay/tls";

/** How a client reaches its relay if it has to use one of its own; null if it does not. */
function ownRelay(kind: NatKind): "relay/tcp" | "relay/tls" | null {
  return kind === "UDP blocked" ? "relay/tcp" : kind === "TCP 443 only" ? "relay/tls" : null;
}

/** The best route there is: what RFC 8445 must find, given what RFC 4787 says that such NATs let through. */
export function bestRoute(a: NatKind, b: NatKind): Route {
  const relays = [...new Set([ownRelay(a), ownRelay(b)])].filter((relay) => relay !== null).sort();
  if (relays.length > 0) {
    return relays.join(" + ") as Route;
  }

  // Nobody can know the port that a symmetric NAT takes towards a new place; a filter by port lets nothing through from there.
  const unknown = a === "symmetric" || b === "symmetric";
  const strict = [a, b].every((kind) => kind === "symmetric" || kind === "port-restricted");
  return unknown && strict ? "relay/udp" : "direct";
}
