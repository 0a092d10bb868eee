import { describe, expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const host = useHost("client", clientHeartbeat);
const connect = clients(host);

/** Why the server thinks that a socket ended, as soon as it does. */
async function serverReason(id) {
  const witness = connect("/", { transports: ["websocket"] });
  for (;;) {
    const reason = await witness.emitWithAck("reason", id);
    if (reason) {
      return reason;
    }
  }
}

describe.each(transports)("ends by %s", (name, options) => {
  test("when the client disconnects", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    const { id } = socket;
    const reason = event(socket, "disconnect");
    socket.disconnect();
    expect((await reason)[0]).toBe("io client disconnect");
    expect(await serverReason(id)).toBe("client namespace disconnect");
  });

  test("when the server takes the socket out, and no attempt to come back is made", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    const { id } = socket;
    const reason = event(socket, "disconnect");
    socket.emit("leave");
    expect((await reason)[0]).toBe("io server disconnect");
    expect(await serverReason(id)).toBe("server namespace disconnect");
    expect(socket.active).toBe(false);
    socket.connect();
    await event(socket, "connect");
    expect(socket.id).not.toBe(id);
  });

  test("when the server closes the whole connection", async () => {
    const main = connect("/", options);
    const custom = main.io.socket("/custom");
    await Promise.all([event(main, "connect"), event(custom, "connect")]);
    const reasons = Promise.all([event(main, "disconnect"), event(custom, "disconnect")]);
    main.emit("close");
    expect((await reasons).map(([reason]) => reason)).toEqual(["io server disconnect", "io server disconnect"]);
  });

  test("when the connection breaks, and the client comes back by itself", async () => {
    const socket = connect("/", options);
    await event(socket, "connect");
    const { id } = socket;
    const reason = event(socket, "disconnect");
    socket.io.engine.close();
    expect((await reason)[0]).toMatch(/^(forced close|transport close)$/);
    await event(socket, "connect");
    expect(socket.id).not.toBe(id);
    expect(await serverReason(id)).toBe("transport close");
    expect(await socket.emitWithAck("ack", "back")).toBe("back");
  });

  test("when the client breaks the protocol", async () => {
    const socket = connect("/", { ...options, reconnection: false });
    await event(socket, "connect");
    const { id } = socket;
    const reason = event(socket, "disconnect");
    socket.io.engine.write("nonsense");
    expect((await reason)[0]).toMatch(/^transport (close|error)$/);
    expect(await serverReason(id)).toBe("parse error");
  });

  test("when a message is too large", async () => {
    const socket = connect("/", { ...options, reconnection: false });
    const upgraded = name === "polling with upgrade" && new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
    await event(socket, "connect");
    await upgraded;
    const { id } = socket;
    const reason = event(socket, "disconnect");
    socket.emit("size", "x".repeat(1_000_001));
    const [why, details] = await reason;
    if (name === "polling") {
      expect(why).toBe("transport error");
      expect(details.description).toBe(413);
    } else {
      expect(why).toBe("transport close");
      expect(details.context.code).toBe(1009);
      expect(await serverReason(id)).toBe("transport error");
    }
  });
});

test("when the server stands still, and the client comes back once it goes on", async () => {
  const sockets = transports.map(([, options]) => connect("/", options));
  await Promise.all(sockets.map((socket) => event(socket, "connect")));
  const reasons = Promise.all(sockets.map((socket) => event(socket, "disconnect")));
  host.process.kill("SIGSTOP");
  try {
    expect((await reasons).map(([reason]) => reason)).toEqual(["ping timeout", "ping timeout", "ping timeout"]);
  } finally {
    host.process.kill("SIGCONT");
  }
  await Promise.all(sockets.map((socket) => event(socket, "connect")));
});
