import { describe, expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const connect = clients(useHost("client-recovery", clientHeartbeat));

/** Resolves when the server knows that a socket has ended. */
async function ended(witness, id) {
  while (!(await witness.emitWithAck("reason", id))) {
    // Asked again: nothing tells of it.
  }
}

/** Two clients that are connected: one that will break and comes back when it is told to, and one that sees. */
async function arrive(namespace, options) {
  const socket = connect(namespace, { ...options, reconnection: false });
  const witness = connect(namespace, { transports: ["websocket"] });
  await Promise.all([event(socket, "connect"), event(witness, "connect")]);
  const heard = [];
  socket.on("told", (what) => heard.push(what));
  return { socket, witness, heard, id: socket.id };
}

/** The connection breaks, on both ends. */
async function lose({ socket, witness, id }) {
  const gone = event(socket, "disconnect");
  const { transport } = socket.io.engine;
  transport.ws ? transport.ws.terminate() : socket.io.engine.close();
  await gone;
  await ended(witness, id);
}

async function comeBack(socket) {
  socket.connect();
  await event(socket, "connect");
}

describe.each(transports)("a client whose connection breaks, by %s,", (name, options) => {
  test("is the same socket when it comes back, and gets all that it missed, once", async () => {
    const { socket, witness, heard, id } = await arrive("/", options);
    await socket.emitWithAck("join", `room of ${name}`);
    await witness.emitWithAck("tell", id, "before");
    await expect.poll(() => heard).toEqual(["before"]);
    const questions = [];
    socket.on("question", (n) => questions.push(n));

    await lose({ socket, witness, id });
    await witness.emitWithAck("tell", `room of ${name}`, "in the room");
    await witness.emitWithAck("tell", "another room", "elsewhere");
    await witness.emitWithAck("tell at once or never", "volatile");
    await witness.emitWithAck("tell", id, "to itself");
    await witness.emitWithAck("tell all", { to: ["all", 1] });
    expect(await witness.emitWithAck("ask all")).toBe(0);

    await comeBack(socket);
    expect(socket.recovered).toBe(true);
    expect(socket.id).toBe(id);
    expect(heard).toEqual(["before", "in the room", "to itself", { to: ["all", 1] }]);
    expect(await socket.emitWithAck("recovered")).toBe(true);
    expect(await socket.emitWithAck("rooms")).toEqual([`room of ${name}`]);

    await witness.emitWithAck("tell", `room of ${name}`, "after");
    await expect.poll(() => heard.at(-1)).toBe("after");
    expect(heard.length).toBe(5);
    expect(questions).toEqual([]);
  });

  test("may come back any number of times", async () => {
    const { socket, witness, heard, id } = await arrive("/", options);
    for (let i = 0; i < 5; i++) {
      await witness.emitWithAck("tell", id, `${i} before`);
      // What the client reads in the very moment of the break, it keeps without its offset, and would hear twice from any server.
      await expect.poll(() => heard.at(-1)).toBe(`${i} before`);
      await lose({ socket, witness, id });
      await witness.emitWithAck("tell", id, `${i} away`);
      await comeBack(socket);
      expect(socket.recovered).toBe(true);
    }
    expect(heard).toEqual([0, 1, 2, 3, 4].flatMap((i) => [`${i} before`, `${i} away`]));
  });

  test("need not have heard anything before", async () => {
    const { socket, witness, heard, id } = await arrive("/quiet", options);
    await lose({ socket, witness, id });
    await witness.emitWithAck("tell", id, "the first of all");
    await comeBack(socket);
    expect(socket.recovered).toBe(true);
    expect(heard).toEqual(["the first of all"]);
  });

  test("may have been told something volatile, or nothing but a name", async () => {
    const { socket, witness, heard, id } = await arrive("/", options);
    do {
      // Over polling it reaches the client only while a poll is open.
      await witness.emitWithAck("tell at once or never", "a text that is no offset");
    } while (heard.length === 0);
    heard.length = 0;
    await lose({ socket, witness, id });
    heard.length = 0;
    await witness.emitWithAck("tell", id, "missed");
    await comeBack(socket);
    expect(socket.recovered).toBe(true);
    expect(heard).toEqual(["missed"]);
  });

  test("is somebody new if it left", async () => {
    const { socket, witness, heard, id } = await arrive("/", options);
    socket.disconnect();
    await ended(witness, id);
    await witness.emitWithAck("tell all", "missed for good");
    await comeBack(socket);
    expect(socket.recovered).toBe(false);
    expect(socket.id).not.toBe(id);
    expect(heard).toEqual([]);
  });
});

test("a client comes back although its old connection still seems to live", async () => {
  const { socket, witness, heard, id } = await arrive("/", { transports: ["websocket"] });
  for (let i = 0; i < 3; i++) {
    const { engine } = socket.io;
    engine.close = () => {};
    const gone = event(socket, "disconnect");
    socket.io.onclose("transport close");
    await gone;
    const closed = new Promise((resolve) => engine.once("close", resolve));
    await witness.emitWithAck("tell", id, i);
    await comeBack(socket);
    await closed;
    expect(socket.recovered).toBe(true);
    expect(socket.id).toBe(id);
  }
  await witness.emitWithAck("tell", id, "last");
  await expect.poll(() => heard).toEqual([0, 1, 2, "last"]);
});
