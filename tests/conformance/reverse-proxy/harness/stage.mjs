import { io } from "socket.io-client";
import { afterAll, afterEach, beforeAll } from "vitest";
import { Nginx } from "./nginx.mjs";
import { Parley } from "./parley.mjs";

/** Parley behind nginx, in one of the guide's layouts, for the tests of one block. */
export function useStage(layout, { settings, edit = (configuration) => configuration, webSocket } = {}) {
  const stage = { parley: undefined, nginx: undefined, url: "" };
  const open = [];

  beforeAll(async () => {
    stage.parley = await Parley.start({ "Parley:Proxies": "loopback", ...layout.settings, ...settings });
    stage.nginx = await Nginx.start({ configuration: edit(layout.configuration), upstream: stage.parley.url, webSocket });
    stage.url = `${stage.nginx.url}${layout.path}`;
  });

  afterEach(() => {
    for (const socket of open.splice(0)) {
      socket.disconnect();
      socket.io.engine?.close();
    }
  });

  afterAll(async () => {
    await stage.nginx?.stop();
    await stage.parley?.stop();
  });

  /** The official client, as the page uses it; in a browser the origin comes by itself. */
  stage.connect = (options = {}) => {
    const socket = io(stage.nginx.url, {
      path: `${layout.path}/socket.io/`,
      forceNew: true,
      reconnection: false,
      rejectUnauthorized: false,
      extraHeaders: { Origin: stage.nginx.url },
      ...options,
    });
    open.push(socket);
    return socket;
  };
  return stage;
}

/** The next event of a Socket.IO socket, with its first argument. */
export const event = (socket, name) => new Promise((resolve) => socket.once(name, resolve));

/** Whether a socket connects. */
export const connects = (socket) =>
  new Promise((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("connect_error", () => resolve(false));
  });

/** Joins a room as a page does. */
export const join = (socket, room, name) =>
  socket.emitWithAck("join", { protocol: 3, room, name, incarnation: Date.now(), media: { microphone: true, camera: true, screen: false } });
