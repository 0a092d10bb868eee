import { io } from "socket.io-client";

/** The part of a Socket.IO socket that signalling uses: the seam at which tests put a socket of their own. */
export interface SignallingSocket {
  readonly connected: boolean;
  /** False when the client library has given up reconnecting by itself. */
  readonly active: boolean;
  connect(): void;
  disconnect(): void;
  on(event: string, listener: (payload: unknown) => void): void;
  onAny(listener: (event: string, payload: unknown) => void): void;
  /** Resolves with the acknowledgement; rejects when the connection ends or the time limit (milliseconds) passes first. */
  request(limit: number, event: string, payload?: object): Promise<unknown>;
}

export type OpenSocket = (server: string) => SignallingSocket;

/** A socket towards `{server}/socket.io/`, where `server` is an absolute URL that may have a path. */
export const openSocket: OpenSocket = (server) => {
  const { origin, path } = endpointOf(server);
  const socket = io(origin, {
    path,
    // A second call on one page is a participant of its own.
    forceNew: true,
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
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
    on: (event, listener) => void socket.on(event, listener),
    onAny: (listener) => void socket.onAny(listener),
    request: (limit, event, payload) =>
      socket.timeout(limit).emitWithAck(event, ...(payload === undefined ? [] : [payload])) as Promise<unknown>,
  };
};

/** A path in the address would be a namespace to Socket.IO; a server below one is reached through its `path` option. */
export function endpointOf(server: string): { readonly origin: string; readonly path: string } {
  const { origin, pathname } = new URL(server);
  return { origin, path: `${pathname.replace(/\/+$/, "")}/socket.io/` };
}
