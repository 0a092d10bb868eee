import type { Source } from "../rtc/index.js";
import type { Beacon } from "../signalling/index.js";
import { Attendance, type AttendanceEnvironment } from "./attendance.js";
import type { Approach } from "./approach.js";
import { Chat } from "./chat/chat.js";
import { AppData } from "./data/app-data.js";
import { sends } from "./devices/device.js";
import { Exchange } from "./exchange/exchange.js";
import type { LocalMedia, LocalMediaState } from "./devices/local-media.js";
import { Hosting } from "./doors/hosting.js";
import { browserDigest } from "./files/chain.js";
import { Files } from "./files/files.js";
import { sameMedia } from "./media-state.js";
import type { Outgoing } from "./participants/room.js";
import type { PreferenceStorage } from "./quality/preferences.js";
import { Quality } from "./quality/quality.js";
import { Recordings } from "./recording/recordings.js";
import { Reactions } from "./reactions/reactions.js";
import { SeatKeeper, type SeatStorage } from "./seat/seat-keeper.js";
import { Listening } from "./speaking/listening.js";
import { MutedEar } from "./speaking/muted-talk.js";
import { type CreateMeter, OwnSpeech, createLevelMeter } from "./speaking/own-speech.js";
import { SilentMicrophone } from "./speaking/silent-microphone.js";
import type { CallState, LocalParticipant, MediaState, Notice, RemoteParticipant, SeatNotice } from "./state.js";
import { Story } from "./story/story.js";

