import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { useProgram } from "../harness/sample.mjs";

// eng/aot.sh names the program as it was compiled ahead of time.
const host = useProgram(
  process.env.PARLEY_TYPED_CALL ??
    fileURLToPath(new URL("../../../../samples/TypedCall/bin/Debug/net10.0/TypedCall.dll", import.meta.url)),
);
const connect = clients(host);
const error = (message) => ({ error: { message } });

describe.each(transports)("a namespace that is a class, by %s", (name, transport) => {
  const arrive = async (as) => {
    const socket = connect("/call", { ...transport, auth: { name: as } });
    await event(socket, "connect");
    return socket;
  };
  const together = async () => {
    const room = `${name} ${Math.random()}`;
    const [ann, bob] = [await arrive("Ann"), await arrive("Bob")];
    expect(await ann.emitWithAck("join", room)).toEqual([]);
    const welcome = event(ann, "welcome");
    expect(await bob.emitWithAck("join", room)).toEqual([{ id: ann.id, name: "Ann" }]);
    expect(await welcome).toEqual([{ id: bob.id, name: "Bob" }]);
    return [ann, bob];
  };

  test("refuses who does not say a name", async () => {
    const socket = connect("/call", transport);
    const [refused] = await event(socket, "connect_error");
    expect(refused.message).toBe("a name, please");
  });

  test("hands on a question and its answer", async () => {
    const [ann, bob] = await together();
    bob.once("ring", (caller, answer) => answer(caller.name === "Ann" && caller.id === ann.id));
    expect(await ann.emitWithAck("ring", bob.id)).toBe(true);
    bob.once("ring", (caller, answer) => answer("perhaps"));
    expect(await ann.emitWithAck("ring", bob.id)).toBe(false);
  });

  test("relays what browsers say to each other, and says that it has", async () => {
    const [ann, bob] = await together();
    const offer = { type: "offer", sdp: "v=0\r\n" };
    const heard = event(bob, "description");
    expect(await ann.emitWithAck("description", bob.id, offer)).toBeUndefined();
    expect(await heard).toEqual([ann.id, offer]);
    const candidate = { candidate: "candidate:1", sdpMid: "0", sdpMLineIndex: null };
    ann.emit("candidate", bob.id, candidate);
    expect(await event(bob, "candidate")).toEqual([ann.id, candidate]);
  });

  test("relays nothing to a stranger, and says so", async () => {
    const [ann] = await together();
    const [, stranger] = await together();
    expect(await ann.emitWithAck("description", stranger.id, { type: "offer", sdp: "" })).toEqual(error("not in your room"));
    expect(await ann.emitWithAck("ring", "nobody")).toEqual(error("not in your room"));
    expect(await ann.emitWithAck("join", "another")).toEqual(error("not this room, or in one already"));
  });

  test("says which arguments do not fit", async () => {
    const [ann, bob] = await together();
    for (const args of [[], [null], [7], [bob.id], [bob.id, null], [bob.id, "offer"]]) {
      expect(await ann.emitWithAck("description", ...args), `${args}`).toEqual(error("Invalid arguments"));
    }
  });

  test("tells that somebody is gone, and is spoken to from outside", async () => {
    const [ann, bob] = await together();
    const left = event(ann, "left");
    const id = bob.id;
    bob.disconnect();
    expect(await left).toEqual([id]);
    const closing = event(ann, "closing");
    await fetch(`${host.url}/close`, { method: "POST" });
    expect(await closing).toEqual([]);
  });
});
