import { describe, expect, test } from "vitest";
import { useHost } from "../harness/host.mjs";
import { next, sleep, Wire } from "../harness/wire.mjs";
import { engineTests } from "./engine.mjs";

describe("Engine.IO 4", () => {
  const wire = new Wire(useHost("engineio4"), "/engine.io/");
  engineTests(wire);

  describe("messages by polling", () => {
    test.each(["4hello", "4test1\x1e4test2\x1e4test3", "4hello\x1ebAQIDBA==", "bAQIDBA==", "4", "4€\x1e4😀"])(
      "come back as they went: %j",
      async (payload) => {
        const sid = await wire.open();
        const push = await wire.push(sid, payload);
        expect([push.status, await push.text()]).toEqual([200, "ok"]);
        const poll = await wire.poll(sid);
        expect([poll.status, await poll.text()]).toEqual([200, payload]);
      },
    );

    test("that are none end the session", async () => {
      const sid = await wire.open();
      const status = await wire.push(sid, "abc").then(
        (push) => push.status,
        () => 400,
      );
      expect(status).toBe(400);
      expect((await wire.poll(sid)).status).toBe(400);
    });

    test("cannot be polled for twice at a time", async () => {
      const sid = await wire.open();
      // They travel on two connections: which of them comes first is the network's to say.
      const polls = await Promise.all([wire.poll(sid), wire.poll(sid)]);
      const [first, second] = polls.sort((a, b) => a.status - b.status);
      expect(first.status).toBe(200);
      expect(await first.text()).toBe("1");
      expect(second.status).toBe(400);
      expect((await wire.poll(sid)).status).toBe(400);
    });

    test("cannot be polled for again after a poll was given up", async () => {
      const sid = await wire.open();
      const controller = new AbortController();
      const poll = wire.poll(sid, { signal: controller.signal }).catch((error) => error.name);
      // Nothing tells from outside that the poll has arrived; given up before, it would never have been one.
      await sleep(100);
      controller.abort();
      expect(await poll).toBe("AbortError");
      expect((await wire.poll(sid)).status).toBe(400);
    });
  });

  describe("messages by WebSocket", () => {
    test("come back as they went", async () => {
      const { socket } = await wire.openSocket();
      socket.send("4hello");
      expect(await socket.read()).toBe("4hello");
      socket.send(new Uint8Array([1, 2, 3, 4]));
      expect(await socket.read()).toEqual(new Uint8Array([1, 2, 3, 4]));
      socket.close();
    });

    test("that are none end the session", async () => {
      const { socket } = await wire.openSocket();
      socket.send("abc");
      await socket.closed;
    });
  });

  test("a second WebSocket does not disturb the messages of the first", async () => {
    const sid = await wire.open();
    const socket = wire.socket(`?EIO=4&transport=websocket&sid=${sid}`);
    await next(socket, "open");
    socket.send("2probe");
    expect(await socket.read()).toBe("3probe");
    socket.send("5");
    await wire.socket(`?EIO=4&transport=websocket&sid=${sid}`).closed;
    socket.send("4hello");
    expect(await socket.read()).toBe("4hello");
    socket.close();
  });
});
