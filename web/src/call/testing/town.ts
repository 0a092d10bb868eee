import { Hosting } from "../doors/hosting.js";
import { vi } from "vitest";
import { FakeTrack } from "../../rtc/testing/fake-media.js";
import { FakePeerConnection } from "../../rtc/testing/fake-peer-connection.js";
import type { Random } from "../../rtc/testing/random.js";
import type { MediaState } from "../../signalling/index.js";
import type { SignallingSocket } from "../../signalling/index.js";
import { Attendance } from "../attendance.js";
import { Exchange } from "../exchange/exchange.js";
import type { Outgoing } from "../participants/room.js";
import { SeatKeeper } from "../seat/seat-keeper.js";
import { Story } from "../story/story.js";
import type { RemoteParticipant } from "../state.js";
import { FakeStorage } from "./fake-devices.js";

/** How long the server below holds a seat, in milliseconds. */
const grace = 30_000;

interface Request {
  readonly event: string;
  readonly payload: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Seat {
  readonly id: string;
  readonly name: string;
  readonly incarnation: number;
  media: MediaState;
  connection: Connection | null;
}

/** One connection of a line, as the server knows it: it may be dead at the other end. */
interface Connection {
  readonly line: Line;
}

/**
 * What connects a client and the server below: in order, slow as the test likes, and lost in any of the ways in which
 * connections are. What is under way towards the server may arrive or not; what comes from it is lost.
 */
export class Line implements SignallingSocket {
  connected = false;
  active = false;
  readonly up: Request[] = [];
  readonly down: (() => void)[] = [];
  /** The one that stands, or the last one that did. */
  connection: Connection = { line: this };
  readonly #listeners = new Map<string, (payload: unknown) => void>();
  #anyListener: (event: string, payload: unknown) => void = () => {};

  connect(): void {
    this.active = true;
  }

  disconnect(): void {
    this.active = false;
    this.cut(this.up.length);
  }

  reconnect(): void {
    this.cut(0);
    this.active = true;
  }

  farewell(): void {
    // Nothing that a test of the others could see.
  }

  onTransport(): void {
    // Nor this.
  }

  on(event: string, listener: (payload: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  onAny(listener: (event: string, payload: unknown) => void): void {
    this.#anyListener = listener;
  }

  request(_limit: number, event: string, payload?: object): Promise<unknown> {
    return new Promise((resolve, reject) => this.up.push({ event, payload, resolve, reject }));
  }

  stand(): void {
    this.connection = { line: this };
    this.connected = true;
    this.#listeners.get("connect")?.(undefined);
  }

  tell(event: string, payload: unknown): void {
    if (this.connected) this.down.push(() => this.#anyListener(event, payload));
  }

  /** The client notices that the connection is gone. So many of its requests arrive all the same. */
  cut(arriving: number): void {
    if (!this.connected) return;
    this.arriving(arriving);
    this.connected = false;
    this.down.splice(0);
    for (const { reject } of this.up.splice(0)) reject(new Error("disconnected"));
    this.#listeners.get("disconnect")?.("transport close");
  }

  /** Set by the server: handles the first requests. */
  arriving: (count: number) => void = () => {};
}

/** The server of docs/signalling.md with one room, as far as participants can tell. */
export class TownServer {
  readonly seats = new Map<string, Seat>();
  /** Tokens that are not honoured any more. */
  readonly expired = new Set<string>();
  #newcomers = 0;

  accept(line: Line): void {
    line.arriving = (count) => {
      if (!line.connected) return;
      for (const { event, payload, resolve } of line.up.splice(0, count)) {
        const answer = this.#handle(line.connection, event, payload as Record<string, unknown>);
        line.down.push(() => resolve(answer));
        if (event === "join") this.#welcome(line.connection);
      }
    };
    line.stand();
  }

  /** The server notices that a connection has ended. */
  notice(connection: Connection): void {
    const seat = this.#seatOf(connection);
    if (!seat) return;
    seat.connection = null;
    this.#tellOthers(seat.id, "away", { id: seat.id });
  }

  /** The grace time of an away seat has passed. */
  expire(id: string): void {
    if (this.seats.get(id)?.connection !== null) return;
    this.seats.delete(id);
    this.#tellOthers(id, "left", { id, reason: "gone" });
  }

  restart(): void {
    for (const { connection } of this.seats.values()) connection?.line.cut(0);
    this.seats.clear();
  }

  #handle(connection: Connection, event: string, payload: Record<string, unknown>): unknown {
    if (event === "join") return this.#admit(connection, payload);
    const seat = this.#seatOf(connection);
    if (!seat) return failure("not-joined");
    switch (event) {
      case "iceServers":
        return { ok: true, iceServers: { servers: [], expiresAt: null } };
      case "leave":
        this.seats.delete(seat.id);
        this.#tellOthers(seat.id, "left", { id: seat.id, reason: "left" });
        return { ok: true };
      case "media":
        seat.media = payload as unknown as MediaState;
        this.#tellOthers(seat.id, "media", { id: seat.id, media: payload });
        return { ok: true };
      default:
        return this.#relay(seat, event, payload);
    }
  }

  #admit(connection: Connection, request: Record<string, unknown>): unknown {
    const token = request["seat"] as string | undefined;
    const incarnation = request["incarnation"] as number;
    const known = token === undefined ? undefined : this.seats.get(token);
    const honoured = token !== undefined && !this.expired.has(token) && incarnation >= (known?.incarnation ?? 0);
    const id = honoured ? token : `${String(request["name"])}-${String(++this.#newcomers)}`;
    if (honoured) tell(known, "displaced", {});
    const seat: Seat = {
      id,
      name: request["name"] as string,
      incarnation,
      media: request["media"] as MediaState,
      connection,
    };
    this.seats.set(id, seat);
    return {
      status: "admitted",
      protocol: 3,
      room: "town",
      self: publicly(seat),
      seat: id,
      grace,
      participants: [...this.seats.values()].filter((other) => other !== seat).map(publicly),
      capacity: 8,
      iceServers: { servers: [], expiresAt: null },
    };
  }

  #welcome(connection: Connection): void {
    const seat = this.#seatOf(connection);
    if (seat) this.#tellOthers(seat.id, "welcome", { participant: publicly(seat) });
  }

