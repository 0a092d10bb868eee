import io2 from "socket.io-client-2";
import { describe, expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { useHost } from "../harness/host.mjs";

const host = useHost("client", { pingInterval: 500, pingTimeout: 1500 });
const connect = clients(host, io2);
const connectNewest = clients(host);

/** Pings no more, and does not give up by itself, which it would at the same moment as the server. */
function silence(engine) {
  engine.off("heartbeat");
  clearTimeout(engine.pingIntervalTimer);
  clearTimeout(engine.pingTimeoutTimer);
}

describe.each(transports)("the heartbeat of Socket.IO 2 by %s", (_, options) => {
  test("is the client's, and goes on for longer than the server would wait", async () => {
    const socket = connect("/", { ...options, reconnection: false });
    await event(socket, "connect");
    let pongs = 0;
    await new Promise((resolve) => socket.on("pong", () => ++pongs === 5 && resolve()));
    expect(await new Promise((resolve) => socket.emit("ack", "still there", resolve))).toBe("still there");
  });

  test("ends the session of a client that pings no more", async () => {
    const socket = connect("/", { ...options, reconnection: false });
    await event(socket, "connect");
    const { id } = socket;
    silence(socket.io.engine);
    await event(socket, "disconnect");
    const witness = connectNewest("/", { transports: ["websocket"] });
    expect(await witness.emitWithAck("reason", id)).toBe("ping timeout");
  });
});

test("a client of Socket.IO 2 notices when the server stands still, and comes back once it goes on", async () => {
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
