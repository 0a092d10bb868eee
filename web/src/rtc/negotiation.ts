import { DtlsRole } from "./dtls-role.js";
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

/** After so many failures in a row the other end is given up on: taking back and offering anew would go on forever. */
const maxFailures = 3;

/** W3C WebRTC, section 10.7: perfect negotiation. The names of the flags are the specification's. */
export class Negotiation {
  readonly #connection: RTCPeerConnection;
  readonly #options: NegotiationOptions;
  readonly #early = new EarlyCandidates();
  readonly #role = new DtlsRole();
  #failures = 0;
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
      await this.#applyRemote(type, sdp);
      this.#options.onRemote(sources);
      for (const candidate of this.#early.take()) void this.#add(candidate);
      if (type === "offer") {
        await connection.setLocalDescription();
        this.#sendLocal();
      }
      this.#failures = 0;
    } catch (error) {
      this.#report(error);
      await this.#recover();
    }
  }

  async handleCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    if (this.#connection.remoteDescription) await this.#add(candidate);
    else this.#early.keep(candidate);
  }

  async #applyRemote(type: "offer" | "answer", sdp: string): Promise<void> {
    this.#isSettingRemoteAnswerPending = type === "answer";
    try {
      // On a collision this takes the own offer back by itself.
      await this.#connection.setRemoteDescription({ type, sdp: type === "offer" ? this.#role.pin(sdp) : sdp });
    } finally {
      this.#isSettingRemoteAnswerPending = false;
    }
    if (type === "answer") this.#role.handleAnswer("remote", sdp);
  }

  /** A description that cannot be applied must not leave the connection waiting for it: every later offer would collide. */
  async #recover(): Promise<void> {
    this.#failures += 1;
    if (this.#failures > maxFailures) return;
    const { signalingState } = this.#connection;
    try {
      if (signalingState === "have-local-offer") await this.#connection.setLocalDescription({ type: "rollback" });
      if (signalingState === "have-remote-offer") await this.#connection.setRemoteDescription({ type: "rollback" });
    } catch (error) {
      this.#report(error);
    }
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
      // Candidates of an offer that was ignored, or taken back since, fit no description.
      if (!this.#ignoreOffer && this.#fits(candidate)) this.#report(error);
    }
  }

  #fits({ usernameFragment }: RTCIceCandidateInit): boolean {
    const sdp = this.#connection.remoteDescription?.sdp ?? "";
    return usernameFragment == null || sdp.includes(`a=ice-ufrag:${usernameFragment}\r\n`);
  }

  #sendLocal(): void {
    const description = this.#connection.localDescription;
    // Rolled back in between: a remote offer won, and its answer says what there is to say.
    if (!description || (description.type !== "offer" && description.type !== "answer")) return;
    if (description.type === "answer") this.#role.handleAnswer("local", description.sdp);
    this.#options.send({ type: description.type, sdp: description.sdp, sources: this.#options.describe() });
  }

  #report(error: unknown): void {
    if (this.#connection.signalingState !== "closed") this.#options.onError(error);
  }
}
