import { expect, test } from "vitest";
import { clients, event } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const connect = clients(useHost("client", clientHeartbeat));

test.each(Array.from({ length: 10 }, (_, round) => round))(
  "500 messages each way are neither lost nor doubled nor reordered by the upgrade, round %i",
  async () => {
    const socket = connect("/", { transports: ["polling", "websocket"] });
    const got = [];
    const echoed = [];
    const done = new Promise((resolve) => {
      const check = () => got.length >= 500 && echoed.length >= 500 && resolve();
      socket.on("n", (n) => (got.push(n), check()));
      socket.on("echo", (n) => (echoed.push(n), check()));
    });
    const upgraded = new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
    await event(socket, "connect");
    socket.emit("count", 500);

    // Some at a time, so that they meet every step of the upgrade.
    for (let i = 0; i < 500; i += 10) {
      for (let j = i; j < i + 10; j++) {
        socket.emit("echo", j);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }

    await Promise.all([done, upgraded]);
    const expected = Array.from({ length: 500 }, (_, i) => i);
    expect(got).toEqual(expected);
    expect(echoed).toEqual(expected);
    expect(socket.io.engine.transport.name).toBe("websocket");
    expect(await socket.emitWithAck("ack", "by WebSocket")).toBe("by WebSocket");
  },
);

test("bytes survive the upgrade, too", async () => {
  const socket = connect("/", { transports: ["polling", "websocket"] });
  const got = [];
  const done = new Promise((resolve) => socket.on("echo", (n, data) => got.push([n, ...data]) === 200 && resolve()));
  for (let i = 0; i < 200; i++) {
    socket.emit("echo", i, Buffer.from([i, 1]));
    i % 5 === 0 && (await new Promise((resolve) => setImmediate(resolve)));
  }
  await done;
  expect(got).toEqual(Array.from({ length: 200 }, (_, i) => [i, i, 1]));
});

test("a server that says goodbye in the middle of the upgrade is heard", async () => {
  for (let round = 0; round < 10; round++) {
    const socket = connect("/", { transports: ["polling", "websocket"], reconnection: false });
    const reason = event(socket, "disconnect");
    await event(socket, "connect");
    socket.emit("close");
    expect((await reason)[0]).toBe("io server disconnect");
  }
});
