import { io as newest } from "socket.io-client";
import { afterEach } from "vitest";

const open = [];

afterEach(() => {
  for (const socket of open.splice(0)) {
    socket.disconnect();
    socket.io.engine?.close();
  }
});

/** Clients of one host, of this generation of the official client; all are closed after each test. */
export function clients(host, io = newest) {
  return (namespace = "/", options = {}) => {
    const socket = io(host.url + namespace, { forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 50, ...options });
    open.push(socket);
    return socket;
  };
}

/** The next arguments of an event. */
export const event = (socket, name) => new Promise((resolve) => socket.once(name, (...args) => resolve(args)));

export const transports = [
  ["polling", { transports: ["polling"] }],
  ["WebSocket", { transports: ["websocket"] }],
  ["polling with upgrade", { transports: ["polling", "websocket"] }],
];
