/** What became of the way to the server. */
export type SignallingStep =
  /** Socket.IO stands, over HTTP long-polling or over a WebSocket. */
  | "polling"
  | "websocket"
  /** The question whether this client may enter the room, and the server's answer. */
  | "join"
  | "admitted"
  | "refused"
  | "lost"
  | "closed";

/** `at`: milliseconds, by `performance.now()`. */
export interface SignallingEntry {
  readonly at: number;
  readonly step: SignallingStep;
}

const maxEntries = 64;

/** The newest steps of one client of the server, oldest first. */
export class SignallingLog {
  readonly #entries: SignallingEntry[] = [];

  get entries(): readonly SignallingEntry[] {
    return this.#entries;
  }

  add(step: SignallingStep): void {
    this.#entries.push({ at: performance.now(), step });
    if (this.#entries.length > maxEntries) this.#entries.shift();
  }
}
