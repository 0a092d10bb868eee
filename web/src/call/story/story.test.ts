import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import chromium from "../../rtc/testing/stats-chromium-156.json";
import { CallWorld, endWorld, participant, startWorld } from "../testing/call-world.js";
import { Story } from "./story.js";

let world: CallWorld;

beforeEach(() => {
  startWorld();
  world = new CallWorld();
});
afterEach(endWorld);

const role = { polite: true, offersFirst: false };

const read = (story = world.call.story) => story.read();

describe("a call's story", () => {
  test("begins when the person joins, with the way to the server", async () => {
    vi.advanceTimersByTime(500);
    world.call.join();
    vi.advanceTimersByTime(40);
    world.socket.accept();
    vi.advanceTimersByTime(5);
    world.socket.upgrade("websocket");
    vi.advanceTimersByTime(5);
    world.admit("me");
    await world.idle();
    const { now, signalling, peers } = await read();
    expect(signalling).toEqual([
      { at: 40, step: "polling" },
      { at: 40, step: "join" },
      { at: 45, step: "websocket" },
      { at: 50, step: "admitted" },
    ]);
    expect([now, peers]).toEqual([50, []]);
  });

  test("tells of the way to the server being lost and found again", async () => {
    await world.enter();
    world.socket.drop();
    world.socket.accept();
    const { signalling } = await read();
    expect(signalling.map(({ step }) => step)).toEqual(["polling", "join", "admitted", "lost", "polling", "join"]);
  });

  test("has a connection for each of the others, with what passed on it", async () => {
    await world.enter();
    vi.advanceTimersByTime(100);
    world.socket.deliver("welcome", { participant: participant("bob", {}, 7) });
    world.socket.deliver("welcome", { participant: participant("eve") });
    await world.idle();
    const { peers } = await read();
    expect(peers).toMatchObject([
      {
        id: "bob",
        name: "bob's name",
        connections: [
          {
            number: 1,
            polite: false,
            offersFirst: true,
            openedAt: 100,
            closedAt: null,
            milestones: { offer: 100, candidate: 100 },
            candidates: { sent: { host: 1 }, received: { host: 0 } },
            iceServers: ["stun:meet.test"],
          },
        ],
      },
      { id: "eve" },
    ]);
    const entries = peers[0]?.connections[0]?.entries ?? [];
    expect(entries.map(({ kind }) => kind)).toEqual(["state", "offer", "candidate"]);
  });

  test("asks the browser about connections that are open, and only when it is read", async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    const getStats = vi.fn(() => Promise.resolve(new Map(chromium.map((stats) => [stats.id, stats]))));
    Object.assign(world.connections[0] ?? {}, { getStats });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(getStats).not.toHaveBeenCalled();
    const { peers } = await read();
    expect(peers[0]?.connections[0]?.inspection).toMatchObject({ keys: { version: "1.3" }, path: { changes: 1 } });
    world.socket.deliver("left", { id: "bob", reason: "left" });
    const after = await read();
    expect(after.peers[0]?.connections[0]).toMatchObject({ closedAt: 60_000, inspection: null, iceServers: [] });
    expect(getStats).toHaveBeenCalledOnce();
  });

  test("goes on where a browser refuses to tell", async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    await world.idle();
    Object.assign(world.connections[0] ?? {}, { getStats: () => Promise.reject(new Error("no")) });
    const { peers } = await read();
    expect(peers[0]?.connections[0]).toMatchObject({ inspection: null, milestones: { offer: 0 } });
  });

  test("has the first picture that was shown of somebody, once", async () => {
    await world.enter();
    world.socket.deliver("welcome", { participant: participant("bob") });
    vi.advanceTimersByTime(70);
    world.call.story.handlePicture("bob");
    vi.advanceTimersByTime(70);
    world.call.story.handlePicture("bob");
    world.call.story.handlePicture("nobody");
    const { peers } = await read();
    expect(peers[0]?.connections[0]?.milestones.frame).toBe(70);
    expect(peers[0]?.connections[0]?.entries.filter(({ kind }) => kind === "frame")).toHaveLength(1);
  });
});

test("how one participant is connected is asked for alone, and only of a connection that stands", async () => {
  await world.enter();
  world.socket.deliver("welcome", { participant: participant("bob") });
  await world.idle();
  const connection = world.connections[0];
  const pair = { type: "candidate-pair", selected: true, localCandidateId: "l", remoteCandidateId: "r" };
  const getStats = vi.fn(() =>
    Promise.resolve(
      new Map<string, unknown>([
        ["p", { ...pair, currentRoundTripTime: 0.03 }],
        ["l", { type: "local-candidate", candidateType: "relay", relayProtocol: "tls" }],
        ["r", { type: "remote-candidate", candidateType: "host" }],
      ]),
    ),
  );
  Object.assign(connection ?? {}, { getStats });
  const { story } = world.call;
  expect(await story.readWay("bob")).toBeNull();
  expect(getStats).not.toHaveBeenCalled();
  connection?.become("connected");
  expect(await story.readWay("bob")).toEqual({ kind: "relayed", protocol: "tls", roundTrip: 30 });
  expect(await story.readWay("nobody")).toBeNull();
  expect(getStats).toHaveBeenCalledOnce();
});

describe("what a story keeps", () => {
  test("is the newest connections of each participant, newest first", async () => {
    const story = new Story();
    for (let times = 0; times < 6; times += 1) story.open({ id: "bob", name: "Bob" }, role).close();
    const { peers } = await read(story);
    expect(peers[0]?.connections.map(({ number }) => number)).toEqual([6, 5, 4, 3]);
  });

  test("is bounded, however many come and go, and never forgets who is here", async () => {
    const story = new Story();
    story.open({ id: "stays", name: "Stays" }, role);
    for (let times = 0; times < 100; times += 1)
      story.open({ id: `p${String(times)}`, name: "Passer-by" }, role).close();
    const { peers } = await read(story);
    expect(peers).toHaveLength(24);
    expect(peers.map(({ id }) => id)).toEqual(expect.arrayContaining(["stays", "p99", "p77"]));
    expect(peers.map(({ id }) => id)).not.toContain("p0");
  });
});
