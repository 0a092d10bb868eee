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
  /** Of its own first offer, or of the one it answered. */
  connectionId: string;
  #offers = 0;

  constructor(id: string, incarnation = 1) {
    this.id = id;
    this.incarnation = incarnation;
    this.connectionId = `first-of-${id}`;
  }

  /** Answers the newest offer that was sent to it. */
  async answer(): Promise<void> {
    const offer = offersTo(this.id).at(-1);
    if (!offer) throw new Error(`${this.id} got no offer`);
    await this.connection.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    for (const transceiver of this.connection.getTransceivers()) transceiver.direction = "sendrecv";
    await this.connection.setLocalDescription();
    this.connectionId = offer.connection;
    this.#send("answer", offer.number, offer.sources);
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
    this.#offers += 1;
    this.#send("offer", this.#offers, { 0: "microphone", 1: "camera" });
    await world.idle();
  }

  #send(event: "offer" | "answer", number: number, sources: Record<string, string>): void {
    const sdp = this.connection.localDescription?.sdp;
    world.signal(event, this.id, { connection: this.connectionId, number, sdp, sources }, this.incarnation);
  }
}

interface SentDescription {
  readonly to: string;
  readonly incarnations: { readonly from: number; readonly to: number };
  readonly connection: string;
  readonly number: number;
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
      connection: "c",
      number: 1,
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

/** Bob, welcomed and connected. */
async function connectedBob(id = "bob"): Promise<{ bob: Peer; connection: FakePeerConnection }> {
  await world.enter();
  world.socket.deliver("welcome", { participant: participant(id) });
  await world.idle();
  const bob = new Peer(id);
  await bob.answer();
  const connection = world.connections[0];
  if (!connection) throw new Error("no connection was made");
  connection.become("connected");
  return { bob, connection };
}

const closed = () => world.connections.map(({ connectionState }) => connectionState === "closed");

describe("a participant that is away", () => {
  test("is seen to be, and to be back; media goes on", async () => {
    await connectedBob();
    world.socket.deliver("away", { id: "bob" });
    expect(world.remote("bob")).toMatchObject({ away: true, path: "connected" });
    expect(world.remote("bob").camera).not.toBeNull();
    world.socket.deliver("welcome", { participant: { ...participant("bob", { camera: true }), name: "Robert" } });
    await world.idle();
    expect(world.remote("bob")).toMatchObject({ away: false, name: "Robert", media: { camera: true } });
    expect(closed()).toEqual([false]);
    expect(offersTo("bob")).toHaveLength(1);
  });

  test("when this end arrives waits for nothing, and is offered to when it is back", async () => {
    await world.enter({ ...participant("bob"), away: true });
    expect(world.remote("bob")).toMatchObject({ away: true, path: "connecting" });
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    expect(offersTo("bob")).toHaveLength(1);
    expect(world.remote("bob").away).toBe(false);
  });

  test("is not restarted towards until it is back, and then at once", async () => {
    const { connection } = await connectedBob();
    world.socket.deliver("away", { id: "bob" });
    connection.become("failed");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.restarts).toBe(0);
    expect(world.remote("bob").path).toBe("interrupted");
    world.socket.respond = (event) =>
      event === "iceServers"
        ? { ok: true, iceServers: { servers: [{ urls: "turn:x.test" }], expiresAt: null } }
        : { ok: true };
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    expect(connection.restarts).toBe(1);
    expect(connection.configuration.iceServers).toEqual([{ urls: ["turn:x.test"] }]);
    expect(offersTo("bob")).toHaveLength(2);
  });

  test("gets what it missed: an offer that found it away is sent again", async () => {
    const { bob } = await connectedBob();
    world.socket.deliver("away", { id: "bob" });
    world.socket.respond = () => ({ ok: false, error: { code: "away", message: "" } });
    await world.call.startScreenShare();
    await world.idle();
    expect(closed()).toEqual([false]);
    world.socket.respond = () => ({ ok: true });
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    const [, lost, again] = offersTo("bob");
    expect(again).toEqual(lost);
    expect(again?.connection).toBe(bob.connectionId);
  });
});

