/** More than any browser gathers; what a stranger sends beyond it is dropped. */
const limit = 256;

/** Candidates that arrived before the first description they belong to. */
export class EarlyCandidates {
  #kept: RTCIceCandidateInit[] = [];

  keep(candidate: RTCIceCandidateInit): void {
    if (this.#kept.length < limit) this.#kept.push(candidate);
  }

  take(): RTCIceCandidateInit[] {
    const kept = this.#kept;
    this.#kept = [];
    return kept;
  }
}
