import type { Source } from "../rtc/index.js";
import type { Beacon } from "../signalling/index.js";
import { Attendance, type AttendanceEnvironment } from "./attendance.js";
import type { Approach } from "./approach.js";
import { sends } from "./devices/device.js";
import type { LocalMedia, LocalMediaState } from "./devices/local-media.js";
import type { IncarnationStorage } from "./incarnation.js";
import { sameMedia } from "./media-state.js";
import type { Outgoing } from "./participants/room.js";
import { SeatKeeper } from "./seat/seat-keeper.js";
import { Listening } from "./speaking/listening.js";
import { type CreateMeter, OwnSpeech, createLevelMeter } from "./speaking/own-speech.js";
import type { CallState, LocalParticipant, MediaState, Notice, RemoteParticipant, SeatNotice } from "./state.js";
import { Story } from "./story/story.js";

export interface CallOptions {
  /** Absolute URL of the server; it may have a path. */
  readonly server: string;
  readonly room: string;
  readonly name: string;
  /** From now on the call's own: its end closes it. It may still be opening devices. */
  readonly media: LocalMedia;
  /** `sessionStorage`: page loads of one tab are told apart by it even when the clock is set back. */
  readonly storage?: IncarnationStorage | undefined;
  /** Whose seat to return to, if it has one. Without a keeper the seat lives as long as the call. */
  readonly seat?: SeatKeeper | undefined;
  /** A connection that is under way already. */
  readonly approach?: Approach | undefined;
}

/** What a call takes from the browser; tests hand in something else. */
export interface CallEnvironment extends AttendanceEnvironment {
  readonly createMeter?: CreateMeter;
}

/**
 * One call: join a room, send what the person's devices give, show who is there.
 *
 * ```
 * joining ──► joined ◄──► reconnecting        leave(): ──► left, from anywhere and for good
 *    └──────► refused ◄────────┘   join() tries again
 *             displaced, from joined and reconnecting and for good: another page has the seat
 * ```
 */
export class Call {
  /** The person's devices, for menus that choose among them. */
  readonly media: LocalMedia;
  /** How the call came about and what carries it, for whoever wants to see. */
  readonly story = new Story();
  readonly #name: string;
  readonly #seat: SeatKeeper;
  readonly #attendance: Attendance;
  #seatNotices: readonly SeatNotice[] = [];
  readonly #ownSpeech: OwnSpeech;
  readonly #listening = new Listening(() => this.#listen());
  readonly #listeners = new Set<(state: CallState) => void>();
  readonly #endSubscriptions: readonly (() => void)[];
  #state: CallState;