  #relay(sender: Seat, event: string, payload: Record<string, unknown>): unknown {
    const { to, incarnations, ...message } = payload as { to: string; incarnations: { from: number; to: number } };
    const receiver = this.seats.get(to);
    if (!receiver) return failure("unknown-participant");
    if (incarnations.from !== sender.incarnation || incarnations.to !== receiver.incarnation) return failure("stale");
    if (!receiver.connection) return failure("away");
    tell(receiver, event, { from: sender.id, incarnations, ...message });
    return { ok: true };
  }

  #tellOthers(id: string, event: string, payload: unknown): void {
    for (const other of this.seats.values()) if (other.id !== id) tell(other, event, payload);
  }

  #seatOf(connection: Connection): Seat | undefined {
    return [...this.seats.values()].find((seat) => seat.connection === connection);
  }
}

/** What is said to a connection that is dead at the other end is lost. */
function tell(seat: Seat | undefined, event: string, payload: unknown): void {
  const { connection } = seat ?? {};
  if (connection?.line.connection === connection) connection?.line.tell(event, payload);
}

function publicly({ id, name, incarnation, media, connection }: Seat): object {
  return { id, name, incarnation, media, away: connection === null };
}

function failure(code: string): unknown {
  return { ok: false, error: { code, message: code } };
}

/** Somebody who stays in the town, whatever becomes of pages and connections. */
export class Resident {
  readonly name: string;
  readonly errors: unknown[] = [];
  readonly connections: FakePeerConnection[] = [];
  line = new Line();
  screen: FakeTrack | null = null;
  renewals = 0;
  readonly #storage = new FakeStorage();
  #token: string | null = null;
  #attendance: Attendance;

  constructor(name: string) {
    this.name = name;
    this.#attendance = this.#load();
  }

  get phase(): string {
    return this.#attendance.phase.kind;
  }

  get id(): string {
    return this.#attendance.room?.self.id ?? "nobody";
  }

  get others(): readonly RemoteParticipant[] {
    return this.#attendance.room?.snapshot ?? [];
  }

  /** The connections that are open. */
  get open(): FakePeerConnection[] {
    return this.connections.filter(({ connectionState }) => connectionState !== "closed");
  }

  reload(): void {
    this.#token = this.#attendance.room?.self.id ?? this.#token;
    this.#attendance.suspend();
    this.line.cut(0);
    this.line = new Line();
    this.screen = null;
    this.#attendance = this.#load();
  }

  /** Presses "Try again", if that is what there is. */
  insist(): void {
    if (this.phase === "refused") this.#attendance.join();
  }

  share(on: boolean): void {
    this.screen = on ? new FakeTrack("video") : null;
    this.#attendance.handleMedia();
  }

  end(): void {
    this.#attendance.suspend();
  }

  #load(): Attendance {
    const { line } = this;
    const seat = new SeatKeeper({ server: "https://town.test", room: "town" });
    const token = this.#token;
    if (token !== null) void seat.handleAdmission({ id: token, token }, this.name, grace);
    const attendance = new Attendance(
      {
        server: "https://town.test",
        room: "town",
        name: this.name,
        seat,
        storage: this.#storage,
        story: new Story(),
        hosting: new Hosting(() => null),
        exchange: new Exchange((error) => {
          throw error;
        }),
      },
      {
        openSocket: () => line,
        createConnection: (configuration) => {
          const connection = new FakePeerConnection(configuration);
          this.connections.push(connection);
          return connection.asConnection();
        },
      },
      {
        sending: () => ({ microphone: false, camera: false, screen: this.screen !== null }),
        outgoing: (): Outgoing => new Map(this.screen ? [["screen", this.screen.asTrack()]] : []),
        onChange: () => {},
        onRenewed: () => (this.renewals += 1),
        onError: (error) => {
          // A server that is away for long is part of this life.
          if (!String(error).includes("server-unreachable")) this.errors.push(error);
        },
      },
    );
    attendance.join();
    return attendance;
  }
}

