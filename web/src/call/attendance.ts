import { createBrowserConnection, type CreateConnection } from "../rtc/index.js";
import {
  type Admission,
  type Beacon,
  type JoinRequest,
  type OpenSocket,
  type ServerMessage,
  Signalling,
  protocolVersion,
} from "../signalling/index.js";
import type { Approach } from "./approach.js";
import { Awakening, type World } from "./awakening.js";
import { type Hosting, asPasscode } from "./doors/hosting.js";
import { Entrance } from "./entrance.js";
import type { Exchange } from "./exchange/exchange.js";
import { IceServerLease } from "./ice-server-lease.js";
import { type IncarnationStorage, nextIncarnation } from "./incarnation.js";
import { sameMedia } from "./media-state.js";
import { type Outgoing, Room } from "./participants/room.js";
import type { SeatKeeper } from "./seat/seat-keeper.js";
import type { CallPhase, MediaState } from "./state.js";
import type { Story } from "./story/story.js";

export interface AttendanceOptions {
  /** Absolute URL of the server; it may have a path. */
  readonly server: string;
  readonly room: string;
  readonly name: string;
  readonly seat: SeatKeeper;
  readonly storage?: IncarnationStorage | undefined;
  readonly approach?: Approach | undefined;
  readonly story: Story;
  readonly exchange: Exchange;
  readonly hosting: Pick<Hosting, "handleAdmission" | "handleMessage" | "handleExit">;
  /** A join token, if another application has given one. */
  readonly token?: string | undefined;
}

/** What it takes from the browser; tests hand in something else. */
export interface AttendanceEnvironment {
  readonly openSocket?: OpenSocket;
  readonly createConnection?: CreateConnection;
  /** Without one, connections find out by themselves that they are dead. */
  readonly world?: World;
}

export interface AttendanceHandlers {
  /** What this end sends, as the others are told. */
  sending(): MediaState;
  /** The same as tracks. */
  outgoing(): Outgoing;
  /** `phase` or the room may have changed. */
  onChange(): void;
  /** The seat was lost, and this is a new one. */
  onRenewed(): void;
  /** For logs. */
  onError(error: unknown): void;
}

/** In milliseconds: the longest time that a timer can wait. */
const longestWait = 2 ** 31 - 1;

/**
 * A participant's presence in a room: the way in, and back into the same seat; the others there, who stay connected when the
 * server is not; and the end.
 */
export class Attendance {
  readonly #options: AttendanceOptions;
  readonly #environment: AttendanceEnvironment;
  readonly #handlers: AttendanceHandlers;
  readonly #lease = new IceServerLease(() => this.#entrance?.signalling.iceServers() ?? Promise.resolve(null));
  #incarnation = 0;
  #phase: CallPhase = { kind: "joining" };
  #entrance: Entrance | null = null;
  #room: Room | null = null;
  /** What the server was told last. */
  #published: MediaState | null = null;
  /** How long the seat is held without a connection, in milliseconds. */
  #grace = 0;
  #overdueTimer: ReturnType<typeof setTimeout> | undefined;
  #awakening: Awakening | null = null;
  #passcode: string | undefined;
  /** As the others see it: a join token may have given another one than was typed, and with that the seat is held. */
  #name: string;

  constructor(options: AttendanceOptions, environment: AttendanceEnvironment, handlers: AttendanceHandlers) {
    this.#options = options;
    this.#name = options.name;
    this.#environment = environment;
    this.#handlers = handlers;
  }

  get phase(): CallPhase {
    return this.#phase;
  }

  /** Null until the first admission, and after the end. */
  get room(): Room | null {
    return this.#room;
  }

  /** The way to the server while this participant is in the room. */
  get signalling(): Signalling | null {
    return this.#phase.kind === "joined" ? (this.#entrance?.signalling ?? null) : null;
  }

  /** Left, displaced, or over: nothing comes after it. */
  get ended(): boolean {
    const { kind } = this.#phase;
    return kind === "left" || kind === "displaced" || kind === "over";
  }

