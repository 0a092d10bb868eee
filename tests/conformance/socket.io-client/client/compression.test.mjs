import { Fetch, NodeWebSocket } from "engine.io-client";
import { describe, expect, test } from "vitest";
import { clients, event } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const host = useHost("client-compression", clientHeartbeat);
const connect = clients(host);

const text = "a text with little in it, and that again and again; ".repeat(400);

describe("permessage-deflate", () => {
  test.each([[{ threshold: 0 }], [{ threshold: 1024 }], [{ threshold: 0, serverMaxWindowBits: 10, clientMaxWindowBits: 9 }]])(
    "with %j",
    async (perMessageDeflate) => {
      const socket = connect("/", { transports: ["websocket"], perMessageDeflate });
      await event(socket, "auth");
      const { ws } = socket.io.engine.transport;
      expect(ws.extensions).toContain("permessage-deflate");
      const compressed = [];
      ws._receiver.on("message", (data) => data.length > 10_000 && compressed.push(ws._receiver._compressed));

      for (const sent of [["short"], [text], [Buffer.alloc(50_000, 7), text, { deep: [Buffer.from(text)] }]]) {
        socket.emit("echo", ...sent);
        const got = await event(socket, "echo");
        expect(got.length).toBe(sent.length);
        expect(got[0].toString()).toBe(sent[0].toString());
        expect(got.at(-1).deep?.[0].toString() ?? text).toBe(text);
      }
      expect(compressed).toEqual([true, true, true, true]);

      compressed.length = 0;
      socket.emit("uncompressed", text);
      expect(await event(socket, "echo")).toEqual([text]);
      expect(compressed).toEqual([false]);
    },
  );

  test("is not used with a client that does not offer it", async () => {
    const socket = connect("/", { transports: ["websocket"], perMessageDeflate: false });
    await event(socket, "connect");
    expect(socket.io.engine.transport.ws.extensions).toBe("");
    socket.emit("echo", text);
    expect(await event(socket, "echo")).toEqual([text]);
  });

  test("ends the connection when what is sent is inflated to too much", async () => {
    const socket = connect("/", { transports: ["websocket"], perMessageDeflate: { threshold: 0 }, reconnection: false });
    await event(socket, "connect");
    const reason = event(socket, "disconnect");
    socket.emit("size", "x".repeat(1_000_001));
    const [why, details] = await reason;
    expect(why).toBe("transport close");
    expect(details.context.code).toBe(1009);
  });
});

describe("compressed polling", () => {
  test("by a client that inflates", async () => {
    const socket = connect("/", { transports: [Fetch] });
    await event(socket, "connect");
    socket.emit("echo", text, Buffer.from(text));
    const [got, bytes] = await event(socket, "echo");
    expect(got).toBe(text);
    expect(bytes.toString()).toBe(text);
  });

  test("and the upgrade from it to a compressed WebSocket", async () => {
    const socket = connect("/", { transports: [Fetch, NodeWebSocket], perMessageDeflate: { threshold: 0 } });
    await event(socket, "connect");
    if (socket.io.engine.transport.name === "polling") {
      await new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
    }
    expect(socket.io.engine.transport.ws.extensions).toContain("permessage-deflate");
    socket.emit("echo", text);
    expect(await event(socket, "echo")).toEqual([text]);
  });

  test("says so, and only if it was asked to", async () => {
    for (const [accepted, expected] of [
      ["gzip", "gzip"],
      ["deflate", "deflate"],
      ["identity", null],
    ]) {
      const query = `${host.url}/socket.io/?EIO=4&transport=polling`;
      const { sid } = JSON.parse((await (await fetch(query)).text()).slice(1));
      await fetch(`${query}&sid=${sid}`, { method: "POST", body: `40\u001e42["echo",${JSON.stringify(text)}]` });
      let response, body;
      do {
        response = await fetch(`${query}&sid=${sid}`, { headers: { "accept-encoding": accepted } });
        body = await response.text();
      } while (!body.includes(text));
      expect(response.headers.get("content-encoding")).toBe(expected);
      expect(response.headers.get("vary")).toBe("Accept-Encoding");
    }
  });
});
