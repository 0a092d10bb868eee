/** Who can reach an address. */
export type AddressScope =
  /** The browser does not tell it: it stands behind a name that only the own network resolves (mDNS), or is withheld. */
  | "hidden"
  /** No address at all: 0.0.0.0 or ::. */
  | "unspecified"
  /** This machine alone. */
  | "loopback"
  /** One network, a provider's behind a common router included. */
  | "private"
  | "public";

/** RFC 1918, RFC 3927 (link-local) and RFC 6598 (behind a provider's router). */
const privateIPv4 = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** Of an address as it stands in a candidate or in statistics; null and names are hidden. */
export function scopeOf(address: string | null): AddressScope {
  const text = (address ?? "").toLowerCase().replace(/^::ffff:(?=\d+\.)/, "");
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    if (text === "0.0.0.0") return "unspecified";
    if (text.startsWith("127.")) return "loopback";
    return privateIPv4.test(text) ? "private" : "public";
  }
  if (!text.includes(":")) return "hidden";
  if (text === "::") return "unspecified";
  if (text === "::1") return "loopback";
  // Unique local (RFC 4193) and link-local (RFC 4291).
  return /^(f[cd]|fe[89ab])/.test(text) ? "private" : "public";
}
