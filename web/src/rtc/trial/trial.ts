import type { CreateConnection } from "../peer-link.js";
import { type CandidateFault, type FoundCandidate, Gathering } from "./gathering.js";
import { roundTripOf } from "./round-trip.js";

/** What came of a trial. */
export interface TrialFindings {
  /** This browser would not even try: it knows no such address. */
  readonly refused: boolean;
  readonly candidates: readonly FoundCandidate[];
  readonly faults: readonly CandidateFault[];
  /** Whether this browser tells of faults at all. */
  readonly tellsFaults: boolean;
  /** Gathering came to its end, and was not merely given up. */
  readonly complete: boolean;
  /** Milliseconds until there was a candidate of the kind that was looked for; null: there was none. */
  readonly found: number | null;
  /** Milliseconds for a message there and back; null: none came through, or none was sent. */
  readonly roundTrip: number | null;
}

export interface TrialOptions {
  readonly createConnection: CreateConnection;
  /** Ends the trial at once; what was found so far is the result. */
  readonly signal: AbortSignal;
}

/** In milliseconds. Browsers go on asking a silent server for longer; an answer that late is of no use to a call. */
const gatheringLimit = 11_000;
const talkLimit = 8_000;
const portLimit = 3_000;

/** Looks for the address that a STUN server sees, as `server` says it. */
export async function tryStun(server: RTCIceServer, options: TrialOptions): Promise<TrialFindings> {
  return attempt({ iceServers: [server] }, options, async ({ near, gathering, within }) => {
    near.createDataChannel("trial");
    await near.setLocalDescription();
    await within(gatheringLimit, gathering.found("srflx"));
    return { found: gathering.firsts.get("srflx") ?? null, roundTrip: null };
  });
}

/** Sends messages from this page to itself through relays of `server` and no other way. */
export function tryRelay(server: RTCIceServer, options: TrialOptions): Promise<TrialFindings> {
  return trySelfCall({ iceServers: [server], iceTransportPolicy: "relay" }, "relay", options);
}

/**
 * Whether something takes TCP connections where `server` is: asked in the clear, whatever is spoken there. False: not as far as
 * the browser tells.
 */
export async function tryPort(server: RTCIceServer, options: TrialOptions): Promise<boolean> {
  const { faults, found, complete } = await attempt(
    { iceServers: [server], iceTransportPolicy: "relay" },
    options,
    async ({ near, gathering, within }) => {
      near.createDataChannel("trial");
      await near.setLocalDescription();
      await within(portLimit, gathering.found("relay"));
      return { found: gathering.firsts.get("relay") ?? null, roundTrip: null };
    },
  );
  // Where nobody listens, that is said at once. Who listens for TLS does not understand this question, and waits for a better one.
  const waits = !complete && !options.signal.aborted;
  return found !== null || waits || faults.some(({ code, port }) => isAnswer(code) || port !== null);
}

/** An error of STUN or TURN; the rest are the browser's own. */
function isAnswer(code: number): boolean {
  return code >= 300 && code < 600;
}

/** Sends messages from this page to itself without any server. */
export function tryDevice(options: TrialOptions): Promise<TrialFindings> {
  return trySelfCall({}, "host", options);
}

function trySelfCall(
  configuration: RTCConfiguration,
  type: "relay" | "host",
  options: TrialOptions,
): Promise<TrialFindings> {
  return attempt(configuration, options, async ({ near, connect, gathering, within }) => {
    const far = connect();
    let described = Promise.resolve();
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.addEventListener("icecandidate", ({ candidate }) => {
        // The other end takes candidates only after the description they belong to.
        if (candidate) void described.then(() => to.addIceCandidate(candidate)).catch(() => {});
      });
    }
    const channel = near.createDataChannel("trial");
    const measured = roundTripOf(channel, far);
    described = describe(near, far);
    await described;
    await within(gatheringLimit, gathering.found(type));
    const found = gathering.firsts.get(type) ?? null;
    return { found, roundTrip: found === null ? null : await within(talkLimit, measured) };
  });
}

async function describe(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  await near.setLocalDescription();
  if (near.localDescription) await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  if (far.localDescription) await near.setRemoteDescription(far.localDescription);
}

interface Attempt {
  readonly near: RTCPeerConnection;
  /** What `near` finds. */
  readonly gathering: Gathering;
  /** Another connection of the same configuration; closed with the first. */
  readonly connect: () => RTCPeerConnection;
  /** What a promise gives within so many milliseconds; null: nothing. */
  readonly within: <T>(limit: number, promise: Promise<T>) => Promise<T | null>;
}

async function attempt(
  configuration: RTCConfiguration,
  { createConnection, signal }: TrialOptions,
  run: (attempt: Attempt) => Promise<Pick<TrialFindings, "found" | "roundTrip">>,
): Promise<TrialFindings> {
  const connections: RTCPeerConnection[] = [];
  const connect = (): RTCPeerConnection => {
    const connection = createConnection(configuration);
    connections.push(connection);
    return connection;
  };
  let near: RTCPeerConnection;
  try {
    near = connect();
  } catch {
    return { ...nothing, refused: true };
  }
  const gathering = new Gathering(near);
  let result: Pick<TrialFindings, "found" | "roundTrip"> = { found: null, roundTrip: null };
  try {
    result = await run({ near, gathering, connect, within: (limit, promise) => within(limit, signal, promise) });
  } catch {
    // A connection that breaks in the middle has found what it found.
  }
  for (const connection of connections) connection.close();
  const { candidates, faults, complete } = gathering;
  return { refused: false, candidates, faults, tellsFaults: "onicecandidateerror" in near, complete, ...result };
}

const nothing: TrialFindings = {
  refused: false,
  candidates: [],
  faults: [],
  tellsFaults: true,
  complete: true,
  found: null,
  roundTrip: null,
};

function within<T>(limit: number, signal: AbortSignal, promise: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const settle = (value: T | null): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      resolve(value);
    };
    const giveUp = (): void => settle(null);
    const timer = setTimeout(giveUp, limit);
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
    promise.then(settle, giveUp);
  });
}