/** Three people, one server, and everything that can go wrong between them. */
export class Town {
  readonly server = new TownServer();
  readonly residents = ["ada", "bob", "eve"].map((name) => new Resident(name));
  readonly #random: Random;
  /** Dead at the client's end, and the server has not noticed yet. */
  #halfOpen: Connection[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  async live(steps: number): Promise<void> {
    for (const resident of this.residents) this.#reconnect(resident);
    await this.#wait(100);
    for (let step = 0; step < steps; step += 1) {
      await this.#step();
      for (let turn = this.#random.below(10); turn > 0; turn -= 1) await Promise.resolve();
    }
  }

  /** Nothing more goes wrong; everybody gets the time they need. */
  async calmDown(): Promise<void> {
    for (const connection of this.#halfOpen.splice(0)) this.server.notice(connection);
    for (let round = 0; round < 60; round += 1) {
      for (const resident of this.residents) resident.insist();
      for (const resident of this.residents) this.#reconnect(resident);
      for (let turn = 0; turn < 30; turn += 1) {
        for (const { line } of this.residents) this.#carry(line, Infinity);
        await vi.advanceTimersByTimeAsync(10);
      }
      this.#checkPaths();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    for (const id of [...this.server.seats.keys()]) this.server.expire(id);
    for (let turn = 0; turn < 30; turn += 1) {
      for (const { line } of this.residents) this.#carry(line, Infinity);
      this.#checkPaths();
      await vi.advanceTimersByTimeAsync(1_000);
    }
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const resident = random.pick(this.residents);
    const kind = random.below(100);
    if (kind < 50) this.#carry(resident.line, 1 + random.below(4));
    else if (kind < 62) this.#reconnect(resident);
    else if (kind < 70) this.#lose(resident.line);
    else if (kind < 74) this.#notice();
    else if (kind < 77) this.server.expire(random.pick(this.residents).id);
    else if (kind < 78) this.#restart();
    else if (kind < 80) this.#reload(resident);
    else if (kind < 88) resident.share(random.chance(0.6));
    else if (kind < 94) this.#checkPaths();
    else if (kind < 96) this.#breakPath(resident);
    else await this.#wait(random.below(4_000));
  }

  /** What is under way arrives before time goes by. */
  async #wait(time: number): Promise<void> {
    for (let turn = 0; turn < 30; turn += 1) {
      for (const { line } of this.residents) this.#carry(line, Infinity);
      for (let pause = 0; pause < 20; pause += 1) await Promise.resolve();
    }
    await vi.advanceTimersByTimeAsync(time);
  }

  #carry(line: Line, count: number): void {
    if (!line.connected) return;
    const upFirst = this.#random.chance(0.5);
    if (upFirst) line.arriving(count);
    for (const arrive of line.down.splice(0, count)) arrive();
    line.arriving(count);
  }

  #reconnect({ line }: Resident): void {
    if (line.connected || !line.active) return;
    this.server.accept(line);
  }

  #lose(line: Line): void {
    if (!line.connected) return;
    const { connection } = line;
    line.cut(this.#random.below(line.up.length + 1));
    this.#leave(connection, 0.5);
  }

  #leave(connection: Connection, noticed: number): void {
    if (this.#random.chance(noticed)) this.server.notice(connection);
    else this.#halfOpen.push(connection);
  }

  #notice(): void {
    const connection = this.#halfOpen.shift();
    if (connection) this.server.notice(connection);
  }

  #restart(): void {
    this.#halfOpen = [];
    this.server.restart();
  }

  #reload(resident: Resident): void {
    const { connection } = resident.line;
    resident.reload();
    this.#leave(connection, 0.7);
  }

  #breakPath(resident: Resident): void {
    const connected = resident.open.filter(({ connectionState }) => connectionState === "connected");
    if (connected.length === 0) return;
    const near = this.#random.pick(connected);
    const far = this.#farEnd(near);
    for (const end of [near, far]) end?.become(this.#random.pick(["disconnected", "failed"]));
  }

  /** Paths are found where both ends know each other, and end where one end is gone. */
  #checkPaths(): void {
    for (const near of this.residents.flatMap(({ open }) => open)) {
      const far = this.#farEnd(near);
      const meet = far !== undefined && know(near, far) && know(far, near);
      if (meet && near.connectionState !== "connected") {
        near.become("connected");
        far.become("connected");
      } else if (!meet && near.connectionState === "connected" && near.signalingState === "stable") {
        near.become("failed");
      }
    }
  }

  #farEnd(near: FakePeerConnection): FakePeerConnection | undefined {
    const fingerprint = near.remoteDescription?.session.fingerprint;
    return this.residents.flatMap(({ open }) => open).find((far) => far.fingerprint === fingerprint);
  }
}

/** Whether one end has what the other says of itself now. */
function know(one: FakePeerConnection, other: FakePeerConnection): boolean {
  const { remoteDescription: known } = one;
  const { localDescription: said } = other;
  if (!known || !said) return false;
  return known.session.fingerprint === other.fingerprint && known.session.ufrag === said.session.ufrag;
}
