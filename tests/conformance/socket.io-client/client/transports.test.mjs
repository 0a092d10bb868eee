import { describe, expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const connect = clients(useHost("client", clientHeartbeat));

describe.each(transports)("the official client by %s", (name, options) => {
  test("connects, and has an id of its own", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    expect(socket.id).toMatch(/^[\w-]{20}$/);
    expect(socket.id).not.toBe(socket.io.engine.id);
  });

  test("sends auth, and gets it back", async () => {
    const auth = { token: "grüße 😀", deep: [{ a: null }] };
    expect(await event(connect("/", { ...options, auth }), "auth")).toEqual([auth]);
    expect(await event(connect("/", options), "auth")).toEqual([{}]);
  });

  test("gets back what it sends", async () => {
    const socket = connect("/", options);
    const sent = [1, "2", { 3: [true, null, 1.5, "é €  😀 \u0000 \u2028"] }, [], {}];
    socket.emit("echo", ...sent);
    expect(await event(socket, "echo")).toEqual(sent);
    socket.emit("echo");
    expect(await event(socket, "echo")).toEqual([]);
  });

  test("gets back bytes wherever they stand", async () => {
    const socket = connect("/", options);
    socket.emit("echo", Buffer.from([1, 2, 3]), { a: [Uint8Array.from([4]), "x"] }, new Uint8Array(0));
    const [first, second, third] = await event(socket, "echo");
    expect(Buffer.from(first)).toEqual(Buffer.from([1, 2, 3]));
    expect(Buffer.from(second.a[0])).toEqual(Buffer.from([4]));
    expect(second.a[1]).toBe("x");
    expect(Buffer.from(third).length).toBe(0);
  });

  test("is answered", async () => {
    const socket = connect("/", options);
    expect(await socket.emitWithAck("ack", "only the first comes back", 2)).toBe("only the first comes back");
    const all = await new Promise((resolve) => socket.emit("ack", 1, "2", Buffer.from([3]), (...args) => resolve(args)));
    expect(all.slice(0, 2)).toEqual([1, "2"]);
    expect(Buffer.from(all[2])).toEqual(Buffer.from([3]));
  });

  test("answers", async () => {
    const socket = connect("/", options);
    socket.on("question", (a, b, answer) => answer(a + b, Buffer.from([a])));
    const answer = await new Promise((resolve) => socket.emit("ask", 20, 22, (...args) => resolve(args)));
    expect(answer[0]).toBe(42);
    expect(Buffer.from(answer[1])).toEqual(Buffer.from([20]));
  });

  test("waits in vain only as long as it wants to, and so does the server", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    await expect(socket.timeout(50).emitWithAck("silence")).rejects.toThrow("operation has timed out");
    expect(await socket.emitWithAck("ask in vain")).toBe("TimedOut");
  });

  test("gets a thousand messages in order", async () => {
    const socket = connect("/", options);
    const got = [];
    const done = new Promise((resolve) => socket.on("n", (n) => got.push(n) === 1000 && resolve()));
    socket.emit("count", 1000);
    await done;
    expect(got).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  test("stays through several pings", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    let pings = 0;
    await new Promise((resolve) => socket.io.on("ping", () => ++pings === 3 && resolve()));
    expect(await socket.emitWithAck("ack", "still there")).toBe("still there");
    expect(socket.connected).toBe(true);
  });

  test("tells a room", async () => {
    const [a, b, c] = [connect("/", options), connect("/", options), connect("/", options)];
    await Promise.all([a.emitWithAck("join", name), b.emitWithAck("join", name), event(c, "connect")]);
    const toldOthers = [];
    a.on("told", () => toldOthers.push("a"));
    c.on("told", () => toldOthers.push("c"));
    const told = event(b, "told");
    await a.emitWithAck("tell", name, { text: "hi" });
    expect(await told).toEqual([{ text: "hi" }]);
    await Promise.all([a.emitWithAck("ack", 1), c.emitWithAck("ack", 1)]);
    expect(toldOthers).toEqual([]);
  });

  test("sends what is just below the bound", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    const max = socket.io.engine.maxPayload ?? 1_000_000;
    expect(await socket.emitWithAck("size", "x".repeat(max - 200))).toBe(max - 200);
    const bytes = name === "WebSocket" ? max - 200 : 700_000;
    expect(await socket.emitWithAck("bytes", Buffer.alloc(bytes))).toBe(bytes);
  });
});