describe("a participant that the server does not know any more", () => {
  test("stays as long as its media arrives", async () => {
    const { connection } = await connectedBob();
    world.socket.deliver("left", { id: "bob", reason: "gone" });
    expect(world.remote("bob")).toMatchObject({ away: true, path: "connected" });
    await vi.advanceTimersByTimeAsync(600_000);
    connection.become("disconnected");
    await vi.advanceTimersByTimeAsync(3_999);
    connection.become("connected");
    await vi.advanceTimersByTimeAsync(600_000);
    expect(closed()).toEqual([false]);
    connection.become("disconnected");
    connection.become("failed");
    await vi.advanceTimersByTimeAsync(4_000);
    expect(world.state.remotes).toEqual([]);
    expect(closed()).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("goes at once when it closes the connection", async () => {
    const { connection } = await connectedBob();
    connection.channel?.open();
    world.socket.deliver("left", { id: "bob", reason: "gone" });
    if (connection.channel) connection.channel.readyState = "closed";
    connection.channel?.onclose?.();
    expect(world.state.remotes).toEqual([]);
  });

  test("goes at once when nothing arrives", async () => {
    const { connection } = await connectedBob();
    connection.become("failed");
    world.socket.deliver("left", { id: "bob", reason: "gone" });
    expect(world.state.remotes).toEqual([]);
  });

  test("goes at once when it left by itself, whatever still arrives", async () => {
    await connectedBob();
    world.socket.deliver("left", { id: "bob", reason: "left" });
    expect(world.state.remotes).toEqual([]);
    expect(closed()).toEqual([true]);
  });

  test("keeps its connection when a message to it says so, and when it is back after all", async () => {
    await connectedBob();
    world.socket.respond = () => ({ ok: false, error: { code: "unknown-participant", message: "" } });
    await world.call.startScreenShare();
    await world.idle();
    expect(world.remote("bob")).toMatchObject({ away: true, path: "connected" });
    world.socket.respond = () => ({ ok: true });
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    expect(world.remote("bob").away).toBe(false);
    expect(closed()).toEqual([false]);
  });
});

describe("coming back to the room", () => {
  test("finds those who stayed connected, and repeats what they have not answered", async () => {
    await connectedBob();
    world.socket.drop();
    await world.call.startScreenShare();
    await world.idle();
    world.socket.accept();
    world.admit("me", participant("bob"));
    await world.idle();
    expect(closed()).toEqual([false]);
    expect(offersTo("bob")).toHaveLength(2);
    expect(world.state.remotes).toHaveLength(1);
  });

  test("leaves those who wait for nothing in peace", async () => {
    await connectedBob();
    await world.comeBack(participant("bob"));
    expect(offersTo("bob")).toHaveLength(1);
    expect(world.connections[0]?.restarts).toBe(0);
  });

  test("waits for the offers of those whose page was loaded anew, and of those who are new", async () => {
    await connectedBob();
    await world.comeBack(participant("bob", {}, 2), participant("eve"));
    expect(closed()).toEqual([true]);
    expect(world.state.remotes.map(({ id }) => id)).toEqual(["bob", "eve"]);
    await new Peer("bob", 2).offer();
    await new Peer("eve").offer();
    expect(closed()).toEqual([true, false, false]);
  });

  test("gives those whom the server does not list a while to come back", async () => {
    const { connection } = await connectedBob();
    connection.become("failed");
    await world.comeBack();
    await vi.advanceTimersByTimeAsync(5_999);
    expect(world.remote("bob")).toMatchObject({ away: true });
    world.socket.deliver("welcome", { participant: participant("bob") });
    world.socket.answer("iceServers", { ok: true, iceServers: { servers: [], expiresAt: null } });
    await world.idle();
    expect(closed()).toEqual([false]);
    expect(connection.restarts).toBe(1);
    await world.comeBack();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(world.state.remotes).toEqual([]);
    expect(closed()).toEqual([true]);
  });

  test("keeps whoever is not listed as long as their media arrives", async () => {
    await connectedBob();
    await world.comeBack();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(world.remote("bob")).toMatchObject({ away: true, path: "connected" });
  });

  test("attempts nothing in between that could not succeed", async () => {
    const { connection } = await connectedBob();
    world.socket.drop();
    connection.become("failed");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.restarts).toBe(0);
    world.socket.accept();
    world.admit("me", participant("bob"));
    await world.idle();
    expect(connection.restarts).toBe(1);
  });
});

describe("the name of a connection", () => {
  test("is drawn at random by who offers first, and used by both", async () => {
    const { bob } = await connectedBob();
    expect(bob.connectionId).toMatch(/^[\w-]{22}$/);
    expect(world.socket.sent("candidate")).toMatchObject([{ connection: bob.connectionId }]);
    await world.call.startScreenShare();
    await world.idle();
    expect(offersTo("bob").map(({ connection }) => connection)).toEqual([bob.connectionId, bob.connectionId]);
  });

  test("that is new replaces the connection there is, of the same page load too", async () => {
    await connectedBob();
    const again = new Peer("bob");
    await again.offer();
    expect(closed()).toEqual([true, false]);
    expect(answersTo("bob")).toMatchObject([{ connection: again.connectionId }]);
  });

  test("by the thousand costs a few connections, not a thousand, also for the page loads after it", async () => {
    await connectedBob();
    const flood = async (incarnation: number) => {
      for (let number = 1; number <= 500; number += 1) {
        const fields = { connection: `c${String(number)}`, number, sdp: "v=0", sources: {} };
        world.signal("offer", "bob", fields, incarnation);
      }
      await world.idle();
    };
    await flood(1);
    expect(world.connections).toHaveLength(1 + 8);
    world.socket.deliver("welcome", { participant: participant("bob", {}, 2) });
    await world.idle();
    await new Peer("bob", 2).answer();
    await flood(2);
    expect(world.connections).toHaveLength(1 + 8 + 1);
    // In the long run it is a slow trickle.
    vi.advanceTimersByTime(5_000);
    await flood(2);
    expect(world.connections).toHaveLength(1 + 8 + 1 + 1);
    expect(closed().filter((isClosed) => !isClosed)).toHaveLength(1);
  });

  test("keeps what was meant for another connection from this one", async () => {
    const { connection } = await connectedBob();
    const candidates = connection.candidates.length;
    world.signal("candidate", "bob", { connection: "old", candidate: { candidate: "x", usernameFragment: "u" } });
    world.signal("answer", "bob", { connection: "old", sdp: "v=0", sources: {} });
    await world.idle();
    expect(connection.candidates).toHaveLength(candidates);
    expect(console.warn).not.toHaveBeenCalled();
  });

  test.each([
    ["ours, when we are the impolite end", "alf", [false], 0],
    ["theirs, when we are the polite end", "zoe", [true, false], 1],
  ])("tells two first offers apart: %s counts", async (_what, id, ends, answers) => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant(id) });
    await world.idle();
    await new Peer(id).offer();
    expect(closed()).toEqual(ends);
    expect(answersTo(id)).toHaveLength(answers);
  });

  test("does not make one of two connections: an answer from another one begins a new connection", async () => {
    const { bob } = await connectedBob();
    await world.call.startScreenShare();
    await world.idle();
    // Bob has lost his end, and took the new offer for the first one.
    const successor = new Peer("bob");
    await successor.answer();
    expect(closed()).toEqual([true, false]);
    expect(offersTo("bob").at(-1)?.connection).not.toBe(bob.connectionId);
    await new Peer("bob").answer();
    expect(console.warn).not.toHaveBeenCalled();
    expect(world.connections[1]?.signalingState).toBe("stable");
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

test("a connection that no ICE restart can mend is replaced by a new one", async () => {
  const grace = new Peer("grace");
  await world.enter();
  world.socket.deliver("welcome", { participant: participant("grace") });
  await world.idle();
  await grace.answer();
  const [broken] = world.connections;
  broken?.become("connected");
  broken?.become("failed");
  if (broken) broken.iceConnectionState = "connected";
  await vi.advanceTimersByTimeAsync(3_000);
  expect(broken?.connectionState).toBe("closed");
  expect(new Set(offersTo("grace").map(({ connection }) => connection)).size).toBe(2);
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
  world.signal("offer", "bob", {
    connection: bob.connectionId,
    number: 1,
    sdp: bob.connection.localDescription?.sdp,
    sources,
  });
  await world.idle();
  expect(world.remote("bob").screen?.getVideoTracks()).toHaveLength(1);
  expect(world.remote("bob").audio).toHaveLength(2);
});
