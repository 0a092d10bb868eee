import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakePeerConnection } from "../rtc/testing/fake-peer-connection.js";
import { Approach } from "./approach.js";
import { Call } from "./call.js";
import { SeatKeeper } from "./seat/seat-keeper.js";
import { CallWorld, endWorld, participant, startWorld } from "./testing/call-world.js";
import { FakeStorage } from "./testing/fake-devices.js";
import { FakeLocks } from "./testing/fake-locks.js";

let world: CallWorld;

beforeEach(() => {
  startWorld();
  world = new CallWorld();
});
afterEach(endWorld);

describe("joining", () => {
  test("tells the server who comes and what is sent, and shows who is there", async () => {
    await world.media.open({ microphone: "on", camera: false });
    await world.enter(participant("bob", { camera: true }), participant("eve"));
    expect(world.socket.sent("join")).toEqual([
      {
        protocol: 3,
        room: "Room",
        name: "Ada",
        incarnation: 1_000_000,
        media: { microphone: true, camera: false, screen: false },
      },
    ]);
    expect(world.state).toMatchObject({ phase: { kind: "joined" }, local: { id: "me", name: "Ada" } });
    expect(world.state.remotes).toMatchObject([
      { id: "bob", name: "bob's name", media: { camera: true }, path: "connecting", camera: null, audio: [] },
      { id: "eve", media: { camera: false } },
    ]);
  });

  test("does not wait for devices, and tells of them once they are open", async () => {
    world.devices.hesitant = true;
    void world.media.open({ microphone: "on", camera: true });
    await world.enter();
    expect(world.state.phase.kind).toBe("joined");
    expect(world.socket.sent("media")).toEqual([]);
    world.devices.asks[0]?.grant();
    await world.idle();
    expect(world.socket.sent("media").at(-1)).toEqual({ microphone: true, camera: true, screen: false });
  });

  test("tells what changed while the server was answering", async () => {
    world.call.join();
    world.socket.accept();
    await world.call.setCamera(true);
    expect(world.socket.sent("media")).toEqual([]);
    world.admit("me");
    await world.idle();
    expect(world.socket.sent("media")).toEqual([{ microphone: false, camera: true, screen: false }]);
  });

  test.each(["room-full", "server-full", "invalid", "already-joined"])(
    "that is refused as %s says so, and hangs up",
    async (reason) => {
      world.call.join();
      world.socket.accept();
      world.socket.answer("join", { status: "refused", protocol: 3, reason, message: "no" });
      await world.idle();
      expect(world.state.phase).toEqual({ kind: "refused", reason });
      expect(world.socket.connected).toBe(false);
    },
  );

  test("a server that is older than the page is told from one that is newer", async () => {
    world.call.join();
    world.socket.accept();
    world.socket.answer("join", { status: "refused", protocol: 1, reason: "protocol-unsupported", message: "no" });
    await world.idle();
    expect(world.state.phase).toEqual({ kind: "refused", reason: "server-outdated" });
  });

  test("asks again when the server does not answer, after giving back a seat it may have given", async () => {
    world.call.join();
    world.socket.accept();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(world.socket.sent("leave")).toHaveLength(1);
    expect(world.socket.sent("join")).toHaveLength(2);
    world.admit("me");
    await world.idle();
    expect(world.state.phase.kind).toBe("joined");
  });

  test("can be tried again after a refusal", async () => {
    world.call.join();
    world.socket.accept();
    world.socket.answer("join", { status: "refused", protocol: 3, reason: "room-full", message: "no" });
    await world.idle();
    await world.enter(participant("bob"));
    expect(world.state.phase.kind).toBe("joined");
    expect(world.state.remotes).toHaveLength(1);
  });

  test("without a server in sight is told after a while, not before", async () => {
    world.call.join();
    await vi.advanceTimersByTimeAsync(11_999);
    expect(world.state.phase).toEqual({ kind: "joining" });
    await vi.advanceTimersByTimeAsync(1);
    expect(world.state.phase).toEqual({ kind: "refused", reason: "server-unreachable" });
  });

  test("with a server that is slow goes on waiting, but not forever", async () => {
    world.call.join();
    world.socket.accept();
    await vi.advanceTimersByTimeAsync(23_999);
    expect(world.state.phase).toEqual({ kind: "joining" });
    await vi.advanceTimersByTimeAsync(1);
    expect(world.state.phase).toEqual({ kind: "refused", reason: "server-unreachable" });
  });

  test("at an address that is none is refused, not thrown", () => {
    const call = new Call({ server: "not a URL", room: "r", name: "Ada", media: world.media });
    call.join();
    expect(call.state.phase).toEqual({ kind: "refused", reason: "server-unreachable" });
  });

  test("knows who records for as long as they are in the room", async () => {
    await world.enter(participant("bob"));
    const bob = { id: "bob", incarnation: 1, name: "Bob" };
    world.call.exchange.handleMessage({ v: 1, type: "recording", on: true }, bob);
    expect(world.call.recordings.state.others).toMatchObject([{ id: "bob" }]);
    world.socket.deliver("left", { id: "bob", reason: "left" });
    await world.idle();
    expect(world.call.recordings.state.others).toEqual([]);
  });

  test("reads what overtakes the admission after it", async () => {
    world.call.join();
    world.socket.accept();
    const { incarnation } = world;
    world.admit("me", participant("bob"));
    // In the same moment, as out of one polling response: the admission has been delivered but not read yet.
    world.socket.deliver("media", { id: "bob", media: { microphone: true, camera: false, screen: false } });
    world.socket.deliver("welcome", { participant: participant("eve", {}, incarnation) });
    await world.idle();
    expect(world.remote("bob").media.microphone).toBe(true);
    expect(world.state.remotes.map(({ id }) => id)).toEqual(["bob", "eve"]);
  });
});

