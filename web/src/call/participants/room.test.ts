import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeTrack } from "../../rtc/testing/fake-media.js";
import { FakePeerConnection } from "../../rtc/testing/fake-peer-connection.js";
import { CallWorld, endWorld, participant, startWorld } from "../testing/call-world.js";

let world: CallWorld;

beforeEach(() => {
  startWorld();
  world = new CallWorld();
});
afterEach(endWorld);

/** The other end of one of our connections, as its own browser would hold it. */
class Peer {
  readonly connection = new FakePeerConnection();
  readonly id: string;
  readonly incarnation: number;

  constructor(id: string, incarnation = 1) {
    this.id = id;
    this.incarnation = incarnation;
  }

  /** Answers the newest offer that was sent to it. */
  async answer(): Promise<void> {
    const offer = offersTo(this.id).at(-1);
    if (!offer) throw new Error(`${this.id} got no offer`);
    await this.connection.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    for (const transceiver of this.connection.getTransceivers()) transceiver.direction = "sendrecv";
    await this.connection.setLocalDescription();
    this.#send("answer", offer.sources);
    await world.idle();
  }

  /** Makes the first offer, as those do who are already there. */
  async offer(): Promise<void> {
    if (!this.connection.channel) {
      this.connection.addTransceiver("audio");
      this.connection.addTransceiver("video");
      this.connection.createDataChannel("parley");
    }
    await this.connection.setLocalDescription();
    this.#send("offer", { 0: "microphone", 1: "camera" });
    await world.idle();
  }

  #send(event: "offer" | "answer", sources: Record<string, string>): void {
    world.signal(event, this.id, { sdp: this.connection.localDescription?.sdp, sources }, this.incarnation);
  }
}

interface SentDescription {
  readonly to: string;
  readonly incarnations: { readonly from: number; readonly to: number };
  readonly sdp: string;
  readonly sources: Record<string, string>;
}

const offersTo = (id: string) => (world.socket.sent("offer") as SentDescription[]).filter(({ to }) => to === id);
const answersTo = (id: string) => (world.socket.sent("answer") as SentDescription[]).filter(({ to }) => to === id);

describe("a newcomer", () => {
  test("is offered to by those who are there, and shows what it sends", async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob", { camera: true }, 7) });
    await world.idle();
    expect(offersTo("bob")).toMatchObject([
      { incarnations: { from: world.incarnation, to: 7 }, sources: { 0: "microphone", 1: "camera" } },
    ]);
    expect(world.socket.sent("candidate")).toMatchObject([{ to: "bob", incarnations: { to: 7 } }]);
    await new Peer("bob", 7).answer();
    expect(world.remote("bob").camera?.getVideoTracks()).toHaveLength(1);
    expect(world.remote("bob").audio).toHaveLength(1);
    expect(world.connections[0]?.configuration.iceServers).toEqual([{ urls: ["stun:meet.test"] }]);
  });

  test("waits for the offers of those who are there, and answers", async () => {
    await world.call.setCamera(true);
    await world.enter(participant("bob"));
    expect(world.connections).toEqual([]);
    await new Peer("bob").offer();
    expect(answersTo("bob")).toMatchObject([{ sources: { 0: "microphone", 1: "camera" } }]);
    expect(world.connections[0]?.getTransceivers()[1]?.sender.track?.kind).toBe("video");
    expect(world.remote("bob").camera).not.toBeNull();
  });

  test("that comes back with a new page load gets a new connection, and the old one is closed", async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob", {}, 7) });
    await world.idle();
    world.socket.deliver("welcome", { participant: participant("bob", {}, 8) });
    await world.idle();
    expect(world.connections.map(({ connectionState }) => connectionState)).toEqual(["closed", "new"]);
    expect(offersTo("bob").map(({ incarnations }) => incarnations.to)).toEqual([7, 8]);
    expect(world.state.remotes).toHaveLength(1);
  });

  test("that is welcomed again as the same page load keeps its connection", async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    world.socket.deliver("welcome", { participant: participant("bob", { microphone: true }) });
    await world.idle();
    expect(world.connections).toHaveLength(1);
    expect(world.remote("bob").media.microphone).toBe(true);
  });
});

describe("what is dropped", () => {
  beforeEach(() => world.enter(participant("bob", {}, 7)));

  test.each([
    ["a stranger", "eve", 7, 0],
    ["an older page load of its sender", "bob", 6, 0],
    ["a page load of its sender that is not known yet", "bob", 8, 0],
    ["an older page load of this end", "bob", 7, -1],
  ])("is an offer from %s", async (_what, from, fromIncarnation, offset) => {
    world.socket.deliver("offer", {
      from,
      incarnations: { from: fromIncarnation, to: world.incarnation + offset },
      sdp: "v=0",
      sources: {},
    });
    await world.idle();
    expect(world.connections).toEqual([]);
    expect(world.state.remotes).toHaveLength(1);
  });

  test("is news about a stranger", () => {
    const before = world.state;
    world.socket.deliver("media", { id: "eve", media: { microphone: true, camera: true, screen: true } });
    world.socket.deliver("left", { id: "eve", reason: "gone" });
    expect(world.state).toBe(before);
  });
});

