import { Socket } from "engine.io-client";
import { afterEach, describe, expect, test } from "vitest";
import { useHost } from "../harness/host.mjs";
import { next } from "../harness/wire.mjs";

// What the official tests of engine.io-client count on in the server they run against, each thing once.
const host = useHost("engineio-client", null);
const open = [];

afterEach(() => {
  for (const socket of open.splice(0)) {
    socket.close();
  }
});

/** A client that keeps every message until somebody asks for it. */
function connect(options) {
  const socket = new Socket(host.url, options);
  const messages = [];
  const waiting = [];
  open.push(socket);
  socket.on("message", (data) => (waiting.length > 0 ? waiting.shift()(data) : messages.push(data)));
  socket.read = () => (messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((resolve) => waiting.push(resolve)));
  return socket;
}

/** The error, with the answer it was read from, and the close that follows. */
async function failure(socket) {
  const closed = new Promise((resolve) => socket.once("close", (reason, details) => resolve({ reason, details })));
  // The client lets go of its request right after the error: what it says then, it says at once.
  const failed = new Promise((resolve) =>
    socket.once("error", (error) => resolve({ error, answer: [error.context?.readyState, error.context?.responseText] })),
  );
  return { ...(await failed), ...(await closed) };
}

const transports = [["polling"], ["websocket"]];

describe.each(transports)("by %s", (transport) => {
  test("it says hi, then returns every message as it came", async () => {
    const socket = connect({ transports: [transport] });
    expect(await socket.read()).toBe("hi");
    for (const message of ["hello", "пойду спать 😀", "b", "4"]) {
      socket.send(message);
      expect(await socket.read()).toBe(message);
    }
    socket.send(Uint8Array.of(5, 0, 255));
    expect([...new Uint8Array(await socket.read())]).toEqual([5, 0, 255]);
  });

  test("it gives bytes and letters that are not Latin", async () => {
    const socket = connect({ transports: [transport] });
    await socket.read();
    socket.send("give binary");
    const bytes = await socket.read();
    expect(typeof bytes).toBe("object");
    expect([...new Uint8Array(bytes)]).toEqual([0, 1, 2, 3, 4]);
    socket.send("give utf8");
    expect(await socket.read()).toBe("пойду спать всем спокойной ночи");
  });

  test("it pings each half second and waits long for the answer", async () => {
    const socket = connect({ transports: [transport] });
    const { pingInterval, pingTimeout, maxPayload } = await next(socket, "handshake");
    expect({ pingInterval, pingTimeout, maxPayload }).toEqual({ pingInterval: 500, pingTimeout: 20000, maxPayload: 100 });
    await next(socket, "ping");
    await next(socket, "ping");
    expect(socket.readyState).toBe("open");
  });

  test("a message of 99 characters is taken, with its type", async () => {
    const socket = connect({ transports: [transport] });
    await socket.read();
    socket.send("a".repeat(99));
    expect(await socket.read()).toBe("a".repeat(99));
  });

  test("whoever is denied may try the other transport", async () => {
    const other = transport === "polling" ? "websocket" : "polling";
    const socket = connect({
      transports: [transport, other],
      transportOptions: { [transport]: { query: { deny: 1 } } },
      tryAllTransports: true,
    });
    await next(socket, "open");
    expect(socket.transport.name).toBe(other);
  });
});

test("a session goes over to WebSocket and goes on", async () => {
  const socket = connect({ transports: ["polling", "websocket"] });
  expect(await socket.read()).toBe("hi");
  await next(socket, "upgrade");
  socket.send("after");
  expect(await socket.read()).toBe("after");
  expect(socket.transport.name).toBe("websocket");
});

test.each([[["websocket"]], [["polling"]], [["polling", "websocket"]]])("bytes come back to clients that want base64, by %j", async (transports) => {
  const socket = connect({ transports, forceBase64: true });
  socket.binaryType = "arraybuffer";
  expect(await socket.read()).toBe("hi");
  if (transports.length > 1) {
    await next(socket, "upgrade");
  }
  const bytes = Uint8Array.from([0, 1, 2, 250, 255]);
  socket.send(bytes);
  expect(new Uint8Array(await socket.read())).toEqual(bytes);
  const { ws } = socket.transport;
  if (ws) {
    const kind = new Promise((resolve) => ws.addEventListener("message", ({ data }) => resolve(typeof data), { once: true }));
    socket.send(bytes);
    expect(await kind).toBe("string");
  }
});

