/**
 * The fingerprints of certificates that a description names (RFC 8122, section 5): each once, in order, in lower case. A line
 * more or less, or another hash, makes another list.
 */
export function fingerprintsIn(sdp: string): readonly string[] {
  const found = sdp.matchAll(/^a=fingerprint:(\S{1,32}) ([0-9a-f:]{1,256})\r?$/gim);
  return [...new Set([...found].map(([, hash = "", value = ""]) => `${hash} ${value}`.toLowerCase()))].sort();
}
