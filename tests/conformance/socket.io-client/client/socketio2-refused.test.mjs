import io2 from "socket.io-client-2";
import { expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { useHost } from "../harness/host.mjs";

// This host does not allow version 3 of Engine.IO, as is the default.
const connect = clients(useHost("socketio5"), io2);

test.each(transports)("without the option a client of Socket.IO 2 is refused by %s", async (_, options) => {
  const socket = connect("/", { ...options, reconnection: false });
  await event(socket, "connect_error");
  expect(socket.connected).toBe(false);
});
