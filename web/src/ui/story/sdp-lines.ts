/** One line of a session description; `words` where a line of its kind comes first. */
export interface SdpLine {
  readonly text: string;
  readonly words: string | null;
  /** A section of media begins. */
  readonly section: boolean;
}

/** Puts the words of `meanings` (how a line begins, and what it says; the first that fits) beside the lines. */
export function explainSdp(sdp: string, meanings: readonly (readonly [start: string, words: string])[]): SdpLine[] {
  const explained = new Set<string>();
  return sdp
    .split(/\r?\n/)
    .filter((text) => text !== "")
    .map((text) => {
      const [start, words] = meanings.find(([beginning]) => text.startsWith(beginning)) ?? [null, null];
      const first = start !== null && !explained.has(start);
      if (first) explained.add(start);
      return { text, words: first ? words : null, section: text.startsWith("m=") };
    });
}

/** The parts of a candidate that people ask about (RFC 8839, section 5.1); null when it is none. */
export interface CandidateFields {
  readonly protocol: string;
  readonly priority: string;
  readonly address: string;
  readonly port: number;
  readonly type: string;
}

export function readCandidate(text: string): CandidateFields | null {
  const fields = /^candidate:\S+ \d+ (\S+) (\d+) (\S+) (\d+) typ (\S+)/.exec(text);
  if (!fields) return null;
  const [, protocol = "", priority = "", address = "", port = "", type = ""] = fields;
  return { protocol: protocol.toLowerCase(), priority, address, port: Number(port), type };
}