  constructor(options: CallOptions, environment: CallEnvironment = {}) {
    const { server, room, name, media } = options;
    this.#name = name;
    this.media = media;
    this.#seat = options.seat ?? new SeatKeeper({ server, room });
    this.#ownSpeech = new OwnSpeech(environment.createMeter ?? createLevelMeter);
    this.#attendance = new Attendance({ ...options, seat: this.#seat, story: this.story }, environment, {
      sending: () => this.#sending(),
      outgoing: () => outgoingOf(media.state),
      onChange: () => this.#handleAttendance(),
      onRenewed: () => (this.#seatNotices = [renewed]),
      onError: report,
    });
    this.#endSubscriptions = [media.subscribe(() => this.#handleMedia())];
    this.#state = {
      phase: this.#attendance.phase,
      room,
      local: this.#renderLocal(null),
      remotes: noRemotes,
      notices: this.media.state.notices,
    };
  }

  /** An immutable snapshot; a new object after every change, in which unchanged parts stay the same objects. */
  get state(): CallState {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (state: CallState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether the browser can share a screen at all; phones cannot. */
  get canShareScreen(): boolean {
    return this.media.canShareScreen;
  }

  /** Enters the room; after a refusal, tries again. */
  join(): void {
    this.#noteMedia();
    this.#attendance.join();
  }

  /** Leaves for good: says so to the others, releases the devices. A call that was left stays left. */
  leave(): void {
    this.#attendance.leave();
  }

  /**
   * The page is being left. If the next page load of this tab can return to the seat, the others see that this participant is
   * away, until it returns or the time for that has passed; otherwise this is leaving. Answers whether it can return.
   */
  rest(beacon: Beacon): boolean {
    const keeps = this.#seat.keeps && !this.#attendance.ended;
    this.#noteMedia();
    if (keeps) this.#attendance.rest(beacon);
    else this.leave();
    return keeps;
  }

  /** Ends this call here without leaving the seat, which its keeper still has. */
  suspend(): void {
    this.#attendance.suspend();
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.media.setMicrophone(on);
  }

  setCamera(on: boolean): Promise<void> {
    return this.media.setCamera(on);
  }

  startScreenShare(): Promise<void> {
    return this.media.startScreenShare();
  }

  stopScreenShare(): Promise<void> {
    this.media.stopScreenShare();
    return Promise.resolve();
  }

  switchMicrophone(deviceId: string): Promise<void> {
    return this.media.switchMicrophone(deviceId);
  }

  switchCamera(deviceId: string): Promise<void> {
    return this.media.switchCamera(deviceId);
  }

  dismissNotice(id: number): void {
    this.#seatNotices = this.#seatNotices.filter((notice) => notice.id !== id);
    this.media.dismissNotice(id);
    this.#update();
  }

  #handleAttendance(): void {
    if (this.#attendance.ended) {
      for (const end of this.#endSubscriptions) end();
      this.media.close();
    }
    this.#update();
  }

  #handleMedia(): void {
    this.#noteMedia();
    this.#attendance.handleMedia();
    this.#update();
  }

  /** For the next page load. */
  #noteMedia(): void {
    if (!this.#attendance.ended) this.#seat.note(this.media.turnedOn);
  }

  #update(): void {
    const before = this.#state;
    const next: CallState = {
      phase: this.#attendance.phase,
      room: before.room,
      local: this.#renderLocal(before.local),
      remotes: this.#attendance.room?.snapshot ?? noRemotes,
      notices: this.#renderNotices(before.notices),
    };
    this.#listenWhileNeeded();
    if (
      next.phase === before.phase &&
      next.local === before.local &&
      next.remotes === before.remotes &&
      next.notices === before.notices
    ) {
      return;
    }
    this.#state = next;
    for (const listener of this.#listeners) listener(next);
  }

  #renderLocal(before: LocalParticipant | null): LocalParticipant {
    const { camera, screen } = this.media.state;
    const media = this.#sending();
    const next: LocalParticipant = {
      id: this.#attendance.room?.self.id ?? null,
      name: this.#name,
      media: before && sameMedia(media, before.media) ? before.media : media,
      camera: camera.stream,
      screen: screen?.stream ?? null,
      speaking: media.microphone && this.#ownSpeech.speaking,
    };
    return next.id === before?.id &&
      next.media === before.media &&
      next.camera === before.camera &&
      next.screen === before.screen &&
      next.speaking === before.speaking
      ? before
      : next;
  }

  /** The same list as before while nothing changed. */
  #renderNotices(before: readonly Notice[]): readonly Notice[] {
    const next = [...this.media.state.notices, ...this.#seatNotices];
    return next.length === before.length && next.every((notice, at) => notice === before[at]) ? before : next;
  }

  #sending(): MediaState {
    const { microphone, camera, screen } = this.media.state;
    return { microphone: sends(microphone), camera: sends(camera), screen: screen !== null };
  }

  #listenWhileNeeded(): void {
    const { microphone } = this.media.state;
    const { room } = this.#attendance;
    this.#ownSpeech.follow(room && microphone.on ? microphone.stream : null);
    this.#listening.needed = room !== null && (microphone.on || room.audible);
  }

  #listen(): void {
    const now = Date.now();
    const own = this.#ownSpeech.listen(now);
    const others = this.#attendance.room?.listen(now) ?? false;
    if (own || others) this.#update();
  }
}

/** Those of the devices are numbered from 1. */
const renewed: SeatNotice = { id: 0, seat: "renewed" };

const noRemotes: readonly RemoteParticipant[] = [];

function outgoingOf({ microphone, camera, screen }: LocalMediaState): Outgoing {
  const tracks: readonly (readonly [Source, MediaStreamTrack | null | undefined])[] = [
    // Also while muted: the track is silent then, and speaks again without any delay.
    ["microphone", microphone.stream?.getAudioTracks()[0]],
    ["camera", camera.stream?.getVideoTracks()[0]],
    ["screen", screen?.stream.getVideoTracks()[0]],
    ["screen-audio", screen?.audio],
  ];
  return new Map(tracks.filter((entry): entry is readonly [Source, MediaStreamTrack] => entry[1] != null));
}

function report(error: unknown): void {
  console.warn("Parley:", error);
}