describe("joining from a lobby that has found the server already", () => {
  beforeEach(() => (world = new CallWorld(undefined, { early: true })));

  test("costs no more than one question", async () => {
    world.socket.accept();
    expect(world.socket.requests).toEqual([]);
    world.call.join();
    expect(world.socket.sent("join")).toHaveLength(1);
    world.admit("me", participant("bob"));
    await world.idle();
    expect(world.state.phase.kind).toBe("joined");
    world.socket.deliver("media", { id: "bob", media: { microphone: true, camera: false, screen: false } });
    expect(world.remote("bob").media.microphone).toBe(true);
  });

  test("waits for a server that was not found yet, as ever", async () => {
    world.socket.refuse();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.state.phase.kind).toBe("joining");
    world.call.join();
    await vi.advanceTimersByTimeAsync(11_999);
    expect(world.state.phase.kind).toBe("joining");
    await vi.advanceTimersByTimeAsync(1);
    expect(world.state.phase).toEqual({ kind: "refused", reason: "server-unreachable" });
    expect(world.socket.active).toBe(false);
  });

  test("takes the connection that came back in between", () => {
    world.socket.accept();
    world.socket.drop();
    world.call.join();
    expect(world.socket.sent("join")).toEqual([]);
    world.socket.accept();
    expect(world.socket.sent("join")).toHaveLength(1);
  });

  test("that is left again lets go of the server", () => {
    world.socket.accept();
    world.approach?.close();
    expect(world.socket.connected).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("knows no server at an address that is none", () => {
    expect(new Approach("not a URL").take()).toBeNull();
  });
});

describe("a seat that another page takes", () => {
  test("ends the call here, for good: connections and devices are let go of", async () => {
    await world.media.open({ microphone: "on", camera: true });
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    world.socket.deliver("displaced", {});
    world.socket.drop(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.state).toMatchObject({ phase: { kind: "displaced" }, remotes: [] });
    expect(world.connections.map(({ connectionState }) => connectionState)).toEqual(["closed"]);
    expect(world.devices.live).toEqual([]);
    expect(world.socket.active).toBe(false);
    expect(world.socket.sent("leave")).toEqual([]);
    world.call.join();
    world.call.leave();
    expect(world.state.phase.kind).toBe("displaced");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is taken back when the person wants it, as another page load", async () => {
    const seat = new SeatKeeper({ server: "https://meet.test", room: "Room" });
    world = new CallWorld(undefined, { seat });
    await world.media.open({ microphone: "on", camera: true });
    await world.enter();
    world.socket.deliver("displaced", {});
    world.call.join();
    world.call.rest(() => {});
    expect(seat.on).toEqual({ microphone: "on", camera: true });
    const next = new CallWorld(world.storage, { seat });
    await next.enter();
    expect(next.socket.sent("join")).toMatchObject([{ seat: "token of me", incarnation: world.incarnation + 1 }]);
    expect(next.state).toMatchObject({ phase: { kind: "joined" }, notices: [] });
  });
});

describe("leaving the page", () => {
  const load = (storage: FakeStorage, locks: FakeLocks) =>
    new SeatKeeper({ server: "https://meet.test", room: "Room", storage, locks: locks.asLocks() });

  test("is being away for a moment, where the next page can return", async () => {
    const [storage, locks] = [new FakeStorage(), new FakeLocks()];
    world = new CallWorld(storage, { seat: load(storage, locks) });
    await world.media.open({ microphone: "on", camera: true });
    await world.call.setMicrophone(false);
    await world.enter();
    expect(world.call.rest(() => {})).toBe(true);
    expect(world.socket.farewells).toBe(1);
    expect(world.socket.sent("leave")).toEqual([]);

    const seat = load(storage, locks);
    expect(await seat.reclaim()).toMatchObject({ id: "me", name: "Ada", on: { microphone: "muted", camera: true } });
    const next = new CallWorld(storage, { seat });
    await next.enter();
    expect(next.socket.sent("join")).toMatchObject([{ seat: "token of me", incarnation: world.incarnation + 1 }]);
    next.call.leave();
    expect(storage.getItem("parley.seat https://meet.test room")).toBeNull();
    world.call.suspend();
    expect(world.socket.sent("leave")).toEqual([]);
  });

  test("before the devices were open again forgets nothing: who was muted stays muted", async () => {
    const [storage, locks] = [new FakeStorage(), new FakeLocks()];
    world = new CallWorld(storage, { seat: load(storage, locks) });
    await world.media.open({ microphone: "muted", camera: true });
    await world.enter();
    world.call.rest(() => {});

    const seat = load(storage, locks);
    const kept = await seat.reclaim();
    const next = new CallWorld(storage, { seat });
    next.devices.hesitant = true;
    if (kept) void next.media.open(kept.on);
    next.call.join();
    await next.idle();
    expect(next.call.rest(() => {})).toBe(true);
    expect(await load(storage, locks).reclaim()).toMatchObject({ on: { microphone: "muted", camera: true } });
    next.call.suspend();
  });

  test("is leaving, where it cannot", async () => {
    await world.enter();
    expect(world.call.rest(() => {})).toBe(false);
    expect(world.socket.sent("leave")).toHaveLength(1);
    expect(world.state.phase.kind).toBe("left");
    expect(world.call.rest(() => {})).toBe(false);
  });

  test("and returning too late, as somebody new, is told", async () => {
    const [storage, locks] = [new FakeStorage(), new FakeLocks()];
    world = new CallWorld(storage, { seat: load(storage, locks) });
    await world.enter();
    world.call.rest(() => {});
    const seat = load(storage, locks);
    await seat.reclaim();
    const next = new CallWorld(storage, { seat });
    next.call.join();
    next.socket.accept();
    next.admit("another");
    await next.idle();
    expect(next.state).toMatchObject({ local: { id: "another" }, notices: [{ seat: "renewed" }] });
    next.call.leave();
  });
});

describe("a page that was asleep, or whose network came back", () => {
  beforeEach(async () => {
    world = new CallWorld(undefined, { awake: true });
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
  });

  test("asks the server at once, and replaces a connection that does not answer", async () => {
    world.tell("online");
    expect(world.socket.sent("iceServers")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(world.socket.reconnects).toBe(1);
    expect(world.state.phase.kind).toBe("reconnecting");
  });

  test("keeps a connection that answers, and takes the ICE servers from it", async () => {
    world.tell("online");
    world.socket.answer("iceServers", {
      ok: true,
      iceServers: { servers: [{ urls: "turn:x.test" }], expiresAt: null },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.socket.reconnects).toBe(0);
    world.socket.deliver("welcome", { participant: participant("eve") });
    expect(world.connections[1]?.configuration.iceServers).toEqual([{ urls: ["turn:x.test"] }]);
  });

  test("does not wait for the next attempt to connect", () => {
    world.socket.drop();
    world.tell("online");
    expect(world.socket.reconnects).toBe(1);
  });

  test("restores what is down at once", async () => {
    const [connection] = world.connections;
    await answered(connection);
    connection?.become("connected");
    connection?.become("disconnected");
    world.tell("online");
    world.socket.answer("iceServers", { ok: true, iceServers: { servers: [], expiresAt: null } });
    await world.idle();
    expect(connection?.restarts).toBe(1);
  });

  test("looks for other paths while what stands seems to stand: the old network may be gone", async () => {
    const [connection] = world.connections;
    await answered(connection);
    connection?.become("connected");
    world.tell("online");
    world.socket.answer("iceServers", { ok: true, iceServers: { servers: [], expiresAt: null } });
    await world.idle();
    expect(connection?.restarts).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection?.restarts).toBe(1);
  });

  test("is looked after no longer than the call lasts", () => {
    world.call.leave();
    expect(vi.getTimerCount()).toBe(0);
  });
});

/** The other end's answer to the first offer. */
async function answered(connection: FakePeerConnection | undefined): Promise<void> {
  const far = new FakePeerConnection();
  await far.setRemoteDescription({ type: "offer", sdp: connection?.localDescription?.sdp ?? "" });
  await far.setLocalDescription();
  const [{ connection: name } = { connection: "" }] = world.socket.sent("offer") as { connection: string }[];
  world.signal("answer", "bob", { connection: name, sdp: far.localDescription?.sdp, sources: {} });
  await world.idle();
}

describe("leaving", () => {
  test("says so, closes every connection, releases the devices, and is final", async () => {
    await world.media.open({ microphone: "on", camera: true });
    await world.call.startScreenShare();
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    world.call.leave();
    expect(world.socket.sent("leave")).toHaveLength(1);
    expect(world.socket.connected).toBe(false);
    expect(world.connections.map(({ connectionState }) => connectionState)).toEqual(["closed"]);
    expect(world.devices.live).toEqual([]);
    expect(world.meters).toBe(0);
    expect(world.state).toMatchObject({ phase: { kind: "left" }, remotes: [], local: { camera: null, screen: null } });
    world.call.join();
    expect(world.state.phase.kind).toBe("left");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("before the server answered: the answer changes nothing any more", async () => {
    world.call.join();
    world.socket.accept();
    const states = vi.fn();
    world.call.leave();
    world.call.subscribe(states);
    await world.idle();
    expect(world.state.phase.kind).toBe("left");
    expect(states).not.toHaveBeenCalled();
    expect(world.connections).toEqual([]);
  });

  test("while the browser asks for a camera: it is released when it comes", async () => {
    world.devices.hesitant = true;
    await world.enter();
    void world.call.setCamera(true);
    await world.idle();
    world.call.leave();
    world.devices.asks[0]?.grant();
    await world.idle();
    expect(world.devices.tracks).toHaveLength(1);
    expect(world.devices.live).toEqual([]);
  });
});

describe("losing the server", () => {
  test("is said, and touches no media", async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    world.socket.drop();
    expect(world.state.phase.kind).toBe("reconnecting");
    expect(world.state.remotes).toHaveLength(1);
    expect(world.connections[0]?.connectionState).not.toBe("closed");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.state.phase.kind).toBe("reconnecting");
  });

  test("joins again with the token, as the same page load, and keeps its connections", async () => {
    await world.enter(participant("bob"));
    world.signal("offer", "bob", { connection: "c", number: 1, sdp: "nonsense", sources: {} });
    world.socket.drop();
    world.socket.accept();
    world.admit("me", participant("bob"));
    await world.idle();
    expect(world.socket.sent("join")).toMatchObject([
      { incarnation: 1_000_000 },
      { incarnation: 1_000_000, seat: "token of me" },
    ]);
    expect((world.socket.sent("join")[0] as object | undefined) ?? {}).not.toHaveProperty("seat");
    expect(world.state).toMatchObject({ phase: { kind: "joined" }, local: { id: "me" }, notices: [] });
    expect(world.connections.map(({ connectionState }) => connectionState)).toEqual(["new"]);
  });

  test("and the seat with it: everything begins anew, and the person is told", async () => {
    await world.enter(participant("bob"));
    world.signal("offer", "bob", { connection: "c", number: 1, sdp: "nonsense", sources: {} });
    world.socket.drop();
    world.socket.accept();
    world.admit("another", participant("bob"));
    await world.idle();
    expect(world.state).toMatchObject({ local: { id: "another" }, notices: [{ seat: "renewed" }] });
    expect(world.connections.map(({ connectionState }) => connectionState)).toEqual(["closed"]);
    world.call.dismissNotice(world.state.notices[0]?.id ?? -1);
    expect(world.state.notices).toEqual([]);
  });

  test("for longer than the seat is held says so, and goes on trying", async () => {
    await world.enter();
    world.socket.drop();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(world.state.phase).toEqual({ kind: "reconnecting", overdue: null });
    await vi.advanceTimersByTimeAsync(1);
    expect(world.state.phase).toEqual({ kind: "reconnecting", overdue: 30_000 });
    world.socket.accept();
    world.admit("me");
    await world.idle();
    expect(world.state.phase).toEqual({ kind: "joined" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("in the middle of joining: the lost answer does not start a second attempt", async () => {
    world.call.join();
    world.socket.accept();
    world.socket.drop();
    await world.idle();
    world.socket.accept();
    world.admit("me");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(world.state.phase.kind).toBe("joined");
    expect(world.socket.sent("join")).toHaveLength(2);
    expect(world.socket.sent("leave")).toEqual([]);
  });

  test("a server that does not answer in time is asked again on another connection, for the same seat", async () => {
    await world.enter();
    world.socket.drop();
    world.socket.accept();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(world.socket.reconnects).toBe(1);
    world.socket.accept();
    world.admit("me");
    await world.idle();
    expect(world.socket.sent("leave")).toEqual([]);
    expect(world.socket.sent("join")).toHaveLength(3);
    expect(world.state.phase.kind).toBe("joined");
  });

  test("and finding the room full on return says so", async () => {
    await world.enter(participant("bob"));
    world.socket.drop();
    world.socket.accept();
    world.socket.answer("join", { status: "refused", protocol: 3, reason: "room-full", message: "no" });
    await world.idle();
    expect(world.state).toMatchObject({ phase: { kind: "refused", reason: "room-full" }, remotes: [] });
  });
});

describe("what the person sends", () => {
  beforeEach(async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
  });

  const sent = (mid: number) => world.connections[0]?.getTransceivers()[mid]?.sender.track ?? null;

  test("is told to the others and sent to them: microphone, camera, screen", async () => {
    await world.call.setMicrophone(true);
    await world.call.setCamera(true);
    await world.call.startScreenShare();
    expect(world.socket.sent("media")).toEqual([
      { microphone: true, camera: false, screen: false },
      { microphone: true, camera: true, screen: false },
      { microphone: true, camera: true, screen: true },
    ]);
    expect([sent(0), sent(1), sent(2), sent(3)].map((track) => track?.kind)).toEqual([
      "audio",
      "video",
      "video",
      "audio",
    ]);
  });

  test("stays on the connection while muted, and leaves it when the camera is off", async () => {
    await world.media.open({ microphone: "on", camera: true });
    await world.call.setMicrophone(false);
    await world.call.setCamera(false);
    expect(sent(0)?.enabled).toBe(false);
    expect(sent(1)).toBeNull();
    expect(world.socket.sent("media").at(-1)).toEqual({ microphone: false, camera: false, screen: false });
  });

  test("ends from the browser's own bar too", async () => {
    await world.call.startScreenShare();
    world.devices.newest("video").end();
    expect(world.state.local).toMatchObject({ screen: null, media: { screen: false } });
    expect(world.socket.sent("media").at(-1)).toMatchObject({ screen: false });
    expect(sent(2)).toBeNull();
  });

  test("follows the device that is chosen", async () => {
    await world.media.open({ microphone: "on", camera: true });
    const before = sent(1);
    await world.call.switchCamera("other");
    await world.call.switchMicrophone("headset");
    expect(sent(1)).not.toBe(before);
    expect(sent(1)?.getSettings().deviceId).toBe("other");
    expect(sent(0)?.getSettings().deviceId).toBe("headset");
  });

  test("reaches also who comes later", async () => {
    await world.call.setCamera(true);
    world.socket.deliver("welcome", { participant: participant("eve") });
    expect(world.connections[1]?.getTransceivers()[1]?.sender.track?.kind).toBe("video");
  });
});

describe("notices", () => {
  test("say what went wrong with a device, once, until dismissed", async () => {
    await world.enter();
    world.devices.videoError = "NotReadableError";
    await world.call.setCamera(true);
    await world.call.setCamera(true);
    expect(world.state.notices).toMatchObject([{ device: "camera", problem: "busy" }]);
    expect(world.state.local.media.camera).toBe(false);
    world.call.dismissNotice(world.state.notices[0]?.id ?? -1);
    expect(world.state.notices).toEqual([]);
  });

  test("go away by themselves when the device works", async () => {
    world.devices.videoError = "NotAllowedError";
    await world.call.setCamera(true);
    world.devices.videoError = null;
    await world.call.setCamera(true);
    expect(world.state.notices).toEqual([]);
  });

  test("stay when another device was chosen in vain, though the first one goes on", async () => {
    await world.call.setCamera(true);
    world.devices.videoError = "NotAllowedError";
    await world.call.switchCamera("other");
    expect(world.state.notices).toMatchObject([{ device: "camera", problem: "denied" }]);
    expect(world.state.local.media.camera).toBe(true);
  });
});

describe("who speaks", () => {
  test("is seen in the person's own tile, and not while muted", async () => {
    await world.media.open({ microphone: "on", camera: false });
    await world.enter();
    world.ownLevel = 0.2;
    await vi.advanceTimersByTimeAsync(1_000);
    // The way into a call comes first.
    expect(world.meters).toBe(0);
    await vi.advanceTimersByTimeAsync(240);
    expect(world.meters).toBe(1);
    expect(world.state.local.speaking).toBe(true);
    await world.call.setMicrophone(false);
    expect(world.state.local.speaking).toBe(false);
    expect(world.meters).toBe(0);
  });

  test("is not listened for while nobody could", async () => {
    await world.enter(participant("bob"));
    expect(vi.getTimerCount()).toBe(0);
    world.socket.deliver("media", { id: "bob", media: { microphone: true, camera: false, screen: false } });
    expect(vi.getTimerCount()).toBe(1);
    world.socket.deliver("left", { id: "bob", reason: "left" });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a snapshot", () => {
  test("keeps what did not change, and nobody is told of nothing", async () => {
    await world.enter(participant("bob"), participant("eve"));
    const before = world.state;
    const listener = vi.fn();
    const end = world.call.subscribe(listener);
    world.socket.deliver("media", { id: "eve", media: { microphone: true, camera: false, screen: false } });
    expect(listener).toHaveBeenCalledOnce();
    expect(world.state.remotes[0]).toBe(before.remotes[0]);
    expect(world.state.remotes[1]).not.toBe(before.remotes[1]);
    expect(world.state.local).toBe(before.local);
    expect(before.remotes[1]?.media.microphone).toBe(false);
    world.socket.deliver("left", { id: "nobody", reason: "left" });
    expect(listener).toHaveBeenCalledOnce();
    end();
    await world.call.setCamera(true);
    expect(listener).toHaveBeenCalledOnce();
  });
});

test("the next page load of a tab has a larger incarnation, also when the clock was set back", async () => {
  await world.enter();
  vi.setSystemTime(5);
  const next = new CallWorld(world.storage);
  await next.enter();
  expect(next.incarnation).toBe(world.incarnation + 1);
});
