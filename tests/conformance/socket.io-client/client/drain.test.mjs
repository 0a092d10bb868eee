import { expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const host = useHost("client-recovery", clientHeartbeat);
const connect = clients(host);

test("a server that stops finishes what is under way, takes nobody new, and lets its clients go one after another", async () => {
  const sockets = Array.from({ length: 12 }, (_, i) => connect("/", { ...transports[i % 3][1], reconnection: false }));
  await Promise.all(sockets.map((socket) => event(socket, "connect")));
  const times = [];
  const reasons = Promise.all(
    sockets.map(async (socket) => {
      const [reason] = await event(socket, "disconnect");
      times.push(performance.now());
      return reason;
    }),
  );
  const worked = Promise.all(sockets.map((socket) => socket.emitWithAck("work")));
  // By the same connection, and answered although the work goes on: the server has heard of the work.
  await Promise.all(sockets.map((socket) => socket.io.socket("/quiet").emitWithAck("rooms")));

  const exited = new Promise((resolve) => host.process.once("exit", resolve));
  host.process.kill("SIGTERM");
  let refused;
  do {
    refused = await fetch(`${host.url}/socket.io/?EIO=4&transport=polling`);
  } while (refused.status === 200);
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("5");

  expect(await worked).toEqual(Array(12).fill("done"));
  expect((await reasons).every((reason) => /^transport (close|error)$/.test(reason))).toBe(true);
  expect(await exited).toBe(0);
});
