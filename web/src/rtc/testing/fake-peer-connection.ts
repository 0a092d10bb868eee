import { type FakeSection, type FakeSession, answerTo, readSession, reversed, writeSession } from "./fake-session.js";
import { FakeChannel, FakeTransceiver } from "./fake-transceiver.js";

interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
  readonly session: FakeSession;
}

interface CreatedOffer {
  readonly description: Description;
  readonly named: readonly { readonly transceiver: FakeTransceiver; readonly mid: string }[];
}

/**
 * A peer connection without media that negotiates as W3C WebRTC says: operations chain, signalling states, implicit
 * descriptions and rollback, transceivers and mids, negotiationneeded, candidates that must fit a description.
 */
export class FakePeerConnection extends EventTarget {
  static #ufrags = 0;
  static #certificates = 0;

  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  /** What `getStats` tells. */
  stats: ReadonlyMap<string, unknown> = new Map();
  iceConnectionState: RTCIceConnectionState = "new";
  configuration: RTCConfiguration;
  restarts = 0;
  rollbacks = 0;
  onnegotiationneeded: (() => void) | null = null;
  onicecandidate: ((event: { candidate: { toJSON: () => RTCIceCandidateInit } | null }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  onsignalingstatechange: (() => void) | null = null;
  ondatachannel: ((event: { channel: FakeChannel }) => void) | null = null;
  readonly candidates: RTCIceCandidateInit[] = [];
  #version = 0;
  /** Lines that gathering has added to the local description. */
  #gathered = "";
  readonly fingerprint = `certificate ${++FakePeerConnection.#certificates}`;
  channel: FakeChannel | null = null;

  #transceivers: FakeTransceiver[] = [];
  #chain: Promise<unknown> = Promise.resolve();
  #operations = 0;
  #created: CreatedOffer | null = null;
  #negotiationNeeded = false;
  #iceRestart = false;
  #ufrag = "";
  #nextMid = 0;
  #currentLocal: Description | null = null;
  #currentRemote: Description | null = null;
  #pendingLocal: Description | null = null;
  #pendingRemote: Description | null = null;
  /** Mids that the pending local offer gave, and transceivers that the pending remote offer made: taken back with it. */
  #undo: () => void = () => {};

  constructor(configuration: RTCConfiguration = {}) {
    super();
    this.configuration = configuration;
  }

  asConnection(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection;
  }

  get currentLocalDescription(): Description | null {
    return this.#currentLocal;
  }

  get localDescription(): Description | null {
    const description = this.#pendingLocal ?? this.#currentLocal;
    return description && { ...description, sdp: description.sdp + this.#gathered };
  }

  get remoteDescription(): Description | null {
    return this.#pendingRemote ?? this.#currentRemote;
  }

  getTransceivers(): FakeTransceiver[] {
    return [...this.#transceivers];
  }

  addTransceiver(
    trackOrKind: MediaStreamTrack | "audio" | "video",
    { direction = "sendrecv" }: { direction?: RTCRtpTransceiverDirection } = {},
  ): FakeTransceiver {
    const track = typeof trackOrKind === "string" ? null : trackOrKind;
    const kind = typeof trackOrKind === "string" ? trackOrKind : (trackOrKind.kind as "audio" | "video");
    const transceiver = new FakeTransceiver(kind, direction, track, () => this.#checkNegotiation());
    this.#transceivers.push(transceiver);
    this.#checkNegotiation();
    return transceiver;
  }

  /** The first one is `channel`; others are made beside it. */
  createDataChannel(label: string): FakeChannel {
    const channel = new FakeChannel(label);
    this.channel ??= channel;
    this.#checkNegotiation();
    return channel;
  }

  restartIce(): void {
    this.restarts += 1;
    // Without credentials there are none to replace (W3C WebRTC, section 4.4.2).
    this.#iceRestart = this.localDescription !== null;
    this.#checkNegotiation();
  }

  getConfiguration(): RTCConfiguration {
    return this.configuration;
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  createOffer(): Promise<{ type: "offer"; sdp: string }> {
    return this.#operate(() => {
      this.#created = this.#makeOffer();
      return { type: "offer", sdp: this.#created.description.sdp };
    });
  }

  setLocalDescription(description?: { type: "rollback" | "offer"; sdp?: string }): Promise<void> {
    const done = this.#operate(() => {
      if (description?.type === "rollback") this.#rollback("have-local-offer");
      else if (description) this.#setLocalOffer(this.#createdOffer(description.sdp));
      else if (this.signalingState === "have-remote-offer") this.#setLocalAnswer();
      else this.#setLocalOffer(this.#makeOffer());
    });
    // Gathering takes its time: whoever awaits the description comes first.
    if (!description)
      done
        .then(() => Promise.resolve())
        .then(
          () => this.#gather(),
          () => {},
        );
    return done;
  }

  setRemoteDescription(description: { type: "offer" | "answer" | "rollback"; sdp?: string }): Promise<void> {
    return this.#operate(() => {
      if (description.type === "rollback") {
        this.#rollback("have-remote-offer");
        return;
      }
      const sdp = description.sdp ?? "";
      const session = readSession(sdp);
      // What a browser makes of another certificate in the middle of a connection is nothing that lasts.
      const known = this.#currentRemote?.session.fingerprint ?? session.fingerprint;
      if (session.fingerprint !== known) throw new DOMException("another certificate", "OperationError");
      if (description.type === "offer") {
        if (this.signalingState === "have-local-offer") this.#rollback("have-local-offer");
        this.#setRemoteOffer({ type: "offer", sdp, session });
      } else {
        this.#setRemoteAnswer({ type: "answer", sdp, session });
      }
    });
  }

  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    return this.#operate(() => {
      if (!this.remoteDescription) throw new DOMException("no remote description", "InvalidStateError");
      const known = [this.#currentRemote, this.#pendingRemote].map((description) => description?.session.ufrag);
      if (!known.includes(candidate.usernameFragment ?? "")) throw new DOMException("unknown ufrag", "OperationError");
      this.candidates.push(candidate);
    });
  }

  getStats(): Promise<RTCStatsReport> {
    return Promise.resolve(this.stats);
  }

  close(): void {
    this.signalingState = "closed";
    this.connectionState = "closed";
  }

  gathered(candidate: string): void {
    this.#gathered += `a=${candidate}\r\n`;
  }

  /** What the network does. */
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    if (state !== "connecting") this.iceConnectionState = state;
    this.onconnectionstatechange?.();
    this.dispatchEvent(new Event("connectionstatechange"));
  }

  #makeOffer(): CreatedOffer {
    const named = this.#transceivers
      .filter(({ mid }) => mid === null)
      .map((transceiver) => ({ transceiver, mid: this.#newMid() }));
    const sections = [...(this.#currentLocal?.session.sections ?? [])].map((section): FakeSection => ({
      ...section,
      direction: this.#byMid(section.mid)?.direction ?? section.direction,
    }));
    for (const { transceiver, mid } of named) {
      sections.push({ kind: transceiver.kind, mid, direction: transceiver.direction });
    }
    if (this.channel && !sections.some(({ kind }) => kind === "application")) {
      sections.push({ kind: "application", mid: this.#newMid(), direction: "sendrecv" });
    }
    const ufrag = this.#iceRestart || this.#ufrag === "" ? `u${++FakePeerConnection.#ufrags}` : this.#ufrag;
    return {
      description: describe("offer", {
        version: ++this.#version,
        ufrag,
        setup: "actpass",
        fingerprint: this.fingerprint,
        sections,
      }),
      named,
    };
  }

  #createdOffer(sdp: string | undefined): CreatedOffer {
    if (this.#created?.description.sdp !== sdp || !this.#created) {
      throw new DOMException("not the offer that was created last", "InvalidModificationError");
    }
    return this.#created;
  }

  #setLocalOffer({ description, named }: CreatedOffer): void {
    if (this.signalingState === "have-remote-offer") throw new DOMException("glare", "InvalidStateError");
    const ufrag = this.#ufrag;
    for (const { transceiver, mid } of named) transceiver.mid = mid;
    this.#ufrag = description.session.ufrag;
    this.#pendingLocal = description;
    this.#undo = () => {
      for (const { transceiver } of named) transceiver.mid = null;
      this.#ufrag = ufrag;
    };
    this.#become("have-local-offer");
  }

  #setLocalAnswer(): void {
    const offer = this.#pendingRemote;
    if (!offer) throw new DOMException("no offer", "InvalidStateError");
    const sections = offer.session.sections.map((section): FakeSection => {
      const transceiver = this.#byMid(section.mid);
      const direction = transceiver ? answerTo(section.direction, transceiver.direction) : section.direction;
      if (transceiver) transceiver.currentDirection = direction;
      return { ...section, direction };
    });
    if (this.#ufrag === "" || offer.session.ufrag !== this.#currentRemote?.session.ufrag) {
      this.#ufrag = `u${++FakePeerConnection.#ufrags}`;
      this.#iceRestart = false;
    }
    const setup = offer.session.setup === "active" ? "passive" : "active";
    this.#settle(
      describe("answer", {
        version: ++this.#version,
        ufrag: this.#ufrag,
        setup,
        fingerprint: this.fingerprint,
        sections,
      }),
      offer,
    );
  }

  #setRemoteOffer(offer: Description): void {
    const made: FakeTransceiver[] = [];
    for (const { kind, mid } of offer.session.sections) {
      if (kind === "application" || this.#byMid(mid)) continue;
      const transceiver = new FakeTransceiver(kind, "recvonly", null, () => this.#checkNegotiation());
      transceiver.mid = mid;
      made.push(transceiver);
      this.#transceivers.push(transceiver);
    }
    this.#pendingRemote = offer;
    this.#undo = () => {
      this.#transceivers = this.#transceivers.filter((transceiver) => !made.includes(transceiver));
    };
    this.#become("have-remote-offer");
  }

  #setRemoteAnswer(answer: Description): void {
    const offer = this.#pendingLocal;
    if (this.signalingState !== "have-local-offer" || !offer) throw new DOMException("no offer", "InvalidStateError");
    if (answer.session.sections.length !== offer.session.sections.length) {
      throw new DOMException("the answer does not fit the offer", "InvalidAccessError");
    }
    for (const { mid, direction } of answer.session.sections) {
      const transceiver = this.#byMid(mid);
      if (transceiver) transceiver.currentDirection = reversed(direction);
    }
    this.#iceRestart = false;
    this.#settle(offer, answer);
  }

  #settle(local: Description, remote: Description): void {
    this.#currentLocal = local;
    this.#currentRemote = remote;
    this.#pendingLocal = null;
    this.#pendingRemote = null;
    this.#undo = () => {};
    this.#negotiationNeeded = false;
    this.#become("stable");
    this.#checkNegotiation();
  }

  #rollback(from: RTCSignalingState): void {
    if (this.signalingState !== from) throw new DOMException("nothing to roll back", "InvalidStateError");
    this.rollbacks += 1;
    this.#undo();
    this.#undo = () => {};
    this.#pendingLocal = null;
    this.#pendingRemote = null;
    this.#become("stable");
    this.#negotiationNeeded = false;
    this.#checkNegotiation();
  }

  #gather(): void {
    const usernameFragment = this.#ufrag;
    if (this.signalingState === "closed") return;
    const candidate = { candidate: "candidate:1 1 udp 1 192.0.2.1 9 typ host", sdpMid: "0", usernameFragment };
    this.onicecandidate?.({ candidate: { toJSON: () => candidate } });
    this.onicecandidate?.({ candidate: null });
  }

  /** Section 4.7.3: the event fires when the chain is empty and the state is stable, once until it was dealt with. */
  #checkNegotiation(): void {
    queueMicrotask(() => {
      if (this.#operations > 0 || this.signalingState !== "stable" || this.#negotiationNeeded) return;
      if (!this.#needsNegotiation()) return;
      this.#negotiationNeeded = true;
      this.onnegotiationneeded?.();
    });
  }

  #needsNegotiation(): boolean {
    if (this.#iceRestart) return true;
    const sections = this.#currentLocal?.session.sections ?? [];
    if (this.channel && !sections.some(({ kind }) => kind === "application")) return true;
    return this.#transceivers.some(({ mid, direction }) => {
      const section = sections.find((candidate) => candidate.mid === mid);
      if (!section || !this.#currentLocal) return true;
      const offered = this.#currentRemote?.session.sections.find((candidate) => candidate.mid === mid)?.direction;
      return this.#currentLocal.type === "offer"
        ? section.direction !== direction
        : section.direction !== answerTo(offered ?? "sendrecv", direction);
    });
  }

  #operate<T>(operation: () => T): Promise<T> {
    this.#operations += 1;
    const result = this.#chain.then(async () => {
      // An operation takes time, in which other things happen.
      await Promise.resolve();
      if (this.signalingState === "closed") throw new DOMException("closed", "InvalidStateError");
      return operation();
    });
    const done = () => {
      this.#operations -= 1;
      this.#checkNegotiation();
    };
    this.#chain = result.then(done, done);
    return result;
  }

  #become(state: RTCSignalingState): void {
    this.signalingState = state;
    this.onsignalingstatechange?.();
    this.dispatchEvent(new Event("signalingstatechange"));
  }

  #byMid(mid: string): FakeTransceiver | undefined {
    return this.#transceivers.find((transceiver) => transceiver.mid === mid);
  }

  #newMid(): string {
    const taken = new Set(this.remoteDescription?.session.sections.map(({ mid }) => mid));
    while (taken.has(String(this.#nextMid))) this.#nextMid += 1;
    return String(this.#nextMid++);
  }
}

function describe(type: "offer" | "answer", session: FakeSession): Description {
  return { type, sdp: writeSession(session), session };
}
