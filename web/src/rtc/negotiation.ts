import { DtlsRole } from "./dtls-role.js";
import { EarlyCandidates } from "./early-candidates.js";
import type { Sources } from "./source.js";

/** What travels to the other end. */
export type Signal =
  | { readonly type: "offer" | "answer"; readonly sdp: string; readonly sources: Sources }
  | { readonly type: "candidate"; readonly candidate: RTCIceCandidateInit };

export interface NegotiationOptions {
  /** On a collision of offers the polite end gives way. */
  readonly polite: boolean;
  send(signal: Signal): void;
  /** What this end sends, by mid, as this description of its own says. */
  describe(sdp: string): Sources;
  /** A remote description was applied; if it is an offer, the answer is made right after. */
  onRemote(sources: Sources): void;
  /** Something the other end sent could not be applied, or an offer could not be made. The connection goes on. */
  onError(error: unknown): void;
}

/** After so many failures in a row the other end is given up on: taking back and offering anew would go on forever. */
const maxFailures = 3;

/**
 * W3C WebRTC, section 10.7: perfect negotiation, with the names of the specification's flags. The wire sees no difference,
 * but on a collision the polite end has nothing to roll back: its offers, after the first negotiation, are set as local
 * descriptions only together with their answers. A rollback leaves a Chromium (156) with received video that is decoded and
 * never shown again, and a Firefox (153) whose ICE restart was rolled back with no connection.
 */
export class Negotiation {
  readonly #connection: RTCPeerConnection;
  readonly #options: NegotiationOptions;
  readonly #early = new EarlyCandidates();
  readonly #role = new DtlsRole();
  /** The polite end's offer that is under way and not set yet. */
  #uncommitted: RTCSessionDescriptionInit | null = null;
  /** Remote offers that were accepted. */
  #acceptedOffers = 0;
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
    // The answer to an offer that gave way or was never made: nothing waits for it.
    if (type === "answer" && !this.#uncommitted && connection.signalingState !== "have-local-offer") return;
    try {
      if (type === "offer") await this.#acceptOffer(sdp, sources);
      else await this.#acceptAnswer(sdp, sources);
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

  async #acceptOffer(sdp: string, sources: Sources): Promise<void> {
    this.#acceptedOffers += 1;
    this.#uncommitted = null;
    await this.#connection.setRemoteDescription({ type: "offer", sdp: this.#role.pin(sdp) });
    this.#handleRemote(sources);
    await this.#connection.setLocalDescription();
    this.#sendLocal();
  }

  async #acceptAnswer(sdp: string, sources: Sources): Promise<void> {
    const offer = this.#uncommitted;
    this.#uncommitted = null;
    try {
      this.#isSettingRemoteAnswerPending = true;
      // Both at once, so that no candidate of the answer's generation gets in between.
      await Promise.all([
        offer ? this.#connection.setLocalDescription(offer) : null,
        this.#connection.setRemoteDescription({ type: "answer", sdp }),
      ]);
    } finally {
      this.#isSettingRemoteAnswerPending = false;
    }
    this.#role.handleAnswer("remote", sdp);
    this.#handleRemote(sources);
  }

  #handleRemote(sources: Sources): void {
    this.#options.onRemote(sources);
    for (const candidate of this.#early.take()) void this.#add(candidate);
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
      // Before the first negotiation there is nobody to collide with, and candidates should be found early.
      if (this.#options.polite && this.#connection.remoteDescription) {
        await this.#offerUncommitted();
      } else {
        await this.#connection.setLocalDescription();
        this.#sendLocal();
      }
    } catch (error) {
      this.#report(error);
    } finally {
      this.#makingOffer = false;
    }
  }

  /** If a remote offer comes first, this one is dropped, and once that is answered, negotiation is needed anew. */
  async #offerUncommitted(): Promise<void> {
    const accepted = this.#acceptedOffers;
    const { type, sdp = "" } = await this.#connection.createOffer();
    if (accepted !== this.#acceptedOffers) return;
    this.#uncommitted = { type, sdp };
    this.#options.send({ type: "offer", sdp, sources: this.#options.describe(sdp) });
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
    if (!description || (description.type !== "offer" && description.type !== "answer")) return;
    if (description.type === "answer") this.#role.handleAnswer("local", description.sdp);
    this.#options.send({
      type: description.type,
      sdp: description.sdp,
      sources: this.#options.describe(description.sdp),
    });
  }

  #report(error: unknown): void {
    if (this.#connection.signalingState !== "closed") this.#options.onError(error);
  }
}
