import { describe, expect, test } from "vitest";
import { heartbeat, useHost } from "../harness/host.mjs";
import { next, sleep, Wire } from "../harness/wire.mjs";

const { pingInterval, pingTimeout } = heartbeat;
const polling = "?EIO=3&transport=polling";

/** Bare requests of protocol version 3, whose payloads tell their lengths. */
class Wire3 extends Wire {
  async open(query = "&b64=1") {
    const text = await (await this.request(polling + query)).text();
    return JSON.parse(text.slice(text.indexOf(":") + 2)).sid;
  }

  poll(sid, init) {
    return this.request(`${polling}&sid=${sid}`, init);
  }

  socket(query = "?EIO=3&transport=websocket") {
    return super.socket(query);
  }

  async probe(sid, query = "") {
    const socket = this.socket(`?EIO=3&transport=websocket&sid=${sid}${query}`);
    await next(socket, "open");
    socket.send("2probe");
    expect(await socket.read()).toBe("3probe");
    return socket;
  }
}

describe("Engine.IO 3", () => {
  const wire = new Wire3(useHost("engineio3"), "/engine.io/");
  const shape = { sid: expect.stringMatching(/^[\w-]{20}$/), pingInterval, pingTimeout, maxPayload: 1_000_000 };

  describe("opening", () => {
    test("by polling makes a session", async () => {
      const response = await wire.request(polling);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/plain; charset=UTF-8");
      const [, length, packet] = /^(\d+):(.*)$/.exec(await response.text());
      expect(packet.length).toBe(Number(length));
      expect(packet[0]).toBe("0");
      expect(JSON.parse(packet.slice(1))).toEqual({ ...shape, upgrades: ["websocket"] });
    });

    test("by WebSocket makes a session", async () => {
      const socket = wire.socket();
      const packet = await socket.read();
      expect(packet[0]).toBe("0");
      expect(JSON.parse(packet.slice(1))).toEqual({ ...shape, upgrades: [] });
      socket.close();
    });

    // A machine that lends the client no time for as long as the host pauses brings both at once.
    test("by WebSocket tells of the session apart from the opening", { retry: 3 }, async () => {
      const socket = wire.socket();
      await next(socket, "open");
      const packet = await Promise.race([next(socket, "message"), sleep(pingInterval)]);
      expect(packet?.toString()[0]).toBe("0");
      socket.close();
    });

    test.each(["?EIO=3", "?EIO=3&transport=abc", "?EIO=2&transport=polling", "?EIO=3&transport=polling&j=0"])(
      "is refused: %s",
      async (query) => {
        expect((await wire.request(query)).status).toBe(400);
      },
    );

    test("needs GET", async () => {
      expect((await wire.request(polling, { method: "POST" })).status).toBe(400);
    });

    test.each(["?transport=websocket", "?EIO=abc&transport=websocket", "?EIO=3", "?EIO=3&transport=abc"])(
      "by WebSocket is refused: %s",
      async (query) => {
        await wire.socket(query).closed;
      },
    );

    test("in version 4 is possible, too", async () => {
      const text = await (await wire.request("?EIO=4&transport=polling")).text();
      expect(JSON.parse(text.slice(1)).sid).toMatch(/^[\w-]{20}$/);
    });
  });

  describe("messages by polling", () => {
    test.each(["6:4hello", "6:4test16:4test26:4test3", "6:4hello10:b4AQIDBA==", "10:b4AQIDBA==", "1:4", "2:4€5:4😀😀"])(
      "come back as they went: %s",
      async (payload) => {
        const sid = await wire.open();
        const push = await wire.push(sid, payload);
        expect([push.status, await push.text()]).toEqual([200, "ok"]);
        const poll = await wire.poll(sid);
        expect([poll.status, await poll.text()]).toEqual([200, payload]);
      },
    );

    test("come back as octets when one is binary and the client takes it", async () => {
      const sid = await wire.open("");
      const payload = Uint8Array.from([0, 6, 255, 52, 104, 101, 108, 108, 111, 1, 5, 255, 4, 1, 2, 3, 4]);
      await wire.push(sid, "6:4hello10:b4AQIDBA==");
      const first = await wire.poll(sid);
      expect(first.headers.get("content-type")).toBe("application/octet-stream");
      expect(new Uint8Array(await first.arrayBuffer())).toEqual(payload);

      const headers = { "content-type": "application/octet-stream" };
      expect((await wire.poll(sid, { method: "POST", body: payload, headers })).status).toBe(200);
      expect(new Uint8Array(await (await wire.poll(sid)).arrayBuffer())).toEqual(payload);

      await wire.push(sid, "2:4a");
      expect(await (await wire.poll(sid)).text()).toBe("2:4a");
    });

    const broken = ["abc", "4hello", "6:4hell", "3:4😀😀", "5:4a", ":4", "-1:4", "10:b4AQ!DBA=="];
    test.each(broken)("that are none end the session: %s", async (payload) => {
      const sid = await wire.open();
      expect((await wire.push(sid, payload)).status).toBe(400);
      expect((await wire.poll(sid)).status).toBe(400);
    });
  });

  describe("messages by WebSocket", () => {
    test("come back as they went", async () => {
      const socket = wire.socket();
      await socket.read();
      socket.send("4hello");
      expect(await socket.read()).toBe("4hello");
      socket.send(Uint8Array.from([4, 1, 2, 3, 4]));
      expect(await socket.read()).toEqual(Uint8Array.from([4, 1, 2, 3, 4]));
      socket.send("b4AQIDBA==");
      expect(await socket.read()).toEqual(Uint8Array.from([4, 1, 2, 3, 4]));
      socket.close();
    });

    test("come back in base64 when the client asked for it", async () => {
      const socket = wire.socket("?EIO=3&transport=websocket&b64=1");
      await socket.read();
      socket.send(Uint8Array.from([4, 1, 2, 3, 4]));
      expect(await socket.read()).toBe("b4AQIDBA==");
      socket.close();
    });

    const broken = ["abc", "", "b", "b4!", "b2", "3", Uint8Array.from([2]), new Uint8Array(0)];
    test.each(broken)("that are none end the session: %j", async (message) => {
      const socket = wire.socket();
      await socket.read();
      socket.send(message);
      expect(await socket.closed).toBe(1008);
    });
  });

  describe("the heartbeat", () => {
    test("is answered by polling", async () => {
      const sid = await wire.open();
      for (let i = 0; i < 3; i++) {
        expect((await wire.push(sid, "1:2")).status).toBe(200);
        expect(await (await wire.poll(sid)).text()).toBe("1:3");
      }
    });

    test("ends a polling session exactly when its time is over", async () => {
      const sid = await wire.open();
      await sleep(pingInterval + pingTimeout);
      expect((await wire.push(sid, "1:2")).status).toBe(400);
    });

    test("is answered by WebSocket", async () => {
      const socket = wire.socket();
      await socket.read();
      for (let i = 0; i < 3; i++) {
        socket.send("2");
        expect(await socket.read()).toBe("3");
      }
      socket.close();
    });

    test("ends a WebSocket session that does not ping", async () => {
      const socket = wire.socket();
      await socket.read();
      await socket.closed;
    });
  });

  describe("closing", () => {
    test("by polling answers the waiting poll with a noop", async () => {
      const sid = await wire.open();
      const [poll] = await Promise.all([wire.poll(sid), wire.push(sid, "1:1")]);
      expect([poll.status, await poll.text()]).toEqual([200, "1:6"]);
      expect((await wire.poll(sid)).status).toBe(400);
    });

    test("by WebSocket closes it", async () => {
      const socket = wire.socket();
      await socket.read();
      socket.send("1");
      await socket.closed;
    });
  });

  describe("upgrading", () => {
    test("lets the poll go with a noop, and leads to a session by WebSocket", async () => {
      const sid = await wire.open();
      const socket = await wire.probe(sid);
      expect(await (await wire.poll(sid)).text()).toBe("1:6");
      socket.send("5");
      socket.send("4hello");
      expect(await socket.read()).toBe("4hello");
      socket.send("2");
      expect(await socket.read()).toBe("3");
      socket.close();
    });

    test("asks for base64 anew", async () => {
      const answers = { "": Uint8Array.from([4, 1]), "&b64=1": "b4AQ==" };
      for (const [query, expected] of Object.entries(answers)) {
        const socket = await wire.probe(await wire.open(), query);
        socket.send("5");
        socket.send(Uint8Array.from([4, 1]));
        expect(await socket.read()).toEqual(expected);
        socket.close();
      }
    });

    test("ends polling, and the way for further WebSockets", async () => {
      const sid = await wire.open();
      const socket = await wire.probe(sid);
      socket.send("5");
      expect((await wire.poll(sid)).status).toBe(400);
      await wire.socket(`?EIO=3&transport=websocket&sid=${sid}`).closed;
      socket.send("4hello");
      expect(await socket.read()).toBe("4hello");
      socket.close();
    });
  });
});
