import { describe, expect, test } from "vitest";
import parser from "socket.io-msgpack-parser";
import { clients, event, transports } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const connect = clients(useHost("client-msgpack", clientHeartbeat));

const closed = (socket) => event(socket.io.engine, "close");

describe.each(transports)("the official client with its msgpack parser by %s", (name, transport) => {
  const options = { ...transport, parser };

  test("connects, sends auth and gets it back", async () => {
    const auth = { token: "grüße 😀", deep: [{ a: null }] };
    const socket = connect("/", { ...options, auth });
    expect(await event(socket, "auth")).toEqual([auth]);
    expect(socket.id).toMatch(/^[\w-]{20}$/);
    expect(await event(connect("/", options), "auth")).toEqual([{}]);
  });

  test("gets back what it sends", async () => {
    const socket = connect("/", options);
    const sent = [
      ...[1, "2", { 3: [true, null, 1.5, "é €  😀 \u0000 \u2028"] }, [], {}, "\ud83d\ude00".repeat(100)],
      ...[0, -1, 127, 128, -32, -33, -128, -129, 65535, 65536, -32768, -32769, 2 ** 31, -(2 ** 31), 2 ** 32, Number.MAX_SAFE_INTEGER],
      ...[Number.MIN_SAFE_INTEGER, Number.EPSILON, -1 / 3],
      Array.from({ length: 70_000 }, (_, i) => i % 300),
      Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`key ${i}`, { i }])),
    ];
    socket.emit("echo", ...sent);
    expect(await event(socket, "echo")).toEqual(sent);
    socket.emit("echo");
    expect(await event(socket, "echo")).toEqual([]);
  });

  test("gets dates and undefined as the other parser gives them", async () => {
    const socket = connect("/", options);
    socket.emit("echo", new Date(Date.UTC(2001, 1, 3, 4, 5, 6, 7)), undefined, { a: undefined, b: [undefined] }, NaN);
    expect(await event(socket, "echo")).toEqual(["2001-02-03T04:05:06.007Z", null, { b: [null] }, null]);
  });

  test("gets back bytes wherever they stand", async () => {
    const socket = connect("/", options);
    const large = Buffer.alloc(100_000, 7);
    socket.emit("echo", Buffer.from([1, 2, 3]), { a: [Uint8Array.from([4]).buffer, "x"] }, new ArrayBuffer(8), Buffer.alloc(0), large);
    const [first, second, third, fourth, fifth] = await event(socket, "echo");
    expect(Buffer.from(first)).toEqual(Buffer.from([1, 2, 3]));
    expect(Buffer.from(second.a[0])).toEqual(Buffer.from([4]));
    expect(second.a[1]).toBe("x");
    expect(Buffer.from(third)).toEqual(Buffer.alloc(8));
    expect(Buffer.from(fourth).length).toBe(0);
    expect(Buffer.from(fifth).equals(large)).toBe(true);
  });

  test("is answered, and answers", async () => {
    const socket = connect("/", options);
    const all = await new Promise((resolve) => socket.emit("ack", 1, "2", Buffer.from([3]), (...args) => resolve(args)));
    expect(all.slice(0, 2)).toEqual([1, "2"]);
    expect(Buffer.from(all[2])).toEqual(Buffer.from([3]));
    expect(await socket.emitWithAck("bytes", Buffer.alloc(1000))).toBe(1000);

    socket.on("question", (a, b, answer) => answer(a + b, Buffer.from([a])));
    const answer = await new Promise((resolve) => socket.emit("ask", 20, 22, (...args) => resolve(args)));
    expect(answer[0]).toBe(42);
    expect(Buffer.from(answer[1])).toEqual(Buffer.from([20]));
    expect(await socket.emitWithAck("ask in vain")).toBe("TimedOut");
  });

  test("shares a connection between namespaces, and leaves one", async () => {
    const main = connect("/", options);
    const custom = main.io.socket("/custom");
    await Promise.all([event(main, "connect"), event(custom, "connect")]);
    expect(custom.id).not.toBe(main.id);
    const left = custom.id;
    custom.disconnect();
    await expect.poll(() => main.emitWithAck("reason", left)).toBe("client namespace disconnect");
    custom.connect();
    await event(custom, "connect");
    expect(await custom.emitWithAck("ack", "again")).toBe("again");

    const end = event(custom, "disconnect");
    custom.emit("leave");
    expect((await end)[0]).toBe("io server disconnect");
    expect(await main.emitWithAck("ack", "main")).toBe("main");
  });

  test("is refused, with data and without", async () => {
    const [refused] = await event(connect("/refused", options), "connect_error");
    expect(refused.message).toBe("not you");
    expect(refused.data).toEqual({ code: 7 });
    const [none] = await event(connect("/none", options), "connect_error");
    expect(none.message).toBe("Invalid namespace");
    expect(none.data).toBeUndefined();
  });

  test("tells a room", async () => {
    const [a, b] = [connect("/", options), connect("/", options)];
    await Promise.all([a.emitWithAck("join", name), b.emitWithAck("join", name)]);
    const told = event(b, "told");
    await a.emitWithAck("tell", name, { text: "hi", at: [1.5] });
    expect(await told).toEqual([{ text: "hi", at: [1.5] }]);
  });

  test("is let go when it sends what is no packet, and the others stay", async () => {
    const [good, text, cut] = [connect("/", options), connect("/", options), connect("/", options)];
    await Promise.all([good, text, cut].map((socket) => event(socket, "connect")));
    const ends = [closed(text), closed(cut)];
    text.io.engine.write('2["echo"]');
    cut.io.engine.write(new parser.Encoder().encode({ type: 2, nsp: "/", data: ["echo", "x"] })[0].subarray(0, -1));
    await Promise.all(ends);
    expect(await good.emitWithAck("ack", "still there")).toBe("still there");
  });
});

test("a client without the parser is let go", async () => {
  const socket = connect("/", { transports: ["websocket"], reconnection: false });
  await event(socket.io, "close");
  expect(socket.connected).toBe(false);
});
