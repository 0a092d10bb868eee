import { type DiagnoseAnswer, type OpenSocket, Signalling } from "../../signalling/index.js";

/** A connection to the server of the doctor's own. */
export class WayToServer {
  readonly #signalling: Signalling | null;
  readonly #signal: AbortSignal;
  #wake: () => void = () => {};

  constructor(server: string, openSocket: OpenSocket | undefined, signal: AbortSignal) {
    this.#signal = signal;
    this.#signalling = open(server, () => this.#wake(), openSocket);
    signal.addEventListener("abort", () => this.#wake());
  }

  /** Whether it stands, within so many milliseconds. */
  reached(limit: number): Promise<boolean> {
    return this.#until(() => this.#signalling === null || this.#signalling.state === "connected", limit).then(
      () => this.#signalling?.state === "connected",
    );
  }

  diagnose(): Promise<DiagnoseAnswer> {
    return this.#signalling?.diagnose() ?? Promise.resolve({ status: "unanswered" });
  }

  /** What carries it in the end. */
  async settled(limit: number): Promise<"polling" | "websocket"> {
    const isWebSocket = (): boolean => this.#signalling?.log.entries.some(({ step }) => step === "websocket") ?? false;
    await this.#until(isWebSocket, limit);
    return isWebSocket() ? "websocket" : "polling";
  }

  close(): void {
    this.#signalling?.close();
  }

  async #until(done: () => boolean, limit: number): Promise<void> {
    const end = performance.now() + limit;
    while (!done() && !this.#signal.aborted && performance.now() < end) {
      // An upgrade is written into the log and told to nobody.
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(200, limit));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}

function open(server: string, onState: () => void, openSocket: OpenSocket | undefined): Signalling | null {
  try {
    const signalling = new Signalling(server, { onState, onMessage: () => {} }, openSocket);
    signalling.open();
    return signalling;
  } catch {
    // No address of a server: it cannot be reached.
    return null;
  }
}
