import { candidateType, type CandidateType } from "../journal/journal.js";

/** A candidate of this browser's, as far as a trial is interested in it. */
export interface FoundCandidate {
  readonly type: CandidateType;
  readonly protocol: "udp" | "tcp";
  /** As it stands in the candidate; a name where the browser hides it. */
  readonly address: string;
}

/** Why a candidate could not be had (W3C WebRTC, section 4.8.2): a STUN error, or 701: no answer at all. */
export interface CandidateFault {
  readonly code: number;
  /** The browser's or the server's words; for logs and reports. */
  readonly text: string;
  /** Of this device, as far as the browser names one: over TCP, Chromium does once the connection stands. */
  readonly port: number | null;
}

/** So many of each are kept; the rest would say nothing new. */
const most = 32;

/** What one connection finds, and cannot find, while it gathers candidates. */
export class Gathering {
  readonly candidates: FoundCandidate[] = [];
  readonly faults: CandidateFault[] = [];
  /** Milliseconds from the beginning to the first candidate of each type. */
  readonly firsts = new Map<CandidateType, number>();
  #complete = false;
  readonly #began = performance.now();
  #wake: () => void = () => {};

  constructor(connection: RTCPeerConnection) {
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate) this.#find(candidate.candidate);
      else this.#end();
    });
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") this.#end();
    });
    connection.addEventListener("icecandidateerror", ({ errorCode, errorText, port }) => {
      if (this.faults.length < most) this.faults.push({ code: errorCode, text: errorText, port: port ?? null });
    });
  }

  get complete(): boolean {
    return this.#complete;
  }

  /** Resolves once there is a candidate of this type, or there will be no more of any. */
  async found(type: CandidateType): Promise<void> {
    while (!this.firsts.has(type) && !this.#complete) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  #find(text: string): void {
    const type = candidateType(text);
    const [, , protocol = "", , address = ""] = text.split(" ");
    // An empty one ends a generation and is none.
    if (!type) return;
    if (this.candidates.length < most) {
      this.candidates.push({ type, protocol: protocol.toLowerCase() === "tcp" ? "tcp" : "udp", address });
    }
    if (!this.firsts.has(type)) this.firsts.set(type, performance.now() - this.#began);
    this.#wake();
  }

  #end(): void {
    this.#complete = true;
    this.#wake();
  }
}
