import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { JoinRequest, ServerMessage } from "./messages.js";
import { Signalling, type SignallingState } from "./signalling.js";
import { FakeSocket } from "./testing/fake-socket.js";

const media = { microphone: true, camera: false, screen: false };
const ada = { id: "ada", name: "Ada", incarnation: 7, media, away: false, role: "participant", hand: null };
const joinRequest: JoinRequest = { protocol: 3, room: "r", name: "Ada", incarnation: 7, media };
const iceServers = { servers: [], expiresAt: null };
const admission = {
  status: "admitted",
  room: "r",
  self: ada,
  seat: "secret",
  grace: 30_000,
  participants: [],
  capacity: 8,
  iceServers,
  doors: { locked: false, waitingRoom: true, passcode: false },
  waiting: [{ id: "w", name: "Grace", since: 5 }],
};

let socket: FakeSocket;
let states: SignallingState[];
let messages: ServerMessage[];
let signalling: Signalling;

beforeEach(() => {
  vi.useFakeTimers();
  socket = new FakeSocket();
  states = [];
  messages = [];
  signalling = new Signalling(
    "https://meet.test/sub",
    { onState: (state) => void states.push(state), onMessage: (message) => void messages.push(message) },
    socket.open,
  );
  signalling.open();
});
afterEach(() => void vi.useRealTimers());

describe("the connection", () => {
  test("goes to the server it was told", () => {
    expect(socket.server).toBe("https://meet.test/sub");
  });

  test("is opened once, however often that is asked for", () => {
    const connect = vi.spyOn(socket, "connect");
    signalling.open();
    socket.accept();
    signalling.open();
    expect(connect).not.toHaveBeenCalled();
  });

  test("that is lost comes back, and says so each time", () => {
    socket.accept();
    socket.drop();
    socket.accept();
    expect(states).toEqual(["connected", "lost", "connected"]);
  });

  test("that the server ended on purpose is opened again after a while", () => {
    socket.accept();
    socket.drop(true);
    const connect = vi.spyOn(socket, "connect");
    vi.advanceTimersByTime(1_999);
    expect(connect).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(connect).toHaveBeenCalledOnce();
  });

  test("that the server refused is tried again after a while", () => {
    const connect = vi.spyOn(socket, "connect");
    socket.refuse();
    vi.advanceTimersByTime(2_000);
    expect(connect).toHaveBeenCalledOnce();
  });

  test("that was closed stays closed", () => {
    socket.accept();
    signalling.close();
    vi.advanceTimersByTime(60_000);
    expect(states).toEqual(["connected", "closed"]);
    expect(socket.active).toBe(false);
  });
});

