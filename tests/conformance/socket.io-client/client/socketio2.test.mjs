import io2 from "socket.io-client-2";
import { describe, expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const host = useHost("client", clientHeartbeat);
const connect = clients(host, io2);
const connectNewest = clients(host);

/** Emits, and waits for the acknowledgement: its first argument. */
const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, resolve));

/** Why the server thinks that a socket ended, as soon as it does. */
async function serverReason(id) {
  const witness = connectNewest("/", { transports: ["websocket"] });
  for (;;) {
    const reason = await ask(witness, "reason", id);
    if (reason) {
      return reason;
    }
  }
}

const ways = [...transports, ...transports.map(([name, options]) => [`${name} in base64`, { ...options, forceBase64: true }])];

describe.each(ways)("the client of Socket.IO 2 by %s", (name, options) => {
  test("is in the main namespace without asking, under the id that it gives itself", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    expect(socket.id).toBe(socket.io.engine.id);
    expect(await ask(socket, "id")).toBe(socket.id);
  });

  test("gets back what it sends", async () => {
    const socket = connect("/", options);
    const sent = [1, "2", { 3: [true, null, 1.5, "é €  😀 \u0000 \u2028"] }, [], {}];
    socket.emit("echo", ...sent);
    expect(await event(socket, "echo")).toEqual(sent);
    socket.emit("echo", "ä😀".repeat(5000));
    expect(await event(socket, "echo")).toEqual(["ä😀".repeat(5000)]);
  });

  test("gets back bytes wherever they stand, beside text", async () => {
    const socket = connect("/", options);
    const echoed = event(socket, "echo");
    socket.emit("echo", Buffer.from([0, 1, 255]), { a: [Buffer.from([4]), "é😀"] }, Buffer.alloc(0));
    const [first, second, third] = await echoed;
    expect(Buffer.from(first)).toEqual(Buffer.from([0, 1, 255]));
    expect(Buffer.from(second.a[0])).toEqual(Buffer.from([4]));
    expect(second.a[1]).toBe("é😀");
    expect(Buffer.from(third).length).toBe(0);
  });

  test("is answered, and answers", async () => {
    const socket = connect("/", options);
    const all = await new Promise((resolve) => socket.emit("ack", 1, "2", Buffer.from([3]), (...args) => resolve(args)));
    expect(all.slice(0, 2)).toEqual([1, "2"]);
    expect(Buffer.from(all[2])).toEqual(Buffer.from([3]));

    socket.on("question", (a, b, answer) => answer(a + b, Buffer.from([a])));
    const answer = await new Promise((resolve) => socket.emit("ask", 20, 22, (...args) => resolve(args)));
    expect(answer[0]).toBe(42);
    expect(Buffer.from(answer[1])).toEqual(Buffer.from([20]));
  });

  test("gets a thousand messages in order", async () => {
    const socket = connect("/", options);
    const got = [];
    const done = new Promise((resolve) => socket.on("n", (n) => got.push(n) === 1000 && resolve()));
    socket.emit("count", 1000);
    await done;
    expect(got).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  test("has several namespaces by one connection", async () => {
    const main = connect("/", options);
    const custom = main.io.socket("/custom");
    await Promise.all([event(main, "connect"), event(custom, "connect")]);
    expect(custom.id).toBe(`/custom#${main.id}`);
    expect(await ask(custom, "id")).toBe(custom.id);
    expect(await ask(main, "ack", "main")).toBe("main");

    custom.disconnect();
    expect(await ask(main, "ack", "main")).toBe("main");
    custom.connect();
    await event(custom, "connect");
    expect(await ask(custom, "ack", "again")).toBe("again");
  });

  test("is told why it may not enter a namespace, and the others are not touched", async () => {
    const main = connect("/", options);
    expect(await event(main.io.socket("/none"), "error")).toEqual(["Invalid namespace"]);
    expect(await event(main.io.socket("/refused"), "error")).toEqual([{ code: 7 }]);
    expect(await event(main.io.socket("/token"), "error")).toEqual(["unauthorized"]);
    expect(await ask(main, "ack", "main")).toBe("main");
  });

  test("authenticates with the query of a namespace, however long", async () => {
    const query = { token: "secret", "ä 1": "a/b?c,d&e", long: "x".repeat(2000) };
    expect(await event(connect("/token", { ...options, query }), "auth")).toEqual([query]);
    expect(await event(connect("/", { ...options, query }), "auth")).toEqual([{}]);
  });

  test("talks to clients of the newest generation", async () => {
    const [old, current] = [connect("/", options), connectNewest("/")];
    await Promise.all([ask(old, "join", name), ask(current, "join", name)]);
    const toCurrent = event(current, "told");
    await ask(old, "tell", name, { from: "old" });
    expect(await toCurrent).toEqual([{ from: "old" }]);
    const toOld = event(old, "told");
    await ask(current, "tell", name, { from: "current" });
    expect(await toOld).toEqual([{ from: "current" }]);
  });

  test("ends when it disconnects", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    const { id } = socket;
    const reason = event(socket, "disconnect");
    socket.disconnect();
    expect(await reason).toEqual(["io client disconnect"]);
    expect(await serverReason(id)).toBe("client namespace disconnect");
  });

  test("ends when the server takes the socket out, or closes the connection", async () => {
    for (const how of ["leave", "close"]) {
      const socket = connect("/", options);
      await event(socket, "connect");
      const reason = event(socket, "disconnect");
      socket.emit(how);
      expect(await reason).toEqual(["io server disconnect"]);
    }
  });

  test("comes back by itself when the connection breaks", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    const { id } = socket;
    socket.io.engine.close();
    await event(socket, "connect");
    expect(socket.id).not.toBe(id);
    expect(await serverReason(id)).toBe("transport close");
    expect(await ask(socket, "ack", "back")).toBe("back");
  });

  test("ends when it breaks the protocol", async () => {
    const socket = connect("/", { ...options, reconnection: false });
    await event(socket, "connect");
    const { id } = socket;
    socket.io.engine.write("nonsense");
    await event(socket, "disconnect");
    expect(await serverReason(id)).toBe("parse error");
  });
});

test.each(Array.from({ length: 5 }, (_, round) => round))(
  "300 messages each way are neither lost nor doubled nor reordered by the upgrade, round %i",
  async () => {
    const socket = connect("/", { transports: ["polling", "websocket"] });
    const expected = Array.from({ length: 300 }, (_, i) => i);
    const got = [];
    const echoed = [];
    const done = new Promise((resolve) => {
      const check = () => got.length >= 300 && echoed.length >= 300 && resolve();
      socket.on("n", (n) => (got.push(n), check()));
      socket.on("echo", (n, bytes) => (echoed.push(n - bytes[0]), check()));
    });
    await event(socket, "connect");
    const upgraded = new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
    socket.emit("count", 300);
    for (let i = 0; i < 300; i++) {
      socket.emit("echo", i + (i % 7), Buffer.from([i % 7]));
      i % 10 === 0 && (await new Promise((resolve) => setImmediate(resolve)));
    }

    await Promise.all([done, upgraded]);
    expect(got).toEqual(expected);
    expect(echoed).toEqual(expected);
    expect(socket.io.engine.transport.name).toBe("websocket");
    expect(await ask(socket, "ack", "by WebSocket")).toBe("by WebSocket");
  },
);