  /** Enters the room; after a refusal, tries again. `passcode`: of the room, from now on. */
  join(passcode?: string): void {
    if (this.#entrance || this.ended) return;
    if (passcode !== undefined) this.#passcode = asPasscode(passcode);
    this.#become({ kind: "joining" });
    this.#options.story.begin();
    // Without connections from before it is as if the page was just loaded.
    this.#incarnation = nextIncarnation(this.#options.storage, Date.now());
    try {
      this.#entrance = this.#makeEntrance();
      this.#options.story.follow(this.#entrance.signalling.log);
      this.#entrance.open();
      const { world } = this.#environment;
      this.#awakening ??= world ? new Awakening(world, (moved) => this.#awake(moved)) : null;
    } catch (error) {
      this.#handlers.onError(error);
      this.#become({ kind: "refused", reason: "server-unreachable" });
    }
  }

  /** What this end sends has changed. */
  handleMedia(): void {
    this.#room?.send(this.#handlers.outgoing());
    this.#publish();
  }

  leave(): void {
    if (this.ended) return;
    void this.#entrance?.signalling.leave();
    this.#options.seat.forget();
    this.#end({ kind: "left" });
  }

  /** The page is being left, and its next load returns to the seat. */
  rest(beacon: Beacon): void {
    this.#options.seat.rest();
    this.#entrance?.signalling.farewell(beacon);
  }

  /** Ends it here without leaving the seat, which its keeper still has. */
  suspend(): void {
    if (!this.ended) this.#end({ kind: "left" });
  }

  #makeEntrance(): Entrance {
    const { server, approach } = this.#options;
    const signalling = approach?.take() ?? new Signalling(server, null, this.#environment.openSocket);
    const entrance: Entrance = new Entrance(signalling, {
      request: () => this.#request(),
      onAdmitted: (admission, request) => this.#enter(admission, request, signalling),
      onWaiting: () => {
        this.#leaveRoom();
        this.#become({ kind: "waiting" });
      },
      onMessage: (message) => this.#handleMessage(message),
      onUnseated: () => {
        this.#leaveRoom();
        this.#become({ kind: "joining" });
      },
      onLost: () => this.#handleLoss(),
      onRefused: (reason, message) => {
        this.#handlers.onError(new Error(`join refused: ${reason}: ${message}`));
        if (reason === "removed") this.#options.seat.forget();
        this.#closeRoom();
        this.#become({ kind: "refused", reason });
      },
      onDisplaced: () => {
        this.#options.seat.cede();
        this.#end({ kind: "displaced" });
      },
      onOver: (reason) => {
        this.#options.seat.forget();
        this.#end({ kind: "over", reason });
      },
    });
    return entrance;
  }

  #request(): JoinRequest {
    const { room, seat, token } = this.#options;
    const kept = seat.seat?.token;
    return {
      protocol: protocolVersion,
      room,
      name: this.#name,
      incarnation: this.#incarnation,
      media: this.#handlers.sending(),
      ...(kept === undefined ? {} : { seat: kept }),
      ...(this.#passcode === undefined || this.#passcode === "" ? {} : { passcode: this.#passcode }),
      ...(token === undefined || token === "" ? {} : { token }),
    };
  }

  #enter(admission: Admission, request: JoinRequest, signalling: Signalling): void {
    const { self, seat: token, grace, iceServers } = admission;
    const { seat, hosting } = this.#options;
    const before = seat.seat;
    clearTimeout(this.#overdueTimer);
    this.#published = request.media;
    this.#name = self.name;
    this.#grace = grace;
    this.#lease.handle(iceServers);
    void seat.handleAdmission({ id: self.id, token }, self.name, grace);
    hosting.handleAdmission(admission);
    if (this.#room?.self.id === self.id) {
      this.#room.handleAdmission(admission);
    } else {
      // As a new participant: the others know nothing of the connections that the old one had.
      this.#room?.close();
      this.#room = this.#makeRoom(admission, signalling);
    }
    if (before && before.id !== self.id) this.#handlers.onRenewed();
    this.#become({ kind: "joined" });
    this.#publish();
  }

  #makeRoom(admission: Admission, signalling: Signalling): Room {
    const handlers = this.#handlers;
    return new Room(admission, {
      signalling,
      iceServers: this.#lease,
      createConnection:
        this.#environment.createConnection ?? ((configuration) => createBrowserConnection(configuration)),
      outgoing: handlers.outgoing(),
      exchange: this.#options.exchange,
      story: this.#options.story,
      onChange: () => handlers.onChange(),
      onError: (error) => handlers.onError(error),
    });
  }

  #handleMessage(message: ServerMessage): void {
    const { seat, hosting } = this.#options;
    if (message.type === "seat") seat.handleToken(message.seat);
    hosting.handleMessage(message, this.#room?.self.id, this.#handlers.sending().microphone);
    this.#room?.handleMessage(message);
  }

  #handleLoss(): void {
    this.#room?.handleLoss();
    if (this.#phase.kind !== "joined") return;
    this.#become({ kind: "reconnecting", overdue: null });
    this.#overdueTimer = setTimeout(
      () => this.#become({ kind: "reconnecting", overdue: this.#grace }),
      Math.min(this.#grace, longestWait),
    );
  }

  /** What was connected before may not be any more. */
  #awake(moved: boolean): void {
    const signalling = this.#entrance?.signalling;
    if (signalling?.state === "connected") void this.#lease.renew();
    else signalling?.reconnect();
    this.#room?.hurry(moved);
  }

  #publish(): void {
    const media = this.#handlers.sending();
    if (this.#phase.kind !== "joined" || sameMedia(media, this.#published)) return;
    this.#published = media;
    void this.#entrance?.signalling.media(media);
  }

  #end(phase: CallPhase): void {
    this.#entrance?.close();
    this.#closeRoom();
    this.#lease.close();
    this.#awakening?.close();
    this.#become(phase);
  }

  #closeRoom(): void {
    this.#entrance = null;
    this.#leaveRoom();
  }

  #leaveRoom(): void {
    clearTimeout(this.#overdueTimer);
    this.#room?.close();
    this.#room = null;
    this.#options.hosting.handleExit();
  }

  #become(phase: CallPhase): void {
    this.#phase = phase;
    this.#handlers.onChange();
  }
}
