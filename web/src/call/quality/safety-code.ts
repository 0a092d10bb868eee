/** Groups of digits, and digits in each: 30 digits are 99 bits, too many to search for a second certificate that fits. */
const groups = 6;
const bytesPerGroup = 5;
const digits = 5;

/** So that no other use of the same fingerprints gives the same digits. */
const purpose = "parley safety code 1";

export interface Fingerprints {
  readonly own: readonly string[];
  readonly other: readonly string[];
}

/**
 * Six groups of five digits that two people read to each other: the same at both ends exactly if both ends see the same two
 * certificates, whatever whoever passed them on did to them. Null without a fingerprint at each end, or without WebCrypto.
 */
export async function safetyCode({ own, other }: Fingerprints): Promise<string | null> {
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  if (own.length === 0 || other.length === 0 || !subtle) return null;
  // Both ends sort, so neither comes first.
  const ends = [own.join(","), other.join(",")].sort();
  const hash = new Uint8Array(await subtle.digest("SHA-256", new TextEncoder().encode([purpose, ...ends].join("\n"))));
  return Array.from({ length: groups }, (_, group) => groupOf(hash.subarray(group * bytesPerGroup))).join(" ");
}

function groupOf(bytes: Uint8Array): string {
  let value = 0;
  // 40 bits are well below what a number holds exactly.
  for (const byte of bytes.subarray(0, bytesPerGroup)) value = value * 256 + byte;
  return String(value % 10 ** digits).padStart(digits, "0");
}
