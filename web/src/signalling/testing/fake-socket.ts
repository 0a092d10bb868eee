import type { OpenSocket, SignallingSocket } from "../socket.js";

interface Request {
  readonly event: string;
  readonly payload: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** A Socket.IO socket without a network: the test is the server. */
export class FakeSocket implements SignallingSocket {
  connected = false;
  active = false;
  server = "";
  reconnects = 0;
  farewells = 0;
  /** Requests the test has not answered yet. */
  readonly pending: Request[] = [];
  /** Every request ever made. */
  readonly requests: Request[] = [];
  /** Answers requests as they come; undefined: the request stays pending. */
  respond: (event: string, payload: unknown) => unknown = () => undefined;
  readonly #listeners = new Map<string, (payload: unknown) => void>();
  #transportListener: (name: string) => void = () => {};
  #anyListener: (event: string, payload: unknown) => void = () => {};

  readonly open: OpenSocket = (server) => {
    this.server = server;
    return this;
  };

  connect(): void {
    this.active = true;
  }

  disconnect(): void {
    this.active = false;
    if (this.connected) this.drop();
  }

  reconnect(): void {
    this.reconnects += 1;
    if (this.connected) this.drop();
    this.active = true;
  }

  farewell(): void {
    this.farewells += 1;
  }

  on(event: string, listener: (payload: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  onAny(listener: (event: string, payload: unknown) => void): void {
    this.#anyListener = listener;
  }

  request(limit: number, event: string, payload?: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request: Request = { event, payload, resolve, reject, timer: undefined };
      this.requests.push(request);
      const answer = this.respond(event, payload);
      if (answer !== undefined) {
        resolve(answer);
        return;
      }
      this.pending.push(request);
      request.timer = setTimeout(() => {
        this.pending.splice(this.pending.indexOf(request), 1);
        reject(new Error("operation has timed out"));
      }, limit);
    });
  }

  onTransport(listener: (name: string) => void): void {
    this.#transportListener = listener;
  }

  /** Engine.IO changes what carries the connection. */
  upgrade(name: string): void {
    this.#transportListener(name);
  }

  /** The connection stands. */
  accept(): void {
    this.connected = true;
    this.active = true;
    this.#transportListener("polling");
    this.#listeners.get("connect")?.(undefined);
  }

  /** The connection is gone; `forGood`: the server ended it, and the library does not come back by itself. */
  drop(forGood = false): void {
    this.connected = false;
    if (forGood) this.active = false;
    for (const { reject, timer } of this.pending.splice(0)) {
      clearTimeout(timer);
      reject(new Error("socket has been disconnected"));
    }
    this.#listeners.get("disconnect")?.("transport close");
  }

  /** The connection was refused before it stood. */
  refuse(): void {
    this.active = false;
    this.#listeners.get("connect_error")?.(new Error("refused"));
  }

  /** The server sends something of its own accord. */
  deliver(event: string, payload: unknown): void {
    this.#anyListener(event, payload);
  }

  /** Answers the oldest pending request of this kind. */
  answer(event: string, answer: unknown): void {
    const index = this.pending.findIndex((request) => request.event === event);
    const [request] = index < 0 ? [] : this.pending.splice(index, 1);
    if (!request) throw new Error(`nobody asked for ${event}`);
    clearTimeout(request.timer);
    request.resolve(answer);
  }

  /** What was sent as `event`, in order. */
  sent(event: string): unknown[] {
    return this.requests.filter((request) => request.event === event).map(({ payload }) => payload);
  }
}
