import { CandidateHold } from "./candidate-hold.js";
import { DtlsRole } from "./dtls-role.js";
import { EarlyCandidates } from "./early-candidates.js";
import { withSpeechOpus } from "./opus.js";
import type { Sources } from "./source.js";

/** An offer or an answer as it travels. */
export interface DescriptionSignal {
  readonly type: "offer" | "answer";
  /** Larger with every offer that its maker makes; an answer has the number of the offer it answers. */
  readonly number: number;
  readonly sdp: string;
  readonly sources: Sources;
}

/** What travels to the other end. */
export type Signal = DescriptionSignal | { readonly type: "candidate"; readonly candidate: RTCIceCandidateInit };

export interface NegotiationOptions {
  /** On a collision of offers the polite end gives way. */
  readonly polite: boolean;
  send(signal: Signal): void;
  /** What this end sends, by mid, as this description of its own says. */
  describe(sdp: string): Sources;
  /** A remote description was applied; if it is an offer, the answer is made right after. */
  onRemote(sources: Sources): void;
  /**
   * A description that does not fit the connection this end has: the other end began anew and knows ours by its name only,
   * or the first negotiation went wrong. A new connection has to take the place of this one. What is told, and what was
   * received after it, was not applied.
   */
  onForeign(signal: Signal): void;
  /** Something the other end sent could not be applied, or an offer could not be made. The connection goes on. */
  onError(error: unknown): void;
}

