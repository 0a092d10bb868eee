import { createBrowserConnection, type CreateConnection, type Source } from "../rtc/index.js";
import { type Admission, type OpenSocket, protocolVersion } from "../signalling/index.js";
import type { LocalMedia, LocalMediaState } from "./devices/local-media.js";
import { Entrance } from "./entrance.js";
import { IceServerLease } from "./ice-server-lease.js";
import { type IncarnationStorage, nextIncarnation } from "./incarnation.js";
import { Notices } from "./notices.js";
import { type Outgoing, Room } from "./participants/room.js";
import { type CreateMeter, OwnSpeech, createLevelMeter } from "./speaking/own-speech.js";
import type { CallPhase, CallState, LocalParticipant, MediaState, RemoteParticipant } from "./state.js";

export interface CallOptions {
  /** Absolute URL of the server; it may have a path. */
  readonly server: string;
  readonly room: string;
  readonly name: string;
  /** From now on the call's own: `leave` closes it. It may still be opening devices. */
  readonly media: LocalMedia;
  /** `sessionStorage`: page loads of one tab are told apart by it even when the clock is set back. */
  readonly storage?: IncarnationStorage | undefined;
}

/** What a call takes from the browser; tests hand in something else. */
export interface CallEnvironment {
  readonly openSocket?: OpenSocket;
  readonly createConnection?: CreateConnection;
  readonly createMeter?: CreateMeter;
}

/** How often levels are read to see who speaks (milliseconds). A received level is that of one packet, so a short sound is
 * found only by reading often, and at no regular part of a second. */
const listenInterval = 120;

/**
 * One call: join a room, send what the person's devices give, show who is there.
 *
 * ```
 * joining ──► joined ◄──► reconnecting        leave(): ──► left, from anywhere and for good
 *    └──────► refused ◄────────┘   join() tries again
 * ```
 */
export class Call {
  /** The person's devices, for menus that choose among them. */
  readonly media: LocalMedia;
  readonly #options: CallOptions;
  readonly #environment: CallEnvironment;
  readonly #incarnation: number;
  readonly #notices = new Notices();
  readonly #ownSpeech: OwnSpeech;
  readonly #lease = new IceServerLease(() => this.#entrance?.signalling.iceServers() ?? Promise.resolve(null));
  readonly #listeners = new Set<(state: CallState) => void>();
  readonly #endSubscriptions: readonly (() => void)[];
  #phase: CallPhase = { kind: "joining" };
  #entrance: Entrance | null = null;
  #room: Room | null = null;
  /** What the server was told last. */
  #published: MediaState | null = null;
  #listenTimer: ReturnType<typeof setInterval> | undefined;
  #state: CallState;

