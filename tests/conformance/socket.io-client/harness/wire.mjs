import { WebSocket } from "ws";

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The next event of an emitter; its first argument. */
export const next = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));

/** Bare HTTP requests and WebSockets of one Engine.IO path: nothing is decided here. */
export class Wire {
  constructor(host, path) {
    this.host = host;
    this.path = path;
  }

  /** What a session must do to be allowed to stay: with plain Engine.IO, nothing. */
  async settle() {}

  async settleSocket() {}

  request(query, init) {
    return fetch(`${this.host.url}${this.path}${query}`, init);
  }

  async open() {
    const response = await this.request("?EIO=4&transport=polling");
    return JSON.parse((await response.text()).slice(1)).sid;
  }

  poll(sid, init) {
    return this.request(`?EIO=4&transport=polling&sid=${sid}`, init);
  }

  push(sid, body) {
    return this.poll(sid, { method: "POST", body });
  }

  /** A WebSocket whose messages wait until they are read, so that none is missed between two reads. */
  socket(query = "?EIO=4&transport=websocket") {
    const socket = new WebSocket(`${this.host.wsUrl}${this.path}${query}`);
    const waiting = [];
    const messages = [];
    socket.binaryType = "arraybuffer";
    socket.closed = new Promise((resolve) => socket.once("close", resolve));
    socket.once("close", (code) => waiting.forEach(({ reject }) => reject(new Error(`The WebSocket closed (${code}) instead.`))));
    socket.on("error", () => {});
    socket.on("message", (data, isBinary) => {
      const message = isBinary ? new Uint8Array(data) : Buffer.from(data).toString();
      waiting.length > 0 ? waiting.shift().resolve(message) : messages.push(message);
    });
    socket.read = () =>
      messages.length > 0
        ? Promise.resolve(messages.shift())
        : new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    return socket;
  }

  async openSocket() {
    const socket = this.socket();
    const open = JSON.parse((await socket.read()).slice(1));
    return { socket, sid: open.sid };
  }

  async openSettled() {
    const sid = await this.open();
    await this.settle(sid);
    return sid;
  }

  async openSettledSocket() {
    const { socket } = await this.openSocket();
    await this.settleSocket(socket);
    return socket;
  }
}

/** The same for Socket.IO, whose connections must join a namespace in time; the main one greets those who join. */
export class SocketWire extends Wire {
  async settle(sid) {
    await this.push(sid, "40");
    for (let text = ""; !text.includes("42["); ) {
      text += await (await this.poll(sid)).text();
    }
  }

  async settleSocket(socket) {
    socket.send("40");
    await socket.read();
    await socket.read();
  }
}
