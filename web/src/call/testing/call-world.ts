import { vi } from "vitest";
import { FakeMediaStream } from "../../rtc/testing/fake-media.js";
import { FakePeerConnection } from "../../rtc/testing/fake-peer-connection.js";
import { FakeSocket } from "../../signalling/testing/fake-socket.js";
import { Approach } from "../approach.js";
import type { WorldEvent } from "../awakening.js";
import { Call, type CallOptions } from "../call.js";
import { LocalMedia } from "../devices/local-media.js";
import type { RemoteParticipant } from "../state.js";
// Loaded when it is needed, and here beforehand: what loads it in a test uses timers, which are the test's own.
import "../quality/watch.js";
import { FakeDevices, FakeStorage } from "./fake-devices.js";

export const silent = { microphone: false, camera: false, screen: false };

/** A call of which everything around is fake: the server, the network, the devices, the clock. */
export class CallWorld {
  readonly devices = new FakeDevices();
  readonly socket = new FakeSocket();
  readonly storage: FakeStorage;
  readonly media = new LocalMedia({ mediaDevices: this.devices.asSource() });
  readonly connections: FakePeerConnection[] = [];
  readonly approach: Approach | undefined;
  /** What the own microphone hears, linear. */
  ownLevel = 0;
  meters = 0;
  readonly call: Call;
  /** What the page hears of the world. */
  tell: (event: WorldEvent) => void = () => {};

  /** `its`: what the call is given beyond the usual. */
  constructor(storage = new FakeStorage(), its: Pick<CallOptions, "seat"> & { early?: boolean; awake?: boolean } = {}) {
    this.storage = storage;
    this.approach = its.early ? new Approach("https://meet.test", this.socket.open) : undefined;
    this.call = new Call(
      {
        server: "https://meet.test",
        room: "Room",
        name: "Ada",
        media: this.media,
        storage,
        seat: its.seat,
        approach: this.approach,
      },
      {
        ...(its.awake ? { world: (tell) => ((this.tell = tell), () => {}) } : {}),
        openSocket: this.socket.open,
        createConnection: (configuration) => {
          const connection = new FakePeerConnection(configuration);
          this.connections.push(connection);
          return connection.asConnection();
        },
        createMeter: () => {
          this.meters += 1;
          return { amplitude: () => this.ownLevel, close: () => void (this.meters -= 1) };
        },
      },
    );
    // The server answers everything but `join`, which each test answers itself.
    this.socket.respond = (event) => (event === "join" || event === "iceServers" ? undefined : { ok: true });
  }

  get state() {
    return this.call.state;
  }

  /** The own page load, as the server was told. */
  get incarnation(): number {
    const [request] = this.socket.sent("join").slice(-1) as { incarnation: number }[];
    if (!request) throw new Error("nobody joined");
    return request.incarnation;
  }

  remote(id: string): RemoteParticipant {
    const found = this.state.remotes.find((remote) => remote.id === id);
    if (!found) throw new Error(`${id} is not here`);
    return found;
  }

  /** Joins, connects and is admitted to a room with these others. */
  async enter(...others: readonly ReturnType<typeof participant>[]): Promise<void> {
    this.call.join();
    this.socket.accept();
    this.admit("me", ...others);
    await this.idle();
  }

  admit(id: string, ...others: readonly ReturnType<typeof participant>[]): void {
    this.socket.answer("join", {
      status: "admitted",
      protocol: 3,
      room: "room",
      self: { id, name: "Ada", incarnation: this.incarnation, media: silent },
      seat: `token of ${id}`,
      grace: 30_000,
      participants: others,
      capacity: 8,
      iceServers: { servers: [{ urls: "stun:meet.test" }], expiresAt: null },
    });
  }

  /** A signal of another participant, between its and the own current page load. */
  signal(event: "offer" | "answer" | "candidate", from: string, fields: object, fromIncarnation = 1): void {
    this.socket.deliver(event, { from, incarnations: { from: fromIncarnation, to: this.incarnation }, ...fields });
  }

  /** The connection is lost, and comes back to the same seat in a room with these others. */
  async comeBack(...others: readonly ReturnType<typeof participant>[]): Promise<void> {
    this.socket.drop();
    this.socket.accept();
    this.admit("me", ...others);
    await this.idle();
  }

  /** Lets everything happen that needs no time. */
  async idle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await vi.advanceTimersByTimeAsync(0);
  }
}

export function participant(id: string, media: Partial<typeof silent> = {}, incarnation = 1) {
  return {
    id,
    name: `${id}'s name`,
    incarnation,
    media: { ...silent, ...media },
    away: false,
    role: "participant",
    hand: null,
  };
}

export function startWorld(): void {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal("MediaStream", FakeMediaStream);
  vi.spyOn(console, "warn").mockImplementation(() => {});
}

export function endWorld(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
}
