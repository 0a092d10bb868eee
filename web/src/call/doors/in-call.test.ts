import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SeatKeeper } from "../seat/seat-keeper.js";
import { CallWorld, endWorld, participant, silent, startWorld } from "../testing/call-world.js";

let world: CallWorld;

beforeEach(() => {
  startWorld();
  world = new CallWorld();
});
afterEach(endWorld);

function refuse(reason: string): void {
  world.socket.answer("join", { status: "refused", protocol: 3, reason, message: "no" });
}

/** What `join` or `door` say to who is let in. */
function admitted(its: object = {}): object {
  return {
    status: "admitted",
    protocol: 3,
    room: "room",
    self: { ...participant("me"), name: "Ada", incarnation: world.incarnation, media: silent },
    seat: "a token",
    grace: 30_000,
    participants: [participant("bob")],
    capacity: 8,
    iceServers: { servers: [], expiresAt: null },
    ...its,
  };
}

async function wait(): Promise<void> {
  world.call.join();
  world.socket.accept();
  world.socket.answer("join", { status: "waiting", protocol: 3, room: "room", name: "Ada" });
  await world.idle();
}

describe("who waits", () => {
  test("is told so, for as long as it takes, and enters when let in", async () => {
    await wait();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(world.state.phase).toEqual({ kind: "waiting" });
    world.socket.deliver("door", admitted());
    await world.idle();
    expect(world.state).toMatchObject({ phase: { kind: "joined" }, remotes: [{ id: "bob" }] });
  });

  test("enters also when the door opens in the very moment that the answer arrives", async () => {
    world.call.join();
    world.socket.accept();
    world.socket.answer("join", { status: "waiting", protocol: 3, room: "room", name: "Ada" });
    world.socket.deliver("door", admitted());
    world.socket.deliver("hand", { id: "bob", hand: 1 });
    await world.idle();
    expect(world.state).toMatchObject({ phase: { kind: "joined" }, remotes: [{ id: "bob", hand: 1 }] });
  });

  test("is told no, hangs up, and may ask again", async () => {
    await wait();
    world.socket.deliver("door", { status: "refused", protocol: 3, reason: "denied", message: "no" });
    await world.idle();
    expect(world.state.phase).toEqual({ kind: "refused", reason: "denied" });
    expect(world.socket.active).toBe(false);
    world.call.join();
    expect(world.state.phase.kind).toBe("joining");
  });

  test("waits anew after the connection was lost, and a door that opens late is another one", async () => {
    await wait();
    world.socket.drop();
    await world.idle();
    world.socket.deliver("door", admitted());
    world.socket.accept();
    await world.idle();
    expect(world.socket.sent("join")).toHaveLength(2);
    expect(world.state.phase.kind).not.toBe("joined");
  });

  test("goes when the person has had enough", async () => {
    await wait();
    world.call.leave();
    expect(world.socket.sent("leave")).toHaveLength(1);
    expect(world.state.phase.kind).toBe("left");
  });
});

describe("a passcode", () => {
  test("is asked for, sent as it is meant, and sent again when the seat is lost", async () => {
    world.call.join();
    world.socket.accept();
    refuse("passcode-required");
    await world.idle();
    expect(world.state.phase).toEqual({ kind: "refused", reason: "passcode-required" });
    world.call.join(" sesame ");
    world.socket.accept();
    refuse("passcode-wrong");
    await world.idle();
    expect(world.state.phase).toEqual({ kind: "refused", reason: "passcode-wrong" });
    await world.enter();
    expect(world.socket.sent("join")).toMatchObject([{}, { passcode: "sesame" }, { passcode: "sesame" }]);
    expect(world.socket.sent("join")[0]).not.toHaveProperty("passcode");
  });
});

describe("in the room", () => {
  test("roles and hands are state, one's own and those of others", async () => {
    await world.enter(participant("bob"));
    world.socket.deliver("role", { id: "me", role: "host" });
    world.socket.deliver("hand", { id: "me", hand: 2 });
    world.socket.deliver("hand", { id: "bob", hand: 1 });
    expect(world.state.local).toMatchObject({ role: "host", hand: 2 });
    expect(world.remote("bob")).toMatchObject({ role: "participant", hand: 1 });
    world.socket.deliver("hand", { id: "bob", hand: "up" });
    expect(world.remote("bob").hand).toBeNull();
  });

  test("the newest token is the one to come back with", async () => {
    const seat = new SeatKeeper({ server: "https://meet.test", room: "Room" });
    world = new CallWorld(undefined, { seat });
    await world.enter();
    world.socket.deliver("seat", { seat: "another token" });
    await world.comeBack();
    expect(world.socket.sent("join")).toMatchObject([{}, { seat: "another token" }]);
  });

  test("a name that a join token gave is the one to come back with", async () => {
    world.call.join();
    world.socket.accept();
    world.socket.answer(
      "join",
      admitted({ self: { ...participant("me"), name: "Countess", incarnation: world.incarnation } }),
    );
    await world.idle();
    expect(world.state.local.name).toBe("Countess");
    await world.comeBack();
    world.socket.deliver("removed", { reason: "restored" });
    const names = world.socket.sent("join").map((request) => (request as { name: string }).name);
    // Who comes back without a word of the token is called as the server says then.
    expect(names).toEqual(["Ada", "Countess", "Ada"]);
  });

  test("who was removed is gone at once, whatever still arrives from there", async () => {
    await world.enter(participant("bob"));
    world.socket.deliver("left", { id: "bob", reason: "removed" });
    expect(world.state.remotes).toEqual([]);
  });
});

describe("the end that a host wants", () => {
  test.each(["removed", "ended"] as const)("(%s) is one for good: nothing is left of the call", async (reason) => {
    await world.media.open({ microphone: "on", camera: true });
    await world.enter(participant("bob"));
    world.socket.deliver(reason, { reason: "removed" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.state).toMatchObject({ phase: { kind: "over", reason }, remotes: [] });
    expect(world.devices.live).toEqual([]);
    expect(world.socket.active).toBe(false);
    world.call.join();
    expect(world.state.phase.kind).toBe("over");
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(["removed", "ended"] as const)("(%s) counts also in the very moment of entering", async (reason) => {
    world.call.join();
    world.socket.accept();
    world.socket.answer("join", admitted());
    world.socket.deliver(reason, { reason: "removed" });
    await world.idle();
    expect(world.state.phase).toEqual({ kind: "over", reason });
  });

  test("is none where a room has come back from before a restart: one asks again, with the token", async () => {
    await world.enter(participant("bob"));
    world.socket.deliver("removed", { reason: "restored" });
    expect(world.state).toMatchObject({ phase: { kind: "joining" }, remotes: [] });
    world.socket.answer("join", { status: "waiting", protocol: 3, room: "room", name: "Ada" });
    await world.idle();
    expect(world.socket.sent("join")[1]).toMatchObject({ seat: "token of me" });
    expect(world.state.phase.kind).toBe("waiting");
  });
});
