import type { PeerLink } from "../../rtc/index.js";
import type { Participant } from "../../signalling/index.js";
import { Speech } from "../speaking/speech.js";
import type { MediaState, RemoteParticipant, Role } from "../state.js";
import { Allowance } from "./allowance.js";

/** One other participant: what the server says of it, and the connection that carries its media. */
export class RemotePeer {
  readonly id: string;
  readonly incarnation: number;
  /** New connections in the place of one there is, made because this participant wants so. */
  readonly replacements: Allowance;
  readonly #speech = new Speech();
  #name: string;
  #media: MediaState;
  #away: boolean;
  #role: Role;
  #hand: number | null;
  #listed = true;
  #listings = 1;
  #link: PeerLink | null = null;
  #snapshot: RemoteParticipant;

  /** `before`: an earlier page load of the same participant. */
  constructor(participant: Participant, before?: RemotePeer) {
    this.id = participant.id;
    this.replacements = before?.replacements ?? new Allowance();
    this.incarnation = participant.incarnation;
    this.#name = participant.name;
    this.#media = participant.media;
    this.#away = participant.away;
    this.#role = participant.role;
    this.#hand = participant.hand;
    this.#snapshot = this.#render();
  }

  get name(): string {
    return this.#name;
  }

  /** Null until one end made the first move. */
  get link(): PeerLink | null {
    return this.#link;
  }

  /** Takes the place of the link there was. */
  attach(link: PeerLink): void {
    this.#link?.close();
    this.#link = link;
  }

  /** The server says again how this page load of the participant is. */
  handleParticipant({ name, media, away, role, hand }: Participant): void {
    this.#name = name;
    this.#media = media;
    this.#away = away;
    this.#role = role;
    this.#hand = hand;
    this.#listed = true;
    this.#listings += 1;
  }

  set media(media: MediaState) {
    this.#media = media;
  }

  handleStanding({ role, hand }: Partial<Pick<Participant, "role" | "hand">>): void {
    if (role !== undefined) this.#role = role;
    if (hand !== undefined) this.#hand = hand;
  }

  get away(): boolean {
    return this.#away;
  }

  /** False once the server does not know the participant any more; it is here as long as its media is. */
  get listed(): boolean {
    return this.#listed;
  }

  /** How often the server has said that the participant is in the room: tells older answers from newer ones. */
  get listings(): number {
    return this.#listings;
  }

  handleAway(): void {
    this.#away = true;
  }

  handleUnlisted(): void {
    this.#away = true;
    this.#listed = false;
  }

  /** Its media arrives, as far as can be told. */
  get arriving(): boolean {
    return this.#link !== null && this.#link.path === "connected" && !this.#link.abandoned;
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
    const path = link?.path ?? "connecting";
    return {
      id: this.id,
      name: this.#name,
      role: this.#role,
      hand: this.#hand,
      media: this.#media,
      away: this.#away,
      path,
      // Nobody asks before, and candidates that come one by one would each be news.
      relay: path === "failed" ? (link?.relay ?? null) : null,
      audio: [link?.stream("microphone"), link?.stream("screen-audio")].filter((stream) => stream != null),
      camera: link?.stream("camera") ?? null,
      screen: link?.stream("screen") ?? null,
      speaking: this.#media.microphone && this.#speech.speaking,
    };
  }
}

function same(a: RemoteParticipant, b: RemoteParticipant): boolean {
  return (
    a.name === b.name &&
    a.role === b.role &&
    a.hand === b.hand &&
    a.media === b.media &&
    a.away === b.away &&
    a.path === b.path &&
    a.relay === b.relay &&
    a.camera === b.camera &&
    a.screen === b.screen &&
    a.speaking === b.speaking &&
    a.audio.length === b.audio.length &&
    a.audio.every((stream, index) => stream === b.audio[index])
  );
}