describe("a participant that leaves", () => {
  test("is gone at once, also in the middle of a negotiation", async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    const bob = new Peer("bob");
    const answering = bob.answer();
    world.socket.deliver("left", { id: "bob", reason: "gone" });
    await answering;
    expect(world.state.remotes).toEqual([]);
    expect(world.connections[0]?.connectionState).toBe("closed");
    expect(console.warn).not.toHaveBeenCalled();
  });

  test("without our hearing of it is gone when the server says that it does not know it", async () => {
    await world.enter();
    world.socket.respond = () => ({ ok: false, error: { code: "unknown-participant", message: "gone" } });
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    expect(world.state.remotes).toEqual([]);
    expect(world.connections[0]?.connectionState).toBe("closed");
  });

  test("is not confused with itself come back", async () => {
    await world.enter();
    world.socket.respond = () => undefined;
    world.socket.deliver("welcome", { participant: participant("bob", {}, 7) });
    await world.idle();
    world.socket.deliver("welcome", { participant: participant("bob", {}, 8) });
    world.socket.answer("offer", { ok: false, error: { code: "unknown-participant", message: "gone" } });
    await world.idle();
    expect(world.state.remotes).toHaveLength(1);
  });
});

test("a refused message is logged when it is a bug, and only then", async () => {
  await world.enter();
  world.socket.respond = () => ({ ok: false, error: { code: "stale", message: "old" } });
  world.socket.deliver("welcome", { participant: participant("bob") });
  await world.idle();
  expect(console.warn).not.toHaveBeenCalled();
  world.socket.respond = () => ({ ok: false, error: { code: "invalid", message: "sdp" } });
  world.socket.deliver("welcome", { participant: participant("eve") });
  await world.idle();
  expect(console.warn).toHaveBeenCalled();
});

test("the way media takes is seen: connecting, connected, interrupted, failed", async () => {
  await world.enter();
  world.socket.deliver("welcome", { participant: participant("bob") });
  await world.idle();
  const [connection] = world.connections;
  const path = () => world.remote("bob").path;
  expect(path()).toBe("connecting");
  connection?.become("connected");
  expect(path()).toBe("connected");
  connection?.become("failed");
  expect(path()).toBe("interrupted");
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await vi.advanceTimersByTimeAsync(4_000);
    if (world.socket.pending.some(({ event }) => event === "iceServers")) {
      world.socket.answer("iceServers", {
        ok: true,
        iceServers: { servers: [{ urls: "turn:x.test" }], expiresAt: null },
      });
      await world.idle();
    }
  }
  expect(path()).toBe("failed");
  expect(connection?.restarts).toBeGreaterThan(0);
  expect(connection?.configuration.iceServers).toEqual([{ urls: ["turn:x.test"] }]);
});

test("who speaks is seen while their microphone is on", async () => {
  await world.enter();
  world.socket.deliver("welcome", { participant: participant("bob", { microphone: true }) });
  await world.idle();
  await new Peer("bob").answer();
  const receiver = world.connections[0]?.getTransceivers()[0]?.receiver;
  if (!receiver) throw new Error("no microphone arrived");
  receiver.audioLevel = 0.3;
  await vi.advanceTimersByTimeAsync(120);
  expect(world.remote("bob").speaking).toBe(true);
  world.socket.deliver("media", { id: "bob", media: { microphone: false, camera: false, screen: false } });
  expect(world.remote("bob").speaking).toBe(false);
});

test("cameras share the uplink", async () => {
  await world.enter();
  const limits = () =>
    world.connections
      .filter(({ connectionState }) => connectionState !== "closed")
      .map((connection) => connection.getTransceivers()[1]?.sender.maxBitrate);
  world.socket.deliver("welcome", { participant: participant("p0") });
  expect(limits()).toEqual([1_200_000]);
  for (let others = 1; others < 5; others += 1) {
    world.socket.deliver("welcome", { participant: participant(`p${String(others)}`) });
  }
  await world.idle();
  expect(limits()).toEqual(Array.from({ length: 5 }, () => 800_000));
  world.socket.deliver("left", { id: "p4", reason: "left" });
  await world.idle();
  expect(limits()).toEqual(Array.from({ length: 4 }, () => 1_000_000));
});

test("a screen with sound arrives as a second audio, and goes with the screen", async () => {
  await world.enter();
  world.socket.deliver("welcome", { participant: participant("bob") });
  await world.idle();
  const bob = new Peer("bob");
  await bob.answer();
  const [video, audio] = [new FakeTrack("video"), new FakeTrack("audio")].map((track) =>
    bob.connection.addTransceiver(track.asTrack(), { direction: "sendonly" }),
  );
  await bob.connection.setLocalDescription();
  const sources = { 0: "microphone", 1: "camera", [video?.mid ?? ""]: "screen", [audio?.mid ?? ""]: "screen-audio" };
  world.signal("offer", "bob", { sdp: bob.connection.localDescription?.sdp, sources });
  await world.idle();
  expect(world.remote("bob").screen?.getVideoTracks()).toHaveLength(1);
  expect(world.remote("bob").audio).toHaveLength(2);
});