export interface CallOptions {
  /** Absolute URL of the server; it may have a path. */
  readonly server: string;
  readonly room: string;
  readonly name: string;
  /** From now on the call's own: its end closes it. It may still be opening devices. */
  readonly media: LocalMedia;
  /** `sessionStorage`: page loads of one tab are told apart by it even when the clock is set back, and find the chat again. */
  readonly storage?: SeatStorage | undefined;
  /** `localStorage`: what the person wants of every call. */
  readonly preferences?: PreferenceStorage | undefined;
  /** Whose seat to return to, if it has one. Without a keeper the seat lives as long as the call. */
  readonly seat?: SeatKeeper | undefined;
  /** A connection that is under way already. */
  readonly approach?: Approach | undefined;
  /** A join token, from the application that decides who enters. */
  readonly token?: string | undefined;
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
 *    ├─► waiting ─┘            │                over: from joined and for good; removed, or the call was ended
 *    └──────► refused ◄────────┘   join() tries again
 *             displaced, from joined and reconnecting and for good: another page has the seat
 * ```
 */
export class Call {
  /** The person's devices, for menus that choose among them. */
  readonly media: LocalMedia;
  /** How the call came about and what carries it, for whoever wants to see. */
  readonly story = new Story();
  /** What the participants tell each other directly. */
  readonly exchange = new Exchange(report);
  /** What people write to each other. */
  readonly chat: Chat;
  /** What they show each other for a moment. */
  readonly reactions: Reactions;
  /** Files that they send each other. */
  readonly files = new Files(this.exchange, browserDigest());
  /** Hands, and what hosts do. */
  readonly hosting = new Hosting(() => this.#attendance.signalling);
  /** Who records it. */
  readonly recordings = new Recordings(this.exchange);
  /** What an application around this call tells their pages. */
  readonly data = new AppData(this.exchange);
  /** How well it all goes, and what is done about it. */
  readonly quality: Quality;
  readonly #name: string;
  readonly #seat: SeatKeeper;
  readonly #attendance: Attendance;
  #seatNotices: readonly SeatNotice[] = [];
  readonly #ownSpeech: OwnSpeech;
  readonly #mutedEar: MutedEar;
  readonly #silentMicrophone = new SilentMicrophone();
  readonly #listening = new Listening(() => this.#listen());
  readonly #listeners = new Set<(state: CallState) => void>();
  readonly #endSubscriptions: readonly (() => void)[];
  #state: CallState;

  constructor(options: CallOptions, environment: CallEnvironment = {}) {
    const { server, room, name, media } = options;
    this.#name = name;
    this.media = media;
    this.chat = new Chat(this.exchange, options, report);
    this.reactions = new Reactions(this.exchange, name);
    this.#seat = options.seat ?? new SeatKeeper({ server, room });
    this.#ownSpeech = new OwnSpeech(environment.createMeter ?? createLevelMeter);
    this.#mutedEar = new MutedEar(environment.createMeter ?? createLevelMeter);
    this.quality = new Quality(
      this.exchange,
      {
        links: () => this.#attendance.room?.links ?? [],
        sending: () => this.#sending(),
        microphone: () => (!this.#sending().microphone ? "off" : this.#silentMicrophone.silent ? "silent" : "on"),
        wantsCamera: () => media.turnedOn.camera,
        setCamera: (on) => void media.setCamera(on),
        setContent: (content) => media.setScreenContent(content),
      },
      options.preferences,
      report,
    );
    this.#attendance = new Attendance(
      { ...options, seat: this.#seat, story: this.story, exchange: this.exchange, hosting: this.hosting },
      environment,
      {
        sending: () => this.#sending(),
        outgoing: () => outgoingOf(media.state),
        onChange: () => this.#handleAttendance(),
        onRenewed: () => (this.#seatNotices = [renewed]),
        onError: report,
      },
    );
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

  /** Enters the room; after a refusal, tries again. `passcode`: of the room, where one is asked for. */
  join(passcode?: string): void {
    this.quality.begin();
    this.#noteMedia();
    this.#attendance.join(passcode);
  }

  /** Leaves for good: says so to the others, releases the devices. A call that was left stays left. */
  leave(): void {
    this.#attendance.leave();
    this.chat.forget();
  }

  /**
   * The page is being left. If the next page load of this tab can return to the seat, the others see that this participant is
   * away, until it returns or the time for that has passed; otherwise this is leaving. Answers whether it can return.
   */
  rest(beacon: Beacon): boolean {
    const keeps = this.#seat.keeps && !this.#attendance.ended;
    this.#noteMedia();
    this.chat.rest();
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
      this.files.close();
      this.recordings.close();
      this.quality.close();
      this.#mutedEar.follow(null);
      this.media.close();
      this.chat.close();
    }
    const self = this.#attendance.room?.self;
    if (self) this.chat.handleSelf(self.id);
    this.quality.handleChange();
    this.#update();
  }

  #handleMedia(): void {
    this.#noteMedia();
    if (!this.#sending().microphone) this.hosting.answerMute();
    this.#attendance.handleMedia();
    this.quality.handleChange();
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
    if (next.remotes !== before.remotes) {
      const present = new Set(next.remotes.map(({ id }) => id));
      this.recordings.handlePresence(present);
      if (next.phase.kind === "joined") this.files.handlePresence(present);
    }
    for (const listener of this.#listeners) listener(next);
  }

  #renderLocal(before: LocalParticipant | null): LocalParticipant {
    const { camera, screen } = this.media.state;
    const media = this.#sending();
    const self = this.#attendance.room?.self;
    const next: LocalParticipant = {
      id: self?.id ?? null,
      name: self?.name ?? this.#name,
      role: self?.role ?? "participant",
      hand: self?.hand ?? null,
      media: before && sameMedia(media, before.media) ? before.media : media,
      camera: camera.stream,
      screen: screen?.stream ?? null,
      speaking: media.microphone && this.#ownSpeech.speaking,
    };
    return next.id === before?.id &&
      next.name === before.name &&
      next.role === before.role &&
      next.hand === before.hand &&
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
    this.#mutedEar.follow(room && !microphone.on ? microphone.stream : null);
    this.#listening.needed = room !== null && (microphone.on || this.#mutedEar.listening || room.audible);
  }

  #listen(): void {
    const now = Date.now();
    const own = this.#ownSpeech.listen(now);
    const others = this.#attendance.room?.listen(now) ?? false;
    this.#noteMicrophone(now);
    if (own || others) this.#update();
  }

  /** What the person may not know of their own microphone. */
  #noteMicrophone(now: number): void {
    const ear = this.#mutedEar;
    const silence = this.#silentMicrophone;
    if (ear.listen(now)) this.media.noteMicrophone("talking", ear.talking);
    const changed = this.#sending().microphone ? silence.handleLevel(this.#ownSpeech.level, now) : silence.stop();
    if (changed) this.media.noteMicrophone("unheard", silence.silent);
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
