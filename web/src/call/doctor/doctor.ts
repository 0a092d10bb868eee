import type { CreateConnection } from "../../rtc/index.js";
import { type FoundCandidate, scopeOf, tryDevice, tryRelay, tryStun } from "../../rtc/trial/index.js";
import type { DiagnoseAnswer, OpenSocket } from "../../signalling/index.js";
import { type Leg, legsOf } from "./legs.js";
import { outcomeOf } from "./outcome.js";
import type { DeviceAddresses, DeviceReading, DoctorReading, LegReading, ServerReading } from "./reading.js";
import { explainTls } from "./tls-failure.js";
import { verdictOf } from "./verdict.js";
import { WayToServer } from "./way-to-server.js";

/** What the doctor takes from the browser; tests hand in something else. */
export interface DoctorEnvironment {
  readonly openSocket?: OpenSocket | undefined;
  /** Null: this browser has no WebRTC. */
  readonly createConnection?: CreateConnection | null | undefined;
}

/** How long the server is looked for (milliseconds). */
const reachLimit = 12_000;
/** A WebSocket takes over from HTTP long-polling soon, if it can at all (milliseconds). */
const upgradeLimit = 3_000;

/**
 * Finds out which ways calls can take from where this page is: reaches the server, asks it for ICE servers, and tries each of
 * their addresses by itself. Needs no room, no camera and no other participant.
 *
 * ```
 * run(): server ──► legs, all at once ──► verdict        run() again begins anew; close() ends it
 *        device ──────────────────────────┘
 * ```
 */
export class Doctor {
  readonly #server: string;
  readonly #openSocket: OpenSocket | undefined;
  readonly #createConnection: CreateConnection | null;
  readonly #listeners = new Set<(reading: DoctorReading) => void>();
  #reading: DoctorReading = begun(true);
  #running: AbortController | null = null;

  /** @param server Absolute URL of the server; it may have a path. */
  constructor(server: string, environment: DoctorEnvironment = {}) {
    this.#server = server;
    this.#openSocket = environment.openSocket;
    const { createConnection } = environment;
    this.#createConnection = createConnection === undefined ? browsersOwn() : createConnection;
  }

  get reading(): DoctorReading {
    return this.#reading;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (reading: DoctorReading) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves with the verdict, or when another run or the end has come before it. */
  async run(): Promise<void> {
    this.close();
    const running = new AbortController();
    this.#running = running;
    this.#become(running.signal, begun(this.#createConnection !== null));
    await Promise.all([this.#tryServer(running.signal), this.#tryDevice(running.signal)]);
    this.#become(running.signal, { verdict: verdictOf(this.#reading) });
  }

  close(): void {
    this.#running?.abort();
    this.#running = null;
  }

  async #tryServer(signal: AbortSignal): Promise<void> {
    const began = performance.now();
    const way = new WayToServer(this.#server, this.#openSocket, signal);
    try {
      const reached = await way.reached(reachLimit);
      if (!reached) {
        this.#become(signal, { server: { kind: "unreachable" } });
        return;
      }
      const took = performance.now() - began;
      const answer = await way.diagnose();
      const legs = answer.status === "ready" ? legsOf(answer.iceServers) : [];
      this.#become(signal, { legs: legs.map(({ kind, url }) => ({ kind, url, outcome: { kind: "testing" } })) });
      // The server ends relays for tests with the connection that asked for them.
      await Promise.all([
        way
          .settled(upgradeLimit)
          .then((transport) => this.#become(signal, { server: serverReading(answer, transport, took) })),
        ...legs.map((leg, at) => this.#tryLeg(leg, at, signal)),
      ]);
    } finally {
      way.close();
    }
  }

  async #tryLeg(leg: Leg, at: number, signal: AbortSignal): Promise<void> {
    if (!this.#createConnection) return;
    const options = { createConnection: this.#createConnection, signal };
    const attempt = leg.kind === "stun" ? tryStun : tryRelay;
    const began = performance.now();
    const findings = await attempt(leg.server, options);
    const took = performance.now() - began;
    const { kind, url } = leg;
    const outcome = await explainTls(leg, outcomeOf(kind, findings), took, this.#server, options);
    const done: LegReading = { kind, url, outcome };
    this.#become(signal, { legs: this.#reading.legs.map((other, index) => (index === at ? done : other)) });
  }

  async #tryDevice(signal: AbortSignal): Promise<void> {
    if (!this.#createConnection) return;
    const findings = await tryDevice({ createConnection: this.#createConnection, signal });
    const device: DeviceReading = {
      kind: "read",
      addresses: addressesOf(findings.candidates),
      reached: findings.roundTrip !== null,
    };
    this.#become(signal, { device });
  }

  /** What a run that was ended still finds out is of no interest. */
  #become({ aborted }: AbortSignal, change: Partial<DoctorReading>): void {
    if (aborted) return;
    this.#reading = { ...this.#reading, ...change };
    for (const listener of this.#listeners) listener(this.#reading);
  }
}

function begun(supported: boolean): DoctorReading {
  const device: DeviceReading = supported ? { kind: "testing" } : { kind: "read", addresses: [], reached: false };
  return { supported, server: { kind: "testing" }, device, legs: [], verdict: null };
}

function browsersOwn(): CreateConnection | null {
  return "RTCPeerConnection" in globalThis ? (configuration) => new RTCPeerConnection(configuration) : null;
}

function serverReading(answer: DiagnoseAnswer, transport: "polling" | "websocket", took: number): ServerReading {
  return answer.status === "refused"
    ? { kind: "refused", reason: answer.reason, transport, took }
    : { kind: answer.status === "ready" ? "ready" : "silent", transport, took };
}

/** How many addresses of each sort; TCP candidates repeat those of UDP. */
function addressesOf(candidates: readonly FoundCandidate[]): DeviceAddresses[] {
  const sorts = new Map<string, DeviceAddresses>();
  for (const { type, protocol, address } of candidates) {
    if (type !== "host" || protocol !== "udp") continue;
    const scope = scopeOf(address);
    const family = scope === "hidden" ? "hidden" : address.includes(":") ? "ipv6" : "ipv4";
    const before = sorts.get(`${family} ${scope}`)?.count ?? 0;
    sorts.set(`${family} ${scope}`, { family, scope, count: before + 1 });
  }
  return [...sorts.values()];
}
