import type { PeerLink } from "../../rtc/index.js";
import type { Participant } from "../../signalling/index.js";
import { Speech } from "../speaking/speech.js";
import type { MediaState, RemoteParticipant } from "../state.js";

/** One other participant: what the server says of it, and the connection that carries its media. */
export class RemotePeer {
  readonly id: string;
  readonly incarnation: number;
  readonly #name: string;
  readonly #speech = new Speech();
  #media: MediaState;
  #link: PeerLink | null = null;
  #snapshot: RemoteParticipant;

  constructor(participant: Participant) {
    this.id = participant.id;
    this.incarnation = participant.incarnation;
    this.#name = participant.name;
    this.#media = participant.media;
    this.#snapshot = this.#render();
  }

  /** Null until one end made the first move. */
  get link(): PeerLink | null {
    return this.#link;
  }

  /** Once. */
  attach(link: PeerLink): void {
    this.#link = link;
  }

  set media(media: MediaState) {
    this.#media = media;
  }

  /** The same object as before while nothing changed. */
  get snapshot(): RemoteParticipant {
    const next = this.#render();
    if (!same(this.#snapshot, next)) this.#snapshot = next;
    return this.#snapshot;
  }

  /** Whether listening makes sense at all. */
  get audible(): boolean {
    return this.#media.microphone;
  }

  /** Listens once; returns whether speaking began or ended. */
  listen(now: number): boolean {
    if (!this.audible) return this.#speech.stop();
    return this.#speech.handleLevel(this.#link?.audioLevel("microphone") ?? 0, now);
  }

  close(): void {
    this.#link?.close();
  }

  #render(): RemoteParticipant {
    const link = this.#link;
    return {
      id: this.id,
      name: this.#name,
      media: this.#media,
      path: link?.path ?? "connecting",
      audio: [link?.stream("microphone"), link?.stream("screen-audio")].filter((stream) => stream != null),
      camera: link?.stream("camera") ?? null,
      screen: link?.stream("screen") ?? null,
      speaking: this.#media.microphone && this.#speech.speaking,
    };
  }
}

function same(a: RemoteParticipant, b: RemoteParticipant): boolean {
  return (
    a.media === b.media &&
    a.path === b.path &&
    a.camera === b.camera &&
    a.screen === b.screen &&
    a.speaking === b.speaking &&
    a.audio.length === b.audio.length &&
    a.audio.every((stream, index) => stream === b.audio[index])
  );
}
