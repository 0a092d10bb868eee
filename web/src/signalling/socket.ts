import { io } from "socket.io-client";

/** `navigator.sendBeacon`. */
export type Beacon = (address: string, body: string) => unknown;

/** The part of a Socket.IO socket that signalling uses: the seam at which tests put a socket of their own. */
export interface SignallingSocket {
  readonly connected: boolean;
  /** False when the client library has given up reconnecting by itself. */
  readonly active: boolean;
  connect(): void;
  disconnect(): void;
  /** Connects anew at once: whatever connection there is, or the wait for the next attempt, is dropped. */
  reconnect(): void;
  /** The page is being left: says so where the browser would not by itself. */
  farewell(beacon: Beacon): void;
  on(event: string, listener: (payload: unknown) => void): void;
  onAny(listener: (event: string, payload: unknown) => void): void;
  /** Told what carries the connection: whenever it stands, and when Engine.IO upgrades it. */
  onTransport(listener: (name: string) => void): void;
  /** Resolves with the acknowledgement; rejects when the connection ends or the time limit (milliseconds) passes first. */
  request(limit: number, event: string, payload?: object): Promise<unknown>;
}

/** The Engine.IO packet that closes a session. */
const engineClose = "1";

export type OpenSocket = (server: string) => SignallingSocket;

/** A socket towards `{server}/socket.io/`, where `server` is an absolute URL that may have a path. */
export const openSocket: OpenSocket = (server) => {
  const { origin, path } = endpointOf(server);
  const socket = io(origin, {
    path,
    // A second call on one page is a participant of its own.
    forceNew: true,
    autoConnect: false,
    // A server that returns gets everyone back within five seconds.
    reconnectionDelay: 300,
    reconnectionDelayMax: 1_000,
    timeout: 8_000,
    // A WebSocket that worked once is where the next connection begins.
    rememberUpgrade: true,
  });
  return {
    get connected() {
      return socket.connected;
    },
    get active() {
      return socket.active;
    },
    connect: () => void socket.connect(),
    disconnect: () => void socket.disconnect(),
    reconnect: () => void socket.disconnect().connect(),
    farewell: (beacon) => {
      const transport: object | undefined = (socket.io.engine as typeof socket.io.engine | undefined)?.transport;
      // A WebSocket closes with its page. Of long-polling the server would notice the end only when no next poll comes.
      if (transport && "uri" in transport && "name" in transport && transport.name === "polling") {
        const address: unknown = (transport.uri as () => unknown).call(transport);
        if (typeof address === "string") beacon(address, engineClose);
      }
    },
    on: (event, listener) => void socket.on(event, listener),
    onAny: (listener) => void socket.onAny(listener),
    onTransport: (listener) =>
      void socket.io.on("open", () => {
        const { engine } = socket.io;
        listener(engine.transport.name);
        engine.on("upgrade", ({ name }) => listener(name));
      }),
    request: (limit, event, payload) =>
      socket.timeout(limit).emitWithAck(event, ...(payload === undefined ? [] : [payload])) as Promise<unknown>,
  };
};

/** A path in the address would be a namespace to Socket.IO; a server below one is reached through its `path` option. */
export function endpointOf(server: string): { readonly origin: string; readonly path: string } {
  const { origin, pathname } = new URL(server);
  return { origin, path: `${pathname.replace(/\/+$/, "")}/socket.io/` };
}
