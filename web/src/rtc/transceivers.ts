import { type Source, type Sources, everySource, kindOf } from "./source.js";

/** Both ends send these over one transceiver each, which exists from the first offer, with or without a track. */
const shared: readonly Source[] = ["microphone", "camera"];

/**
 * Which transceiver of a connection carries what, in both directions.
 *
 * Microphone and camera: one transceiver each, made by the first offerer and used by both, so that turning them on and
 * off is `replaceTrack` and needs no negotiation. Screen and its audio: each end has its own, made at its first share and
 * used again at the next.
 */
export class Transceivers {
  readonly #connection: RTCPeerConnection;
  readonly #onError: (error: unknown) => void;
  readonly #onTrack: () => void;
  /** What is to be sent; kept also while no transceiver exists for it. */
  readonly #tracks = new Map<Source, MediaStreamTrack>();
  readonly #sending = new Map<Source, RTCRtpTransceiver>();
  readonly #receiving = new Map<Source, RemoteStream>();
  /** The second offerer adds nothing of its own before the first offer brought the shared transceivers. */
  #begun = false;

  /** `onTrack`: a sender has another track from now on. */
  constructor(connection: RTCPeerConnection, onError: (error: unknown) => void, onTrack: () => void = () => {}) {
    this.#connection = connection;
    this.#onError = onError;
    this.#onTrack = onTrack;
  }

  /** For the first offerer: makes the shared transceivers, and those of a screen that is being shared already. */
  begin(): void {
    for (const source of shared) this.#add(source, "sendrecv");
    this.#begin();
  }

  /** Sends `track` as `source`, or nothing. */
  send(source: Source, track: MediaStreamTrack | null): void {
    if (track) this.#tracks.set(source, track);
    else this.#tracks.delete(source);
    if (this.#begun) this.#apply(source);
  }

  /** After a remote description was applied, and before an answer to it is made. */
  handleRemote(sources: Sources): void {
    const present = new Set<Source>();
    for (const transceiver of this.#connection.getTransceivers()) {
      const source = transceiver.mid === null ? undefined : sources[transceiver.mid];
      const { track } = transceiver.receiver;
      if (!source || present.has(source) || track.kind !== kindOf(source)) continue;
      present.add(source);
      if (this.#receiving.get(source)?.transceiver !== transceiver) {
        this.#receiving.set(source, { transceiver, stream: new MediaStream([track]) });
      }
      if (shared.includes(source) && !this.#sending.has(source)) {
        this.#sending.set(source, transceiver);
        // Without this the answer would say recvonly, and an own track would need a negotiation of its own.
        transceiver.direction = "sendrecv";
        this.#apply(source);
      }
    }
    for (const source of everySource) if (!present.has(source)) this.#receiving.delete(source);
    if (!this.#begun) this.#begin();
  }

  /** What this end sends, by mid, as its own description `sdp` says, whether that was set already or not. */
  describe(sdp: string): Sources {
    const transceivers = this.#connection.getTransceivers();
    const known = new Set(transceivers.map(({ mid }) => mid));
    const sections = mediaSections(sdp);
    // Transceivers get their mids when the description is set. Until then: sections that are new belong, in order, to
    // the transceivers that have none (RFC 8829, section 5.2.2).
    const fresh = sections.filter(({ mid }) => !known.has(mid)).map(({ mid }) => mid);
    const sending = new Set(sections.filter(({ sends }) => sends).map(({ mid }) => mid));
    const sources: Record<string, Source> = {};
    for (const transceiver of transceivers) {
      const mid = transceiver.mid ?? fresh.shift();
      const source = this.#sourceOf(transceiver);
      // As the description says, which may be older than what is wanted now.
      if (mid !== undefined && source && sending.has(mid)) sources[mid] = source;
    }
    return sources;
  }

  /** What arrives as `source`; a new stream each time it begins anew. */
  stream(source: Source): MediaStream | null {
    return this.#receiving.get(source)?.stream ?? null;
  }

  sender(source: Source): RTCRtpSender | undefined {
    return this.#sending.get(source)?.sender;
  }

  receiver(source: Source): RTCRtpReceiver | undefined {
    return this.#receiving.get(source)?.transceiver.receiver;
  }

  /** By mid, what goes in each direction. */
  get flows(): { readonly sent: Sources; readonly received: Sources } {
    const byMid = (entries: readonly (readonly [string | null, Source])[]): Sources => {
      const sources: Record<string, Source> = {};
      for (const [mid, source] of entries) if (mid !== null) sources[mid] = source;
      return sources;
    };
    return {
      sent: byMid([...this.#sending].map(([source, { mid }]) => [mid, source])),
      received: byMid([...this.#receiving].map(([source, { transceiver }]) => [transceiver.mid, source])),
    };
  }

  #sourceOf(transceiver: RTCRtpTransceiver): Source | undefined {
    return everySource.find((source) => this.#sending.get(source) === transceiver);
  }

  #begin(): void {
    this.#begun = true;
    for (const source of this.#tracks.keys()) this.#apply(source);
  }

  #apply(source: Source): void {
    const track = this.#tracks.get(source) ?? null;
    const transceiver = this.#sending.get(source);
    if (!transceiver) {
      if (track && !shared.includes(source)) this.#add(source, "sendonly");
      return;
    }
    if (!shared.includes(source)) {
      const direction = track ? "sendonly" : "inactive";
      if (transceiver.direction !== direction) transceiver.direction = direction;
    }
    if (transceiver.sender.track !== track) {
      transceiver.sender.replaceTrack(track).then(this.#onTrack, this.#onError);
    }
  }

  #add(source: Source, direction: RTCRtpTransceiverDirection): void {
    const track = this.#tracks.get(source) ?? kindOf(source);
    this.#sending.set(source, this.#connection.addTransceiver(track, { direction }));
  }
}

interface RemoteStream {
  readonly transceiver: RTCRtpTransceiver;
  /** Made here: what `ontrack` brings depends on the msid, which browsers fill differently for senders without a track. */
  readonly stream: MediaStream;
}

interface MediaSection {
  readonly mid: string;
  readonly sends: boolean;
}

/** The audio and video sections of a description, in order. */
function mediaSections(sdp: string): MediaSection[] {
  return sdp
    .split(/^m=/m)
    .filter((section) => /^(audio|video) /.test(section))
    .flatMap((section) => {
      const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
      return mid === undefined ? [] : [{ mid, sends: !/^a=(recvonly|inactive)\b/m.test(section) }];
    });
}
