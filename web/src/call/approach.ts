import { type OpenSocket, Signalling } from "../signalling/index.js";

/**
 * The way to the server, begun while a person still looks into the mirror: who joins then need not wait for a connection.
 * Nothing is said to the server yet, and one that cannot be reached is no trouble yet.
 */
export class Approach {
  #signalling: Signalling | null = null;

  constructor(server: string, openSocket?: OpenSocket) {
    try {
      this.#signalling = new Signalling(server, null, openSocket);
      this.#signalling.open();
    } catch {
      // No address of a server: whoever joins will be told.
    }
  }

  /** The connection, once; the taker's own from then on. */
  take(): Signalling | null {
    const signalling = this.#signalling;
    this.#signalling = null;
    return signalling;
  }

  close(): void {
    this.take()?.close();
  }
}