test("too large a body is refused with 413 and without words", async () => {
  const socket = connect({ transports: ["polling"] });
  await next(socket, "open");
  socket.send("a".repeat(101));
  const { error, answer, reason, details } = await failure(socket);
  expect([error.type, error.message, error.description]).toEqual(["TransportError", "xhr post error", 413]);
  expect(answer).toEqual([4, ""]);
  expect(reason).toBe("transport error");
  expect(details).toBeInstanceOf(Error);
});

test("too large a WebSocket message ends with code 1009 and without words", async () => {
  const socket = connect({ transports: ["websocket"] });
  await next(socket, "open");
  const closed = new Promise((resolve) => socket.once("close", (reason, details) => resolve({ reason, details })));
  socket.send("a".repeat(101));
  const { reason, details } = await closed;
  expect([reason, details.description]).toEqual(["transport close", "websocket connection closed"]);
  expect([details.context.code, details.context.reason]).toEqual([1009, ""]);
});

test("small packets are gathered into bodies of the size that is taken", async () => {
  const socket = connect({ transports: ["polling"] });
  expect(await socket.read()).toBe("hi");
  const sent = [Buffer.alloc(72, 1), Buffer.alloc(20, 2), "a".repeat(20), Buffer.alloc(20, 3), Buffer.alloc(72, 4)];
  sent.forEach((message) => socket.send(message));
  for (const message of sent) {
    const back = await socket.read();
    expect(typeof back === "string" ? back : Buffer.from(back)).toEqual(message);
  }
});

test.each([
  ["a session that does not exist", { sid: "abc" }, 400, '{"code":1,"message":"Session ID unknown"}'],
  ["a denied handshake", { deny: 1 }, 403, '{"code":4,"message":"Forbidden"}'],
])("%s is an error whose body can be read", async (_, query, status, body) => {
  const { error, answer, reason } = await failure(connect({ transports: ["polling"], query }));
  expect([error.type, error.message, error.description]).toEqual(["TransportError", "xhr poll error", status]);
  expect(answer).toEqual([4, body]);
  expect(reason).toBe("transport error");
});

test.each([
  ["a session that does not exist", { sid: "abc" }],
  ["a denied handshake", { deny: 1 }],
])("%s is no WebSocket", async (_, query) => {
  const { error, reason } = await failure(connect({ transports: ["websocket"], query }));
  expect([error.type, error.message, error.description.type]).toEqual(["TransportError", "websocket error", "error"]);
  expect(error.description.message).toBe("Unexpected server response: 400");
  expect(reason).toBe("transport error");
});

test("cookies are set by the handshake and by nothing after it", async () => {
  const url = `${host.url}/engine.io/?EIO=4&transport=polling`;
  const handshake = await fetch(url);
  const cookies = handshake.headers.getSetCookie();
  expect(cookies.slice(0, 3)).toEqual([
    "1=1; Max-Age=86400",
    "2=2; Path=/; HttpOnly; Secure; SameSite=Strict",
    "3=3; Max-Age=0",
  ]);
  expect(cookies.length).toBe(4);
  expect(Math.abs(Date.parse(/^4=4; Expires=(.+)$/.exec(cookies[3])[1]) - Date.now())).toBeLessThan(60_000);
  const sid = JSON.parse((await handshake.text()).split("\x1e")[0].slice(1)).sid;
  const push = await fetch(`${url}&sid=${sid}`, { method: "POST", body: "4x" });
  expect([push.status, push.headers.getSetCookie()]).toEqual([200, []]);
});

test.each([
  [true, "1=1; 2=2"],
  [false, undefined],
])("those that live come back if the client sends credentials (%j)", async (withCredentials, expected) => {
  const socket = connect({ transports: ["polling"], withCredentials, extraHeaders: { "X-Some": "thing" } });
  expect(await socket.read()).toBe("hi");
  socket.send("sendHeaders");
  const headers = JSON.parse(await socket.read());
  expect(headers.cookie).toBe(expected);
  expect(headers["x-some"]).toBe("thing");
});
