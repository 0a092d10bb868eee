import { describe, expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { useHost } from "../harness/host.mjs";

// What the official tests of socket.io-client count on in the server they run against, each thing once.
const connect = clients(useHost("socketio-client", null));
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

async function arrive(namespace, options) {
  const socket = connect(namespace, options);
  await event(socket, "connect");
  return socket;
}

/** What the server says first after this has been said. */
function ask(socket, answer, ...said) {
  const heard = event(socket, answer);
  socket.emit(...said);
  return heard;
}

describe.each(transports)("the main namespace by %s", (_, options) => {
  test("returns a greeting, an argument and the socket's id", async () => {
    const socket = await arrive("/", options);
    await ask(socket, "hi", "hi");
    for (const argument of [1, "text", null, { a: [true] }]) {
      expect(await socket.emitWithAck("echo", argument)).toEqual(argument);
    }
    expect(await socket.emitWithAck("getId")).toBe(socket.id);
  });

  test("asks for an acknowledgement, and says if the right one came", async () => {
    const socket = await arrive("/", options);
    const got = [];
    socket.on("got it", () => got.push("got it"));
    for (const answer of [[4, { test: true }], [5, { test: false }], [5], [5, { test: true }]]) {
      socket.once("ack", (callback) => callback(...answer));
      await ask(socket, "ack", "ack");
    }
    await expect.poll(() => got.length).toBe(1);
    await ask(socket, "hi", "hi");
    expect(got).toEqual(["got it"]);
  });

  test("asks again though nobody answered yet", async () => {
    const socket = await arrive("/", options);
    let asked = 0;
    socket.on("ack", () => asked++);
    for (let i = 0; i < 4; i++) {
      socket.emit("ack");
    }
    await ask(socket, "hi", "hi");
    expect(asked).toBe(4);
  });

  test("sends dates as JavaScript writes them", async () => {
    const socket = await arrive("/", options);
    const [date] = await ask(socket, "takeDate", "getDate");
    const [holder] = await ask(socket, "takeDateObj", "getDateObj");
    expect(await socket.emitWithAck("getAckDate", { test: true })).toMatch(isoDate);
    expect(date).toMatch(isoDate);
    expect(Object.keys(holder)).toEqual(["date"]);
    expect(holder.date).toMatch(isoDate);
    expect(Math.abs(new Date(date) - Date.now())).toBeLessThan(60_000);
  });

  test("sends texts in five alphabets, and false", async () => {
    const socket = await arrive("/", options);
    const texts = [];
    socket.on("takeUtf8", (text) => texts.push(text));
    socket.emit("getUtf8");
    await expect
      .poll(() => texts)
      .toEqual(["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"]);
    expect((await ask(socket, "false", "false"))[0]).toBe(false);
  });

  test("sends and recognises bytes", async () => {
    const socket = await arrive("/", options);
    for (const [answer, question] of [["doge", "doge"], ["takebin", "getbin"]]) {
      expect(Buffer.from((await ask(socket, answer, question))[0]).toString()).toBe("asdfasdf");
    }
    const bytes = Buffer.from("asdfasdf");
    const mixed = { hello: "lol", message: bytes, goodbye: "gotcha" };
    await ask(socket, "buffack", "buffa", bytes);
    await ask(socket, "back", "blob", bytes);
    await ask(socket, "jsonbuff-ack", "jsonbuff", mixed);
    await ask(socket, "jsonblob-ack", "jsonblob", mixed);
  });

  test("recognises bytes that come in order", async () => {
    const socket = await arrive("/", options);
    const bytes = Buffer.from("abuff");
    for (let i = 0; i < 2; i++) {
      socket.emit("abuff1", bytes);
      await ask(socket, "abuff2-ack", "abuff2", bytes);
      socket.emit("blob1", bytes);
      socket.emit("blob2", "second");
      await ask(socket, "blob3-ack", "blob3", bytes);
    }
  });

  test("takes nothing for right that is not", async () => {
    const socket = await arrive("/", options);
    const heard = [];
    socket.onAny((name) => heard.push(name));
    const bytes = Buffer.from("abuff");
    socket.emit("buffa", "text");
    socket.emit("blob", { _placeholder: 1 });
    socket.emit("jsonbuff", { hello: "lol", message: "text", goodbye: "gotcha" });
    socket.emit("jsonblob", { hello: "lol", message: bytes });
    socket.emit("abuff2", bytes);
    socket.emit("abuff1", "text");
    socket.emit("abuff2", bytes);
    socket.emit("blob1", bytes);
    socket.emit("blob3", bytes);
    socket.emit("blob2", "third");
    await ask(socket, "hi", "hi");
    expect(heard).toEqual(["hi"]);
  });
});

test("the handshake is as the reference shows it", async () => {
  const socket = await arrive("/", { query: { "&a": "&=?a", e: "f" }, auth: { token: "x" }, extraHeaders: { "X-Some": "thing" } });
  const handshake = await socket.emitWithAck("getHandshake");
  expect(Object.keys(handshake).sort()).toEqual(
    ["address", "auth", "headers", "issued", "query", "secure", "time", "url", "xdomain"],
  );
  expect(handshake.query).toMatchObject({ "&a": "&=?a", e: "f", EIO: "4", transport: "polling" });
  expect(handshake.auth).toEqual({ token: "x" });
  expect(handshake.headers["x-some"]).toBe("thing");
  expect([handshake.secure, handshake.xdomain]).toEqual([false, false]);
  expect(handshake.address).toMatch(/^(127\.0\.0\.1|::1)$/);
  expect(handshake.url).toMatch(/^\/socket\.io\/\?/);
  expect(Math.abs(handshake.issued - Date.now())).toBeLessThan(60_000);
  expect(Math.abs(Date.parse(handshake.time) - handshake.issued)).toBeLessThan(1001);
});

test("one namespace says the handshake at once", async () => {
  const socket = connect("/abc?b=c&d=e", { auth: { userId: "0" } });
  const [handshake] = await event(socket, "handshake");
  expect(handshake.query).toMatchObject({ b: "c", d: "e" });
  expect(handshake.auth).toEqual({ userId: "0" });
});

test.each([["/timeout_socket"], ["/valid"], ["/asd"], ["/foo"]])("%s exists", async (name) => {
  expect((await arrive(name)).connected).toBe(true);
});

test("/foo tells the id of its own socket", async () => {
  const socket = await arrive("/foo");
  expect(await socket.emitWithAck("getId")).toBe(socket.id);
});

test.each([
  ["/no", {}, "Auth failed (custom namespace)"],
  ["/", { query: { fail: true } }, "Auth failed (main namespace)"],
  ["/invalid", {}, "Invalid namespace"],
  ["/bar", {}, "Invalid namespace"],
])("%s with %j is refused: %s", async (namespace, options, message) => {
  const [error] = await event(connect(namespace, options), "connect_error");
  expect(error.message).toBe(message);
  expect(error.data).toBeUndefined();
});

test("whoever allows no time at all is too early for a handshake", async () => {
  const socket = connect("/", { timeout: 0, reconnection: false });
  const [error] = await event(socket, "connect_error");
  expect(error.message).toBe("timeout");
});

test("a client whose connection breaks comes back as the same socket", async () => {
  const socket = await arrive("/");
  const { id } = socket;
  await ask(socket, "hi", "hi");
  const again = event(socket, "connect");
  socket.io.engine.close();
  await again;
  expect([socket.id, socket.recovered]).toEqual([id, true]);
});

test("pings come each two seconds", async () => {
  const socket = connect("/");
  const opened = event(socket.io, "open");
  await opened;
  await event(socket.io, "ping");
  expect(socket.io.engine._pingInterval).toBe(2000);
});

test("what is said as soon as one is in is said once", async () => {
  const socket = connect("/", { retries: 2, ackTimeout: 5000 });
  let packets = 0;
  socket.io.on("open", () => socket.io.engine.on("packetCreate", ({ type, data }) => type === "message" && data.startsWith("2") && packets++));
  const answered = new Promise((resolve) =>
    socket.once("connect", () => socket.emit("echo", 1, (error, value) => resolve([error, value]))),
  );
  expect(await answered).toEqual([null, 1]);
  expect(packets).toBe(1);
});
