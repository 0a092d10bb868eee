import type { Admission, JoinRequest, ServerMessage, Signalling } from "../signalling/index.js";
import { refusalOf } from "./refusal.js";
import type { RefusalReason } from "./state.js";

export interface EntranceHandlers {
  /** What to join with, as it is now. */
  request(): JoinRequest;
  /** In the room; `request` is what was joined with. */
  onAdmitted(admission: Admission, request: JoinRequest): void;
  /** Only in the room, and after its admission was handled. */
  onMessage(message: ServerMessage): void;
  /** The connection is lost and being restored. */
  onLost(): void;
  /** The end of this entrance: it has closed itself. */
  onRefused(reason: RefusalReason, message: string): void;
  /** The end of this entrance: another page has taken the seat. */
  onDisplaced(): void;
}

/**
 * How long to look for a server before giving up (milliseconds), and then again for its answer once it was found. After the
 * first admission it is looked for forever.
 */
const reachLimit = 12_000;
/** Between two attempts to join on one connection (milliseconds). */
const retryDelay = 2_000;
/** Messages that may overtake the admission; more than a full room sends in that moment. */
const maxEarlyMessages = 1_024;

/** The way into a room, and back into it whenever the connection was lost. */
export class Entrance {
  /** This entrance's own from now on. */
  readonly signalling: Signalling;
  readonly #handlers: EntranceHandlers;
  /** Counts attempts, so that an answer to an older one is recognised. */
  #attempt = 0;
  /** What arrived while the answer to `join` is awaited: it is handled after the admission. */
  #early: ServerMessage[] = [];
  #inside = false;
  #reachTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(signalling: Signalling, handlers: EntranceHandlers) {
    this.signalling = signalling;
    this.#handlers = handlers;
  }

  open(): void {
    const { signalling } = this;
    this.#reachTimer = setTimeout(() => {
      if (signalling.state === "connected") this.#reachTimer = setTimeout(() => this.#giveUp(), reachLimit);
      else this.#giveUp();
    }, reachLimit);
    signalling.attach({
      onState: (state) => {
        if (state === "connected") void this.#join();
        else if (state === "lost") this.#handleLost();
      },
      onMessage: (message) => this.#handleMessage(message),
    });
    if (signalling.state === "connected") void this.#join();
    else signalling.open();
  }

  close(): void {
    this.#attempt += 1;
    clearTimeout(this.#reachTimer);
    clearTimeout(this.#retryTimer);
    this.signalling.close();
  }

  #handleMessage(message: ServerMessage): void {
    if (message.type === "displaced") {
      this.close();
      this.#handlers.onDisplaced();
    } else if (this.#inside) {
      this.#handlers.onMessage(message);
    } else if (this.#early.length < maxEarlyMessages) {
      this.#early.push(message);
    }
  }

  async #join(): Promise<void> {
    const attempt = ++this.#attempt;
    const request = this.#handlers.request();
    this.#early = [];
    const answer = await this.signalling.join(request);
    if (attempt !== this.#attempt) return;
    switch (answer.status) {
      case "admitted": {
        clearTimeout(this.#reachTimer);
        this.#inside = true;
        this.#handlers.onAdmitted(answer, request);
        for (const message of this.#early.splice(0)) this.#handlers.onMessage(message);
        break;
      }
      case "refused":
        this.#refuse(refusalOf(answer), answer.message);
        break;
      case "waiting":
        // Reserved: version 2 never sends it.
        break;
      case "unanswered":
        this.#retryTimer = setTimeout(() => this.#retry(request), retryDelay);
        break;
    }
  }

  /** The server may have admitted us without our hearing of it. */
  #retry({ seat }: JoinRequest): void {
    if (seat !== undefined) {
      // The token gives the same seat again, to a connection that works better.
      this.signalling.reconnect();
      return;
    }
    // That seat is given back first, or somebody would sit there whom nobody knows.
    void this.signalling.leave();
    void this.#join();
  }

  #handleLost(): void {
    this.#attempt += 1;
    clearTimeout(this.#retryTimer);
    this.#inside = false;
    this.#handlers.onLost();
  }

  #giveUp(): void {
    this.#refuse("server-unreachable", "no admission in time");
  }

  #refuse(reason: RefusalReason, message: string): void {
    this.close();
    this.#handlers.onRefused(reason, message);
  }
}
