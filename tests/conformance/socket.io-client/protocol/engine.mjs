import { describe, expect, test } from "vitest";
import { heartbeat } from "../harness/host.mjs";
import { next, sleep } from "../harness/wire.mjs";

const { pingInterval, pingTimeout } = heartbeat;

/** What both suites ask of Engine.IO: opening, heartbeat, closing, upgrading. */
export function engineTests(wire) {
  const shape = {
    sid: expect.stringMatching(/^[\w-]{20}$/),
    pingInterval,
    pingTimeout,
    maxPayload: 1_000_000,
  };

  describe("opening by polling", () => {
    test("makes a session", async () => {
      const response = await wire.request("?EIO=4&transport=polling");
      expect(response.status).toBe(200);
      const body = await response.text();
      expect(body[0]).toBe("0");
      expect(JSON.parse(body.slice(1))).toEqual({ ...shape, upgrades: ["websocket"] });
    });

    test.each(["?transport=polling", "?EIO=abc&transport=polling", "?EIO=3&transport=polling"])(
      "needs the protocol's version: %s",
      async (query) => {
        expect((await wire.request(query)).status).toBe(400);
      },
    );

    test.each(["?EIO=4", "?EIO=4&transport=abc", "?EIO=4&transport=constructor", "?EIO=4&transport=__proto__"])(
      "needs a known transport: %s",
      async (query) => {
        expect((await wire.request(query)).status).toBe(400);
      },
    );

    test.each(["POST", "PUT", "DELETE"])("needs GET, not %s", async (method) => {
      expect((await wire.request("?EIO=4&transport=polling", { method })).status).toBe(400);
    });
  });

  describe("opening by WebSocket", () => {
    test("makes a session", async () => {
      const socket = wire.socket();
      const packet = await socket.read();
      expect(packet[0]).toBe("0");
      expect(JSON.parse(packet.slice(1))).toEqual({ ...shape, upgrades: [] });
      socket.close();
    });

    test.each(["?transport=websocket", "?EIO=abc&transport=websocket", "?EIO=4", "?EIO=4&transport=abc"])(
      "is refused: %s",
      async (query) => {
        await wire.socket(query).closed;
      },
    );
  });

  describe.concurrent("the heartbeat", () => {
    test("goes on by polling as long as it is answered", async () => {
      const sid = await wire.openSettled();
      for (let i = 0; i < 3; i++) {
        const poll = await wire.poll(sid);
        expect(poll.status).toBe(200);
        expect(await poll.text()).toBe("2");
        expect((await wire.push(sid, "3")).status).toBe(200);
      }
    });

    test("ends a polling session exactly when its time is over", async () => {
      const sid = await wire.openSettled();
      await sleep(pingInterval + pingTimeout);
      expect((await wire.poll(sid)).status).toBe(400);
    });

    test("goes on by WebSocket as long as it is answered", async () => {
      const socket = await wire.openSettledSocket();
      for (let i = 0; i < 3; i++) {
        expect(await socket.read()).toBe("2");
        socket.send("3");
      }
      socket.close();
    });

    test("ends a WebSocket session that does not answer", async () => {
      const socket = await wire.openSettledSocket();
      await socket.closed;
    });
  });

  describe("closing", () => {
    test("by polling answers the waiting poll with a noop", async () => {
      const sid = await wire.open();
      const [poll] = await Promise.all([wire.poll(sid), wire.push(sid, "1")]);
      expect(poll.status).toBe(200);
      expect(await poll.text()).toBe("6");
      expect((await wire.poll(sid)).status).toBe(400);
    });

    test("by WebSocket closes it", async () => {
      const { socket } = await wire.openSocket();
      socket.send("1");
      await socket.closed;
    });
  });

  describe("upgrading", () => {
    async function upgrade() {
      const sid = await wire.openSettled();
      const socket = wire.socket(`?EIO=4&transport=websocket&sid=${sid}`);
      await next(socket, "open");
      socket.send("2probe");
      expect(await socket.read()).toBe("3probe");
      socket.send("5");
      return { sid, socket };
    }

    test("leads to a session by WebSocket", async () => {
      const { socket } = await upgrade();
      expect(await socket.read()).toBe("2");
      socket.close();
    });

    test("ends polling", async () => {
      const { sid, socket } = await upgrade();
      expect((await wire.poll(sid)).status).toBe(400);
      socket.close();
    });

    test("ends the way for further WebSockets, and touches not the first", async () => {
      const { sid, socket } = await upgrade();
      await wire.socket(`?EIO=4&transport=websocket&sid=${sid}`).closed;
      expect(await socket.read()).toBe("2");
      socket.close();
    });
  });
}
