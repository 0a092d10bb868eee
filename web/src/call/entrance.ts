import {
  type Admission,
  type JoinRequest,
  type OpenSocket,
  type ServerMessage,
  Signalling,
} from "../signalling/index.js";
import type { RefusalReason } from "./state.js";

export interface EntranceHandlers {
  /** What to join with, as it is now. */
  request(): JoinRequest;
  /** In the room, as a new participant each time; `request` is what was joined with. */
  onAdmitted(admission: Admission, request: JoinRequest): void;
  /** Only in the room, and after its admission was handled. */
  onMessage(message: ServerMessage): void;
  /** The connection is lost and being restored. */
  onLost(): void;
  /** The end of this entrance: it has closed itself. */
  onRefused(reason: RefusalReason, message: string): void;
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
  readonly signalling: Signalling;
  readonly #handlers: EntranceHandlers;
  /** Counts attempts, so that an answer to an older one is recognised. */
  #attempt = 0;
  /** What arrived while the answer to `join` is awaited: it is handled after the admission. */
  #early: ServerMessage[] = [];
  #inside = false;
  #reachTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  /** @throws TypeError when `server` is not an absolute URL. */
  constructor(server: string, handlers: EntranceHandlers, openSocket?: OpenSocket) {
    this.#handlers = handlers;
    this.signalling = new Signalling(
      server,
      {
        onState: (state) => {
          if (state === "connected") void this.#join();
          else if (state === "lost") this.#handleLost();
        },
        onMessage: (message) => {
          if (this.#inside) handlers.onMessage(message);
          else if (this.#early.length < maxEarlyMessages) this.#early.push(message);
        },
      },
      openSocket,
    );
  }

  open(): void {
    this.#reachTimer = setTimeout(() => {
      if (this.signalling.state === "connected") this.#reachTimer = setTimeout(() => this.#giveUp(), reachLimit);
      else this.#giveUp();
    }, reachLimit);
    this.signalling.open();
  }

  close(): void {
    this.#attempt += 1;
    clearTimeout(this.#reachTimer);
    clearTimeout(this.#retryTimer);
    this.signalling.close();
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
        this.#refuse(answer.reason, answer.message);
        break;
      case "waiting":
        // Reserved: version 1 never sends it.
        break;
      case "unanswered":
        this.#retryTimer = setTimeout(() => {
          // If the server admitted us without our hearing of it, that seat is given back first.
          void this.signalling.leave();
          void this.#join();
        }, retryDelay);
        break;
    }
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
