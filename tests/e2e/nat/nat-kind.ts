/** What stands between a client and the internet. The words for NATs are those of RFC 4787, sections 4 and 5. */
export const natKinds = [
  "none",
  "full cone",
  "address-restricted",
  "port-restricted",
  "symmetric",
  "UDP blocked",
  "TCP 443 only",
] as const;

export type NatKind = (typeof natKinds)[number];

/** All pairs, each once. */
export const natPairs: readonly (readonly [NatKind, NatKind])[] = natKinds.flatMap((a, i) =>
  natKinds.slice(i).map((b) => [a, b] as const),
);

/**
 * The rules of a router of this kind, for nftables. Its interfaces are `wan`, with the address given, and `lan`.
 */
export function routerRules(kind: NatKind, wan: string): string {
  switch (kind) {
    case "none":
      return "";
    case "full cone":
      return closed + coneTranslation(wan);
    case "address-restricted":
      return closed + coneTranslation(wan) + addressFilter;
    case "port-restricted":
      return closed + translation("masquerade");
    case "symmetric":
      return closed + translation("masquerade random,fully-random");
    case "UDP blocked":
      return closed + translation("masquerade") + barrier("meta l4proto udp drop");
    case "TCP 443 only":
      return (
        closed +
        translation("masquerade") +
        barrier("tcp dport 443 accept; meta l4proto tcp ct state established accept; drop")
      );
  }
}

/**
 * The router itself answers nobody outside. Without this, a probe from outside leaves an entry in its connection tracking, the next
 * packet from inside to that place gets another port, and the mapping depends on the endpoint after all.
 */
const closed = `table ip closed {
  chain input { type filter hook input priority 0; ct state established,related accept; iifname "wan" drop; }
}
`;

/**
 * Connection tracking keeps the port where it can (endpoint-independent mapping) or, if told so, chooses it at random for each
 * destination (address and port-dependent); either way it lets in only answers (address and port-dependent filtering).
 */
function translation(source: string): string {
  return `table ip translation {
  chain before { type nat hook prerouting priority dstnat; }
  chain after { type nat hook postrouting priority srcnat; oifname "wan" ${source}; }
}
`;
}

/** What was sent from a port is remembered, and whatever arrives for that port goes there: endpoint-independent filtering. */
function coneTranslation(wan: string): string {
  return `table ip translation {
  map mapping { type inet_service : ipv4_addr . inet_service; flags dynamic,timeout; timeout 300s; size 4096; }
  chain before { type nat hook prerouting priority dstnat; iifname "wan" meta l4proto udp dnat ip to udp dport map @mapping; }
  chain after {
    type nat hook postrouting priority srcnat;
    oifname "wan" meta l4proto udp update @mapping { udp sport : ip saddr . udp sport };
    oifname "wan" snat to ${wan};
  }
}
`;
}

/** Before a cone: lets in whoever has been written to from the same port, from any port of theirs. */
const addressFilter = `table ip filtering {
  set written { type ipv4_addr . inet_service . ipv4_addr; flags dynamic,timeout; timeout 300s; size 4096; }
  chain pass {
    type filter hook forward priority 0;
    iifname "lan" meta l4proto udp update @written { ip saddr . udp sport . ip daddr };
    iifname "wan" ct state established accept;
    iifname "wan" meta l4proto udp ip daddr . udp dport . ip saddr @written accept;
    iifname "wan" drop;
  }
}
`;

function barrier(rules: string): string {
  return `table ip barrier {
  chain pass { type filter hook forward priority -10; ${rules}; }
}
`;
}
