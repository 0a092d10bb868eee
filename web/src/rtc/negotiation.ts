import { EarlyCandidates } from "./early-candidates.js";
import type { Sources } from "./source.js";

/** What travels to the other end. */
export type Signal =
  | { readonly type: "offer" | "answer"; readonly sdp: string; readonly sources: Sources }
  | { readonly type: "candidate"; readonly candidate: RTCIceCandidateInit };

export interface NegotiationOptions {
  /** On a collision of offers the polite end takes its own back. */
  readonly polite: boolean;
  send(signal: Signal): void;
  /** What this end sends, by mid, as its current local description says. */
  describe(): Sources;
  /** A remote description was applied; if it is an offer, the answer is made right after. */
  onRemote(sources: Sources): void;
  /** Something the other end sent could not be applied, or an offer could not be made. The connection goes on. */
  onError(error: unknown): void;
}

/** W3C WebRTC, section 10.7: perfect negotiation. The names of the flags are the specification's. */
export class Negotiation {
  readonly #connection: RTCPeerConnection;
  readonly #options: NegotiationOptions;
  readonly #early = new EarlyCandidates();
  #makingOffer = false;
  #ignoreOffer = false;
  #isSettingRemoteAnswerPending = false;

  constructor(connection: RTCPeerConnection, options: NegotiationOptions) {
    this.#connection = connection;
    this.#options = options;
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onicecandidate = ({ candidate }) => {
      if (candidate) options.send({ type: "candidate", candidate: candidate.toJSON() });
    };
  }

  async handleDescription(type: "offer" | "answer", sdp: string, sources: Sources): Promise<void> {
    const connection = this.#connection;
    const readyForOffer =
      !this.#makingOffer && (connection.signalingState === "stable" || this.#isSettingRemoteAnswerPending);
    const offerCollision = type === "offer" && !readyForOffer;
    this.#ignoreOffer = !this.#options.polite && offerCollision;
    if (this.#ignoreOffer) return;
    // The answer to an offer that was taken back or never made: nothing waits for it.
    if (type === "answer" && connection.signalingState !== "have-local-offer") return;
    try {
      this.#isSettingRemoteAnswerPending = type === "answer";
      try {
        // On a collision this takes the own offer back by itself.
        await connection.setRemoteDescription({ type, sdp });
      } finally {
        this.#isSettingRemoteAnswerPending = false;
      }
      this.#options.onRemote(sources);
      for (const candidate of this.#early.take()) void this.#add(candidate);
      if (type === "offer") {
        await connection.setLocalDescription();
        this.#sendLocal();
      }
    } catch (error) {
      this.#report(error);
    }
  }

  async handleCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.#connection.remoteDescription) await this.#add(candidate);
    else this.#early.keep(candidate);
  }

  async #offer(): Promise<void> {
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#sendLocal();
    } catch (error) {
      this.#report(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  async #add(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch (error) {
      // Candidates of an ignored offer fit no description.
      if (!this.#ignoreOffer) this.#report(error);
    }
  }

  #sendLocal(): void {
    const description = this.#connection.localDescription;
    // Rolled back in between: a remote offer won, and its answer says what there is to say.
    if (!description || (description.type !== "offer" && description.type !== "answer")) return;
    this.#options.send({ type: description.type, sdp: description.sdp, sources: this.#options.describe() });
  }

  #report(error: unknown): void {
    if (this.#connection.signalingState !== "closed") this.#options.onError(error);
  }
}