/** Of this page: a connection that takes the place of another one under its name must not use its numbers again. */
let offersMade = 0;

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
  readonly #hold = new CandidateHold((candidates) => {
    for (const candidate of candidates) void this.handleCandidate(candidate);
  });
  readonly #role = new DtlsRole();
  /** The polite end's offer that is under way and not set yet. */
  #uncommitted: RTCSessionDescriptionInit | null = null;
  /** The number of the offer under way; null: none is. */
  #awaited: number | null = null;
  /** The number of the remote offer that was negotiated last; null if an offer of this end was. */
  #answered: number | null = null;
  /** Remote offers that were accepted. */
  #acceptedOffers = 0;
  #failures = 0;
  #makingOffer = false;
  #ignoreOffer = false;
  /** The other end speaks of another connection. */
  #foreign = false;
  /** What arrived is applied one after the other: an offer may come twice. */
  #incoming: Promise<void> = Promise.resolve();

  constructor(connection: RTCPeerConnection, options: NegotiationOptions) {
    this.#connection = connection;
    this.#options = options;
    connection.onnegotiationneeded = () => void this.#offer();
    connection.onicecandidate = ({ candidate }) => {
      if (candidate && isOfUse(candidate)) options.send({ type: "candidate", candidate: candidate.toJSON() });
    };
  }

  /** Makes the first offer without waiting to be asked: what the page draws meanwhile would come first. */
  begin(): void {
    void this.#offer();
  }

  /** An offer of this end is under way and has no answer. */
  get offering(): boolean {
    return this.#makingOffer || this.#awaited !== null;
  }

  handleDescription(description: DescriptionSignal): Promise<void> {
    return this.#enqueue(() => this.#applyDescription(description));
  }

  handleCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#foreign) this.#options.onForeign({ type: "candidate", candidate });
      else if (!this.#connection.remoteDescription) this.#early.keep(candidate);
      else if (!this.#hold.keep(candidate)) await this.#add(candidate);
    });
  }

  close(): void {
    this.#hold.close();
  }

  /** Sends the offer under way again, with the candidates found since: it, or its answer, may have been lost. */
  repeatOffer(): Promise<void> {
    // In turn: the answer may have arrived already.
    return this.#enqueue(() => this.#sendAgain());
  }

  #enqueue(step: () => Promise<void> | void): Promise<void> {
    this.#incoming = this.#incoming.then(step);
    return this.#incoming;
  }

  async #applyDescription(description: DescriptionSignal): Promise<void> {
    if (this.#foreign) {
      this.#options.onForeign(description);
      return;
    }
    const { type, number } = description;
    // Its answer seems to be lost. Whatever this end has offered since then was not heard for lack of it.
    if (type === "offer" && number === this.#answered) {
      this.#send("answer", number, this.#connection.currentLocalDescription?.sdp);
      this.#sendAgain();
      return;
    }
    const offerCollision = type === "offer" && (this.#makingOffer || this.#connection.signalingState !== "stable");
    this.#ignoreOffer = !this.#options.polite && offerCollision;
    if (this.#ignoreOffer) return;
    // The answer to an offer that gave way, or a second one: nothing waits for it.
    if (type === "answer" && number !== this.#awaited) return;
    if (this.#isForeign(description)) {
      this.#foreign = true;
      this.#options.onForeign(description);
      return;
    }
    try {
      if (type === "offer") await this.#acceptOffer(description);
      else await this.#acceptAnswer(description);
      this.#failures = 0;
    } catch (error) {
      this.#report(error);
      await this.#recover();
    }
  }

  #isForeign({ type, sdp }: DescriptionSignal): boolean {
    const { remoteDescription, signalingState } = this.#connection;
    // Our first offer was answered and the answer was lost. To take that offer back would leave its transceivers without
    // their places; nothing has been gained yet that a new connection would lose.
    if (remoteDescription === null) return type === "offer" && signalingState === "have-local-offer";
    // One connection has one certificate at each end, for as long as it lives (RFC 8842, section 4).
    const known = fingerprintOf(remoteDescription.sdp);
    return known !== null && known !== (fingerprintOf(sdp) ?? known);
  }

  async #acceptOffer({ number, sdp, sources }: DescriptionSignal): Promise<void> {
    this.#acceptedOffers += 1;
    this.#uncommitted = null;
    this.#awaited = null;
    const before = this.#connection.remoteDescription?.sdp;
    await this.#connection.setRemoteDescription({ type: "offer", sdp: withSpeechOpus(this.#role.pin(sdp), sources) });
    this.#handleRemote(sources);
    await this.#connection.setLocalDescription();
    const answer = this.#connection.localDescription?.sdp ?? "";
    this.#hold.handleRemote(sdp, before, answer);
    this.#answered = number;
    this.#role.handleAnswer("local", answer);
    this.#send("answer", number, answer);
  }

  async #acceptAnswer({ sdp, sources }: DescriptionSignal): Promise<void> {
    const offer = this.#uncommitted;
    this.#uncommitted = null;
    this.#awaited = null;
    this.#answered = null;
    const before = this.#connection.remoteDescription?.sdp;
    // Both at once, so that no candidate of the answer's generation gets in between.
    await Promise.all([
      offer ? this.#connection.setLocalDescription(offer) : null,
      this.#connection.setRemoteDescription({ type: "answer", sdp: withSpeechOpus(sdp, sources) }),
    ]);
    this.#hold.handleRemote(sdp, before, this.#connection.localDescription?.sdp ?? "");
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
    this.#awaited = null;
    try {
      if (signalingState === "have-local-offer") await this.#connection.setLocalDescription({ type: "rollback" });
      if (signalingState === "have-remote-offer") await this.#connection.setRemoteDescription({ type: "rollback" });
    } catch (error) {
      this.#report(error);
    }
  }

  async #offer(): Promise<void> {
    // One at a time: once this one is answered the browser asks again, if need be.
    if (this.#uncommitted || this.#makingOffer) return;
    try {
      this.#makingOffer = true;
      // Before the first negotiation there is nobody to collide with, and candidates should be found early.
      if (this.#options.polite && this.#connection.remoteDescription) {
        await this.#offerUncommitted();
      } else {
        await this.#connection.setLocalDescription();
        this.#sendOffer(this.#connection.localDescription?.sdp);
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
    this.#sendOffer(sdp);
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

  #sendOffer(sdp: string | undefined): void {
    offersMade += 1;
    this.#awaited = offersMade;
    this.#send("offer", offersMade, sdp);
  }

  #sendAgain(): void {
    if (this.#makingOffer || this.#awaited === null) return;
    this.#send("offer", this.#awaited, (this.#uncommitted ?? this.#connection.localDescription)?.sdp);
  }

  #send(type: "offer" | "answer", number: number, sdp = ""): void {
    this.#options.send({ type, number, sdp, sources: this.#options.describe(sdp) });
  }

  #report(error: unknown): void {
    if (this.#connection.signalingState !== "closed") this.#options.onError(error);
  }
}

/**
 * Two browsers never meet over TCP, since both can only call and neither listens (RFC 6544, section 4.5); nor on a port for
 * RTCP, since both multiplex it (RFC 5761). Firefox (153) finds twelve such candidates beside four that count.
 */
function isOfUse({ component, tcpType }: RTCIceCandidate): boolean {
  return component !== "rtcp" && tcpType !== "active";
}

function fingerprintOf(sdp: string): string | null {
  return /^a=fingerprint:(.*?)\r?$/m.exec(sdp)?.[1]?.toLowerCase() ?? null;
}
