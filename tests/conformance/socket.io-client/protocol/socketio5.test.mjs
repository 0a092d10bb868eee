import { describe, expect, test } from "vitest";
import { useHost } from "../harness/host.mjs";
import { next, sleep, SocketWire } from "../harness/wire.mjs";
import { engineTests } from "./engine.mjs";

describe("Socket.IO 5", () => {
  const wire = new SocketWire(useHost("socketio5"), "/socket.io/");
  engineTests(wire);

  const object = (packet, prefix) => {
    expect(packet.slice(0, prefix.length)).toBe(prefix);
    return JSON.parse(packet.slice(prefix.length));
  };

  describe("connecting", () => {
    test.each([
      ["the main namespace", "40", "40", "42", {}],
      ["the main namespace with auth", '40{"token":"123"}', "40", "42", { token: "123" }],
      ["a namespace", "40/custom,", "40/custom,", "42/custom,", {}],
      ["a namespace without its comma", "40/custom", "40/custom,", "42/custom,", {}],
      ["a namespace with auth", '40/custom,{"token":"abc"}', "40/custom,", "42/custom,", { token: "abc" }],
    ])("to %s", async (_, packet, answer, event, auth) => {
      const { socket, sid } = await wire.openSocket();
      socket.send(packet);
      const connected = object(await socket.read(), answer);
      expect(connected).toEqual({ sid: expect.stringMatching(/^[\w-]{20}$/) });
      expect(connected.sid).not.toBe(sid);
      expect(object(await socket.read(), event)).toEqual(["auth", auth]);
      socket.close();
    });

    // A machine that lends the client no time for as long as the host pauses brings both at once.
    test.each(["40", "40/custom,"])("with %s brings the greeting apart from the answer", { retry: 3 }, async (packet) => {
      const { socket } = await wire.openSocket();
      socket.send(packet);
      await next(socket, "message");
      const greeting = await Promise.race([next(socket, "message"), sleep(300)]);
      expect(greeting?.toString()).toContain('["auth",{}]');
      socket.close();
    });

    test("by polling brings answer and greeting in one payload or two", async () => {
      const sid = await wire.open();
      expect((await wire.push(sid, "40")).status).toBe(200);
      let text = "";
      while (!text.includes("42[")) {
        text += "\x1e" + (await (await wire.poll(sid)).text());
      }
      const [, answer, greeting] = text.split("\x1e");
      object(answer, "40");
      expect(greeting).toBe('42["auth",{}]');
    });

    test("to a namespace that does not exist is refused, and to others still possible", async () => {
      const { socket } = await wire.openSocket();
      socket.send("40/random");
      expect(await socket.read()).toBe('44/random,{"message":"Invalid namespace"}');
      socket.send("40");
      object(await socket.read(), "40");
      socket.close();
    });

    test.each(["4abc", "42[]", '42["hi"]', "40[]", '40"abc"', "41"])("begins with nothing else: %s", async (packet) => {
      const { socket } = await wire.openSocket();
      socket.send(packet);
      await socket.closed;
    });

    test("must happen in time", async () => {
      const { socket } = await wire.openSocket();
      socket.on("message", (data) => String(data) === "2" && socket.send("3"));
      const begun = performance.now();
      await socket.closed;
      expect(performance.now() - begun).toBeGreaterThan(900);
    });
  });

  describe("leaving", () => {
    test("the main namespace leaves the connection alive", async () => {
      const socket = await wire.openSettledSocket();
      socket.send("41");
      expect(await socket.read()).toBe("2");
      socket.close();
    });

    test("a namespace leaves the others alive", async () => {
      const socket = await wire.openSettledSocket();
      socket.send("40/custom");
      await socket.read();
      await socket.read();
      socket.send("41/custom");
      socket.send('42["message","message to main namespace"]');
      expect(await socket.read()).toBe('42["message-back","message to main namespace"]');
      socket.close();
    });
  });

  describe("events", () => {
    const rows = [
      ["without arguments", '42["message"]', '42["message-back"]'],
      ["with arguments", '42["message",1,"2",{"3":[true]}]', '42["message-back",1,"2",{"3":[true]}]'],
      ["with an acknowledgement", '42456["message-with-ack",1,"2",{"3":[false]}]', '43456[1,"2",{"3":[false]}]'],
    ];
    test.each(rows)("%s", async (_, sent, received) => {
      const socket = await wire.openSettledSocket();
      socket.send(sent);
      expect(await socket.read()).toBe(received);
      socket.close();
    });

    const placeholder = (num) => `{"_placeholder":true,"num":${num}}`;
    test("with attachments", async () => {
      const socket = await wire.openSettledSocket();
      socket.send(`452-["message",${placeholder(0)},${placeholder(1)}]`);
      socket.send(Uint8Array.from([1, 2, 3]));
      socket.send(Uint8Array.from([4, 5, 6]));
      expect(await socket.read()).toBe(`452-["message-back",${placeholder(0)},${placeholder(1)}]`);
      expect(await socket.read()).toEqual(Uint8Array.from([1, 2, 3]));
      expect(await socket.read()).toEqual(Uint8Array.from([4, 5, 6]));
      socket.close();
    });

    test("with attachments and an acknowledgement", async () => {
      const socket = await wire.openSettledSocket();
      socket.send(`452-789["message-with-ack",${placeholder(0)},${placeholder(1)}]`);
      socket.send(Uint8Array.from([1, 2, 3]));
      socket.send(Uint8Array.from([4, 5, 6]));
      expect(await socket.read()).toBe(`462-789[${placeholder(0)},${placeholder(1)}]`);
      expect(await socket.read()).toEqual(Uint8Array.from([1, 2, 3]));
      expect(await socket.read()).toEqual(Uint8Array.from([4, 5, 6]));
      socket.close();
    });

    test("with attachments by polling", async () => {
      const sid = await wire.openSettled();
      await wire.push(sid, `451-["message",${placeholder(0)}]\x1ebAQID`);
      let text = "";
      while (!text.includes("message-back")) {
        text = await (await wire.poll(sid)).text();
      }
      expect(text).toContain(`451-["message-back",${placeholder(0)}]\x1ebAQID`);
    });

    test.each([
      "4abc",
      "4",
      "47",
      "42",
      "42{}",
      "42[]",
      "42[{}]",
      '42["connect"]',
      '42abc["message-with-ack",1]',
      '44{"message":"x"}',
      "44",
      "40",
      '42/other,["message"]',
      "41/other",
      '45["message"]',
      '4511-["message"]',
      `451-["message",${placeholder(1)}]`,
      '451-["message"]',
    ])("that break the protocol close the connection: %s", async (packet) => {
      const socket = await wire.openSettledSocket();
      socket.send(packet);
      if (packet === '451-["message"]') {
        socket.send('42["message"]');
      }
      await socket.closed;
    });

    test("that are binary without an announcement close the connection", async () => {
      const socket = await wire.openSettledSocket();
      socket.send(Uint8Array.from([1]));
      await socket.closed;
    });
  });
});
