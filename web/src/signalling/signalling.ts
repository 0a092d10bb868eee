import type {
  CandidateMessage,
  DescriptionMessage,
  DiagnoseAnswer,
  DoorsChange,
  IceServers,
  JoinAnswer,
  JoinRequest,
  MediaState,
  Result,
  ServerMessage,
} from "./messages.js";
import {
  parseDiagnoseAnswer,
  parseIceServersAnswer,
  parseJoinAnswer,
  parseResult,
  parseServerMessage,
  unanswered,
} from "./parsing.js";
import { SignallingLog } from "./signalling-log.js";
import { type Beacon, type OpenSocket, type SignallingSocket, openSocket } from "./socket.js";

/**
 * ```
 * connecting ──► connected ──► lost ──► connected ...      close(): ──► closed, from anywhere
 * ```
 */
export type SignallingState = "connecting" | "connected" | "lost" | "closed";

export interface SignallingHandlers {
  /** After every change. Each time `connected` is reached the server knows nothing of this client: it must join. */
  onState(state: SignallingState): void;
  onMessage(message: ServerMessage): void;
}

/** How long a request waits for its acknowledgement, in milliseconds. */
const requestLimit = 10_000;
/** The same where the answer also tells whether the connection works at all. */
const checkLimit = 3_000;
/** The server ended the connection on purpose: Socket.IO does not come back by itself, and hurrying would not help. */
const returnDelay = 2_000;

/**
 * A client of docs/signalling.md. Keeps the connection up by itself; says what arrived and answers what was asked.
 * Requests never reject: without a connection, or without an answer in time, they are `unanswered`.
 */
export class Signalling {
  /** What became of the connection so far, for whoever wants to see how a call works. */
  readonly log = new SignallingLog();
  readonly #socket: SignallingSocket;
  #handlers: SignallingHandlers | null;
  #state: SignallingState = "connecting";
  #return: ReturnType<typeof setTimeout> | undefined;

  /** @throws TypeError when `server` is not an absolute URL. */
  constructor(server: string, handlers: SignallingHandlers | null = null, open: OpenSocket = openSocket) {
    this.#handlers = handlers;
    this.#socket = open(server);
    this.#socket.on("connect", () => this.#become("connected"));
    this.#socket.on("disconnect", () => {
      this.#become("lost");
      this.#comeBack();
    });
    this.#socket.on("connect_error", () => this.#comeBack());
    this.#socket.onTransport((name) => {
      if (name === "polling" || name === "websocket") this.log.add(name);
    });
    this.#socket.onAny((event, payload) => {
      const message = this.#state === "connected" ? parseServerMessage(event, payload) : null;
      if (message?.type === "door") this.#note(message.answer);
      if (message) this.#handlers?.onMessage(message);
    });
  }

  get state(): SignallingState {
    return this.#state;
  }

  /** From now on these are told; what went before they read from `state`. */
  attach(handlers: SignallingHandlers): void {
    this.#handlers = handlers;
  }

  /** Once is enough, and more does no harm. */
  open(): void {
    // Socket.IO would ask for its namespace a second time, which a server takes for an attack.
    if (!this.#socket.active) this.#socket.connect();
  }

  /** Ends the connection for good; what was sent before still goes out. */
  close(): void {
    clearTimeout(this.#return);
    this.#become("closed");
    this.#socket.disconnect();
  }

  /** The page is being left, and may come back: the server should know at once, not at the next heartbeat. */
  farewell(beacon: Beacon): void {
    this.#socket.farewell(beacon);
  }

  /** Drops the connection, which does not seem to work, and connects anew at once. */
  reconnect(): void {
    if (this.#state === "closed") return;
    this.#socket.reconnect();
    clearTimeout(this.#return);
  }

  async join(request: JoinRequest): Promise<JoinAnswer> {
    this.log.add("join");
    const answer = parseJoinAnswer(await this.#request("join", request));
    this.#note(answer);
    return answer;
  }

  offer(to: string, message: DescriptionMessage): Promise<Result> {
    return this.#send("offer", { to, ...message });
  }

  answer(to: string, message: DescriptionMessage): Promise<Result> {
    return this.#send("answer", { to, ...message });
  }

  candidate(to: string, message: CandidateMessage): Promise<Result> {
    return this.#send("candidate", { to, ...message });
  }

  media(state: MediaState): Promise<Result> {
    return this.#send("media", state);
  }

  leave(): Promise<Result> {
    return this.#send("leave");
  }

  /** One's own hand. */
  hand(raised: boolean): Promise<Result> {
    return this.#send("hand", { raised });
  }

  // What only a host may do

  doors(change: DoorsChange): Promise<Result> {
    return this.#send("doors", change);
  }

  /** Lets in, or refuses (`deny`), somebody who waits; ends the seat of somebody (`remove`); lowers a hand. */
  decide(what: "admit" | "deny" | "remove" | "lowerHand", id: string): Promise<Result> {
    return this.#send(what, { id });
  }

  handOver(to: string): Promise<Result> {
    return this.#send("handOver", { to });
  }

  /** Null: everybody who is no host. */
  askToMute(to: string | null): Promise<Result> {
    return this.#send("askToMute", { to });
  }

  /** The room, for everybody. */
  end(): Promise<Result> {
    return this.#send("end");
  }

  /**
   * Fresh ICE servers, or null when the server did not give any. A connection that does not answer this small question
   * soon is dead, though nothing has noticed yet: it is replaced.
   */
  async iceServers(): Promise<IceServers | null> {
    const { connected } = this.#socket;
    const answer = await this.#request("iceServers", undefined, checkLimit);
    if (answer === undefined && connected && this.#socket.connected) this.reconnect();
    return parseIceServersAnswer(answer);
  }

  /** ICE servers to try, without a seat in any room. */
  async diagnose(): Promise<DiagnoseAnswer> {
    return parseDiagnoseAnswer(await this.#request("diagnose"));
  }

  async #send(event: string, payload?: object): Promise<Result> {
    const answer = await this.#request(event, payload);
    return answer === undefined ? unanswered(`${event} was not acknowledged`) : parseResult(answer);
  }

  async #request(event: string, payload?: object, limit = requestLimit): Promise<unknown> {
    // Without a connection Socket.IO would keep the request and send it later, into a room that is joined anew.
    if (!this.#socket.connected) return undefined;
    try {
      return await this.#socket.request(limit, event, payload);
    } catch {
      return undefined;
    }
  }

  #note({ status }: JoinAnswer): void {
    if (status === "admitted" || status === "refused") this.log.add(status);
  }

  #become(state: SignallingState): void {
    if (this.#state === state || this.#state === "closed") return;
    this.#state = state;
    if (state === "lost" || state === "closed") this.log.add(state);
    this.#handlers?.onState(state);
  }

  #comeBack(): void {
    if (this.#socket.active || this.#state === "closed") return;
    clearTimeout(this.#return);
    this.#return = setTimeout(() => this.#socket.connect(), returnDelay);
  }
}