describe("a connection that seems to be dead", () => {
  test("is found out by asking for ICE servers, and replaced without waiting for a heartbeat", async () => {
    socket.accept();
    const answer = signalling.iceServers();
    await vi.advanceTimersByTimeAsync(2_999);
    expect(socket.reconnects).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toBeNull();
    expect(socket.reconnects).toBe(1);
    expect(states).toEqual(["connected", "lost"]);
    socket.accept();
    expect(states).toEqual(["connected", "lost", "connected"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is left alone when it ended by itself meanwhile", async () => {
    socket.accept();
    const answer = signalling.iceServers();
    socket.drop();
    expect(await answer).toBeNull();
    expect(socket.reconnects).toBe(0);
  });

  test("stays as it is after the end", () => {
    signalling.close();
    signalling.reconnect();
    expect(socket.reconnects).toBe(0);
  });
});

test("whoever takes over a connection hears of what comes from then on", () => {
  socket.accept();
  const later: (SignallingState | ServerMessage)[] = [];
  signalling.attach({ onState: (state) => void later.push(state), onMessage: (message) => void later.push(message) });
  socket.deliver("away", { id: "bob" });
  socket.drop();
  expect(later).toEqual([{ type: "away", id: "bob" }, "lost"]);
  expect(states).toEqual(["connected"]);
  expect(messages).toEqual([]);
});

describe("a request", () => {
  test("is answered with what the server acknowledged", async () => {
    socket.accept();
    const answers = [signalling.join(joinRequest), signalling.media(media), signalling.iceServers()];
    socket.answer("join", admission);
    socket.answer("media", { ok: false, error: { code: "not-joined", message: "join first" } });
    socket.answer("iceServers", { ok: true, iceServers });
    expect(await Promise.all(answers)).toEqual([
      admission,
      { ok: false, error: { code: "not-joined", message: "join first" } },
      iceServers,
    ]);
  });

  test("names the receiver beside what is sent", async () => {
    socket.accept();
    const description = {
      incarnations: { from: 1, to: 2 },
      connection: "c",
      number: 1,
      sdp: "v=0",
      sources: { 0: "microphone" },
    } as const;
    const answer = signalling.offer("bob", description);
    socket.answer("offer", { ok: true });
    expect(await answer).toEqual({ ok: true });
    expect(socket.sent("offer")).toEqual([{ to: "bob", ...description }]);
  });

  test("without a connection is unanswered, and never sent later", async () => {
    expect(await signalling.join(joinRequest)).toEqual({ status: "unanswered" });
    expect(await signalling.leave()).toMatchObject({ ok: false, error: { code: "unanswered" } });
    expect(await signalling.iceServers()).toBeNull();
    expect(socket.requests).toEqual([]);
  });

  test("is unanswered when the server stays silent", async () => {
    socket.accept();
    const answers = Promise.all([signalling.join(joinRequest), signalling.media(media)]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await answers).toMatchObject([{ status: "unanswered" }, { ok: false, error: { code: "unanswered" } }]);
  });

  test("is unanswered when the connection ends first", async () => {
    socket.accept();
    const answer = signalling.join(joinRequest);
    socket.drop();
    expect(await answer).toEqual({ status: "unanswered" });
  });
});

describe("what arrives", () => {
  test("is told as typed messages", () => {
    socket.accept();
    const incarnations = { from: 1, to: 2 };
    const candidate = { candidate: "candidate:1", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "u" };
    socket.deliver("welcome", { participant: ada, hint: "unknown fields are ignored" });
    socket.deliver("offer", {
      from: "bob",
      incarnations,
      connection: "c_-9",
      number: 1,
      sdp: "v=0",
      sources: { 0: "camera", 1: "hologram" },
    });
    socket.deliver("candidate", { from: "bob", incarnations, connection: "c", candidate });
    socket.deliver("candidate", { from: "bob", incarnations, connection: "c", candidate: { candidate: "" } });
    socket.deliver("media", { id: "bob", media });
    socket.deliver("left", { id: "bob", reason: "gone" });
    socket.deliver("away", { id: "bob" });
    socket.deliver("welcome", { participant: { ...ada, away: true } });
    socket.deliver("displaced", {});
    expect(messages).toEqual([
      { type: "welcome", participant: ada },
      { type: "offer", from: "bob", incarnations, connection: "c_-9", number: 1, sdp: "v=0", sources: { 0: "camera" } },
      { type: "candidate", from: "bob", incarnations, connection: "c", candidate },
      {
        type: "candidate",
        from: "bob",
        incarnations,
        connection: "c",
        candidate: { candidate: "", sdpMid: null, sdpMLineIndex: null, usernameFragment: null },
      },
      { type: "media", id: "bob", media },
      { type: "left", id: "bob", reason: "gone" },
      { type: "away", id: "bob" },
      { type: "welcome", participant: { ...ada, away: true } },
      { type: "displaced" },
    ]);
  });

  test.each([
    ["welcome", null],
    ["welcome", { participant: { ...ada, incarnation: "7" } }],
    ["welcome", { participant: { ...ada, incarnation: 2 ** 60 } }],
    ["offer", { from: "bob", incarnations: { from: 1 }, connection: "c", number: 1, sdp: "v=0", sources: {} }],
    ["offer", { from: "bob", incarnations: { from: 1, to: 2 }, connection: "c", number: 1, sdp: 5, sources: {} }],
    ["offer", { from: "bob", incarnations: { from: 1, to: 2 }, connection: "c", number: 1, sdp: "v=0" }],
    [
      "offer",
      { from: "bob", incarnations: { from: 1, to: 2 }, connection: "c", number: 1, sdp: "v=0", sources: manySources() },
    ],
    ["offer", { from: "bob", incarnations: { from: 1, to: 2 }, number: 1, sdp: "v=0", sources: {} }],
    ["offer", { from: "bob", incarnations: { from: 1, to: 2 }, connection: "c", number: 0, sdp: "v=0", sources: {} }],
    ["offer", { from: "bob", incarnations: { from: 1, to: 2 }, connection: "a b", number: 1, sdp: "v=0", sources: {} }],
    ["candidate", { from: "bob", incarnations: { from: 1, to: 2 }, connection: "c", candidate: "candidate:1" }],
    ["candidate", { from: {}, incarnations: { from: 1, to: 2 }, connection: "c", candidate: { candidate: "" } }],
    ["candidate", { from: "bob", incarnations: { from: 1, to: 2 }, connection: "", candidate: { candidate: "" } }],
    ["away", { id: 7 }],
    ["displaced", null],
    ["media", { id: "bob" }],
    ["left", "bob"],
    ["doors", { doors: "open" }],
    ["role", { id: 5, role: "host" }],
    ["hand", { hand: 5 }],
    ["waiting", { waiting: { id: "w" } }],
    ["waiting", { waiting: Array.from({ length: 2_000 }, () => ({ id: "w", name: "n", since: 1 })) }],
    ["seat", { seat: "" }],
    ["muteAsked", {}],
    ["surprise", { id: "bob" }],
  ])("as a wrong %s is dropped: %j", (event, payload) => {
    socket.accept();
    socket.deliver(event, payload);
    expect(messages).toEqual([]);
  });

  test("about doors and roles is taken as far as it makes sense", () => {
    socket.accept();
    socket.deliver("doors", { doors: { locked: true, waitingRoom: 1 } });
    socket.deliver("role", { id: "bob", role: "emperor" });
    socket.deliver("waiting", { waiting: [{ id: "w", name: "Grace", since: "now" }, null, { id: 7 }] });
    socket.deliver("door", { status: "refused", reason: "denied" });
    socket.deliver("removed", { reason: "of course" });
    socket.deliver("ended", {});
    expect(messages).toEqual([
      { type: "doors", doors: { locked: true, waitingRoom: false, passcode: false } },
      { type: "role", id: "bob", role: "participant" },
      { type: "waiting", waiting: [{ id: "w", name: "Grace", since: 0 }] },
      { type: "door", answer: { status: "refused", protocol: 3, reason: "denied", message: "" } },
      { type: "removed", reason: "removed" },
      { type: "ended" },
    ]);
  });

  test("after the end is dropped", () => {
    socket.accept();
    signalling.close();
    socket.deliver("media", { id: "bob", media });
    expect(messages).toEqual([]);
  });
});

describe("the answer to join", () => {
  const answerOf = async (answer: unknown) => {
    socket.respond = () => answer;
    socket.accept();
    return await signalling.join(joinRequest);
  };

  test("may be a refusal, whose reason is always one that has words", async () => {
    expect(await answerOf({ status: "refused", protocol: 1, reason: "room-full", message: "full" })).toEqual({
      status: "refused",
      protocol: 1,
      reason: "room-full",
      message: "full",
    });
    expect(await signalling.join(joinRequest)).toMatchObject({ reason: "room-full" });
    socket.respond = () => ({ status: "refused", protocol: 9, reason: "new in protocol 9" });
    expect(await signalling.join(joinRequest)).toMatchObject({ reason: "invalid" });
  });

  test.each([
    [null],
    ["admitted"],
    [{ status: "admitted" }],
    [{ ...admission, participants: [{ id: 5 }] }],
    [{ ...admission, iceServers: { servers: "none" } }],
  ])("that makes no sense counts as none: %j", async (answer) => {
    expect(await answerOf(answer)).toEqual({ status: "unanswered" });
  });

  test("leaves out ICE servers that cannot be used", async () => {
    const servers = [
      { urls: "stun:a.test" },
      { urls: [] },
      { urls: 5 },
      null,
      { urls: ["turn:b.test"], username: "u", credential: "c" },
    ];
    expect(await answerOf({ ...admission, iceServers: { servers, expiresAt: 5 } })).toMatchObject({
      iceServers: {
        servers: [{ urls: ["stun:a.test"] }, { urls: ["turn:b.test"], username: "u", credential: "c" }],
        expiresAt: 5,
      },
    });
  });
});

describe("the answer to diagnose", () => {
  const answerOf = async (answer: unknown) => {
    socket.respond = () => answer;
    socket.accept();
    return await signalling.diagnose();
  };

  test("brings servers to try, without those that cannot be used", async () => {
    const turn = { urls: ["turn:b.test"], username: "u", credential: "c" };
    expect(await answerOf({ status: "ready", iceServers: [turn, { urls: 5 }], expires: 300 })).toEqual({
      status: "ready",
      iceServers: [turn],
      expires: 300,
    });
    expect(socket.sent("diagnose")).toEqual([undefined]);
    expect(await answerOf({ status: "ready", iceServers: [], expires: "soon" })).toMatchObject({ expires: null });
  });

  test("may be a refusal, whose reason is always one that has words", async () => {
    expect(await answerOf({ status: "refused", reason: "full", message: "full" })).toEqual({
      status: "refused",
      reason: "full",
      message: "full",
    });
    expect(await answerOf({ status: "refused", reason: "address" })).toMatchObject({ reason: "address" });
    expect(await answerOf({ status: "refused", reason: "new" })).toEqual({
      status: "refused",
      reason: "rate",
      message: "",
    });
  });

  test.each([[null], ["ready"], [{ status: "ready" }], [{ ok: false }]])(
    "that makes no sense counts as none: %j",
    async (answer) => {
      expect(await answerOf(answer)).toEqual({ status: "unanswered" });
    },
  );

  test("does not come from a server of an earlier version, and is not waited for long", async () => {
    socket.accept();
    const answer = signalling.diagnose();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await answer).toEqual({ status: "unanswered" });
    expect(signalling.state).toBe("connected");
  });
});

function manySources(): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 33 }, (_, mid) => [String(mid), "camera"]));
}
