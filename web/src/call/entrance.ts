import type { Admission, JoinAnswer, JoinRequest, ServerMessage, Signalling } from "../signalling/index.js";
import { refusalOf } from "./refusal.js";
import type { RefusalReason } from "./state.js";

export interface EntranceHandlers {
  /** What to join with, as it is now. */
  request(): JoinRequest;
  /** In the room; `request` is what was joined with. */
  onAdmitted(admission: Admission, request: JoinRequest): void;
  /** At the door, until a host decides. */
  onWaiting(): void;
  /** Only in the room, and after its admission was handled. */
  onMessage(message: ServerMessage): void;
  /** The seat has ended, and the way in begins anew: others have come back to this room from before. */
  onUnseated(): void;
  /** The connection is lost and being restored. */
  onLost(): void;
  /** The end of this entrance: it has closed itself. */
  onRefused(reason: RefusalReason, message: string): void;
  /** The end of this entrance: another page has taken the seat. */
  onDisplaced(): void;
  /** The end of this entrance: a host, or who runs the server, wants it so. */
  onOver(reason: "removed" | "ended"): void;
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
  /** What arrived while the answer to `join` is awaited: it is handled after that. */
  #early: ServerMessage[] = [];
  #inside = false;
  /** What stands at the door joined with this. */
  #asked: JoinRequest | null = null;
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
      this.#handleInside(message);
    } else if (message.type === "door" && this.#asked !== null) {
      // Only to who waits, and once.
      const request = this.#asked;
      this.#asked = null;
      this.#handleAnswer(message.answer, request);
    } else if (this.#early.length < maxEarlyMessages) {
      this.#early.push(message);
    }
  }

  #handleInside(message: ServerMessage): void {
    if (message.type !== "removed" && message.type !== "ended") {
      this.#handlers.onMessage(message);
      return;
    }
    this.#inside = false;
    if (message.type === "removed" && message.reason === "restored") {
      this.#handlers.onUnseated();
      void this.#join();
    } else {
      this.close();
      this.#handlers.onOver(message.type);
    }
  }

  /** What has overtaken the answer that it belongs to. */
  #handleEarly(): void {
    for (const message of this.#early.splice(0)) this.#handleMessage(message);
  }

  async #join(): Promise<void> {
    const attempt = ++this.#attempt;
    const request = this.#handlers.request();
    this.#early = [];
    this.#asked = null;
    const answer = await this.signalling.join(request);
    if (attempt === this.#attempt) this.#handleAnswer(answer, request);
  }

  #handleAnswer(answer: JoinAnswer, request: JoinRequest): void {
    switch (answer.status) {
      case "admitted": {
        clearTimeout(this.#reachTimer);
        this.#inside = true;
        this.#handlers.onAdmitted(answer, request);
        this.#handleEarly();
        break;
      }
      case "refused":
        this.#refuse(refusalOf(answer), answer.message);
        break;
      case "waiting":
        // However long it takes.
        clearTimeout(this.#reachTimer);
        this.#asked = request;
        this.#handlers.onWaiting();
        this.#handleEarly();
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
    this.#asked = null;
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