  constructor(options: CallOptions, environment: CallEnvironment = {}) {
    this.#options = options;
    this.#environment = environment;
    this.media = options.media;
    this.#incarnation = nextIncarnation(options.storage, Date.now());
    this.#ownSpeech = new OwnSpeech(environment.createMeter ?? createLevelMeter);
    this.#endSubscriptions = [
      this.media.subscribe((state) => this.#handleMedia(state)),
      this.media.onProblem((device, problem) => {
        this.#notices.add(device, problem);
        this.#update();
      }),
    ];
    this.#state = {
      phase: this.#phase,
      room: options.room,
      local: this.#renderLocal(null),
      remotes: noRemotes,
      notices: this.#notices.list,
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
    if (this.#entrance || this.#phase.kind === "left") return;
    this.#become({ kind: "joining" });
    try {
      this.#entrance = this.#makeEntrance();
      this.#entrance.open();
    } catch (error) {
      report(error);
      this.#become({ kind: "refused", reason: "server-unreachable" });
    }
  }

  /** Leaves for good: says so to the others, releases the devices. A call that was left stays left. */
  leave(): void {
    if (this.#phase.kind === "left") return;
    void this.#entrance?.signalling.leave();
    this.#entrance?.close();
    this.#closeRoom();
    for (const end of this.#endSubscriptions) end();
    this.media.close();
    this.#lease.close();
    this.#ownSpeech.follow(null);
    this.#become({ kind: "left" });
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
    this.#notices.dismiss(id);
    this.#update();
  }

  #makeEntrance(): Entrance {
    const { server, room, name } = this.#options;
    const entrance: Entrance = new Entrance(
      server,
      {
        request: () => ({
          protocol: protocolVersion,
          room,
          name,
          incarnation: this.#incarnation,
          media: this.#sending(),
        }),
        onAdmitted: (admission, request) => {
          this.#published = request.media;
          this.#enter(admission, entrance);
        },
        onMessage: (message) => this.#room?.handleMessage(message),
        onLost: () => {
          if (this.#phase.kind === "joined") this.#become({ kind: "reconnecting" });
        },
        onRefused: (reason, message) => {
          report(new Error(`join refused: ${reason}: ${message}`));
          this.#closeRoom();
          this.#become({ kind: "refused", reason });
        },
      },
      this.#environment.openSocket,
    );
    return entrance;
  }

  #enter(admission: Admission, { signalling }: Entrance): void {
    // In version 1 a new admission is a new participant, and the others have dropped the old one.
    this.#room?.close();
    this.#lease.handle(admission.iceServers);
    this.#room = new Room(admission, {
      signalling,
      iceServers: this.#lease,
      createConnection:
        this.#environment.createConnection ?? ((configuration) => createBrowserConnection(configuration)),
      outgoing: outgoingOf(this.media.state),
      onChange: () => this.#update(),
      onError: report,
    });
    this.#become({ kind: "joined" });
    this.#publish();
  }

  #closeRoom(): void {
    this.#entrance = null;
    this.#room?.close();
    this.#room = null;
  }

  #handleMedia(state: LocalMediaState): void {
    for (const device of ["microphone", "camera"] as const) {
      if (state[device].on && state[device].problem === null) this.#notices.resolve(device);
    }
    this.#room?.send(outgoingOf(state));
    this.#publish();
    this.#update();
  }

  #publish(): void {
    const media = this.#sending();
    if (this.#phase.kind !== "joined" || sameMedia(media, this.#published)) return;
    this.#published = media;
    void this.#entrance?.signalling.media(media);
  }

  #become(phase: CallPhase): void {
    this.#phase = phase;
    this.#update();
  }

  #update(): void {
    const before = this.#state;
    const next: CallState = {
      phase: this.#phase,
      room: before.room,
      local: this.#renderLocal(before.local),
      remotes: this.#room?.snapshot ?? noRemotes,
      notices: this.#notices.list,
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
      id: this.#room?.self.id ?? null,
      name: this.#options.name,
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

  #sending(): MediaState {
    const { microphone, camera, screen } = this.media.state;
    return { microphone: microphone.on, camera: camera.on, screen: screen !== null };
  }

  #listenWhileNeeded(): void {
    const { microphone } = this.media.state;
    const room = this.#room;
    this.#ownSpeech.follow(room && microphone.on ? microphone.stream : null);
    const needed = room !== null && (microphone.on || room.audible);
    if (needed && this.#listenTimer === undefined) {
      this.#listenTimer = setInterval(() => this.#listen(), listenInterval);
    } else if (!needed && this.#listenTimer !== undefined) {
      clearInterval(this.#listenTimer);
      this.#listenTimer = undefined;
    }
  }

  #listen(): void {
    const now = Date.now();
    const own = this.#ownSpeech.listen(now);
    const others = this.#room?.listen(now) ?? false;
    if (own || others) this.#update();
  }
}

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

function sameMedia(a: MediaState, b: MediaState | null): boolean {
  return b !== null && a.microphone === b.microphone && a.camera === b.camera && a.screen === b.screen;
}

function report(error: unknown): void {
  console.warn("Parley:", error);
}
