import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeMediaStream, FakeTrack } from "./testing/fake-media.js";
import { type End, LinkedPair, idle } from "./testing/linked-pair.js";

let pair: LinkedPair;
let end: End;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", FakeMediaStream);
  pair = new LinkedPair();
  end = pair.impolite;
  pair.start();
  await pair.settle();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a link says how media reaches the other end, from connecting to failed and back", async () => {
  const path = () => end.link.path;
  expect(path()).toBe("connecting");
  end.connection.become("connected");
  expect(path()).toBe("connected");
  end.connection.become("disconnected");
  expect(path()).toBe("interrupted");
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(7_000);
  expect(path()).toBe("failed");
  expect(end.paths.at(-1)).toBe("failed");
  end.connection.become("connected");
  expect(path()).toBe("connected");
});

test("a link knows what its relay has done for it: nothing, because there is none; nothing yet; something", () => {
  expect(end.link.relay).toBe("not-offered");
  end.connection.setConfiguration({ iceServers: [{ urls: "stun:s.test" }, { urls: ["turns:t.test"] }] });
  expect(end.link.relay).toBe("not-reached");
  const candidate = { candidate: "candidate:1 1 udp 1 203.0.113.9 5000 typ relay", usernameFragment: "u" };
  end.connection.onicecandidate?.({ candidate: { ...candidate, toJSON: () => candidate } });
  expect(end.link.relay).toBe("reached");
});

test("an ICE restart asks for fresh servers first", async () => {
  end.freshServers = [{ urls: "turn:fresh.test", username: "u", credential: "c" }];
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end.connection.configuration.iceServers).toEqual(end.freshServers);
  expect(end.connection.restarts).toBe(1);
});

test("an ICE restart keeps the servers there are when there are no fresh ones", async () => {
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end.connection.configuration.iceServers).toEqual([{ urls: "stun:first.test" }]);
  expect(end.connection.restarts).toBe(1);
});

test("a restart reaches the other end and is answered", async () => {
  const before = pair.polite.connection.remoteDescription?.session.ufrag;
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(1_000);
  await pair.settle();
  expect(pair.polite.connection.remoteDescription?.session.ufrag).not.toBe(before);
  expect(end.connection.signalingState).toBe("stable");
});

test("a link that never found a path says so after the first failure", async () => {
  end.connection.become("failed");
  expect(end.link.path).toBe("connecting");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end.link.path).toBe("failed");
});

test("a fresh server that the browser refuses keeps it from none of the others", async () => {
  end.freshServers = [{ urls: "stuns:no.test" }, { urls: "turn:fresh.test", username: "u", credential: "c" }];
  const setConfiguration = end.connection.setConfiguration.bind(end.connection);
  end.connection.setConfiguration = (configuration) => {
    if (configuration.iceServers?.some(({ urls }) => String(urls).startsWith("stuns:"))) {
      throw new DOMException("stuns", "SyntaxError");
    }
    setConfiguration(configuration);
  };
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end.connection.configuration.iceServers).toEqual(end.freshServers.slice(1));
  expect(end.connection.restarts).toBe(1);
  expect(end.errors).toHaveLength(1);
});

describe("a link whose other end comes back into reach", () => {
  const screens = () => [pair.polite, pair.impolite].map((one) => one.link.stream("screen") !== null);
  /** Loses everything under way, and what is said until `back`. */
  const lose = async () => {
    await idle();
    for (const one of [pair.polite, pair.impolite]) {
      one.outbox.splice(0);
      one.link.suspend();
    }
  };
  const back = async () => {
    await lose();
    for (const one of [pair.polite, pair.impolite]) one.link.resume();
    await pair.settle();
  };

  test("is left untouched while it is connected", async () => {
    end.connection.become("connected");
    pair.polite.connection.become("connected");
    await lose();
    for (const one of [pair.polite, pair.impolite]) one.link.resume();
    await idle();
    expect([...pair.polite.outbox, ...pair.impolite.outbox]).toEqual([]);
    expect(end.connection.restarts).toBe(0);
  });

  test.each([
    ["through this end's relay is restarted, for the relay may be gone", "relay", "srflx", 1],
    ["through the other end's relay is left to the other end", "prflx", "relay", 0],
    ["beside a relay is left untouched", "host", "host", 0],
  ])("while it is connected %s", async (_, local, remote, restarts) => {
    const candidate = { candidate: "candidate:1 1 udp 1 203.0.113.9 5000 typ relay", usernameFragment: "u" };
    end.connection.onicecandidate?.({ candidate: { toJSON: () => candidate } });
    end.connection.become("connected");
    pair.polite.connection.become("connected");
    end.connection.stats = new Map<string, unknown>([
      ["T", { id: "T", type: "transport", selectedCandidatePairId: "P" }],
      ["P", { id: "P", type: "candidate-pair", localCandidateId: "L", remoteCandidateId: "R" }],
      ["L", { id: "L", type: "local-candidate", candidateType: local }],
      ["R", { id: "R", type: "remote-candidate", candidateType: remote }],
    ]);
    await lose();
    end.link.resume();
    await idle();
    expect(end.connection.restarts).toBe(restarts);
  });

  test.each(["polite", "impolite"] as const)("shows a screen that the %s end shared meanwhile", async (sharer) => {
    end.connection.become("connected");
    pair.polite.connection.become("connected");
    await lose();
    pair[sharer].link.send("screen", new FakeTrack("video").asTrack());
    await back();
    expect(screens()).toEqual(sharer === "polite" ? [false, true] : [true, false]);
    pair[sharer].link.send("screen", null);
    await back();
    expect(screens()).toEqual([false, false]);
  });

  test("sends an offer again with the candidates that were found since", async () => {
    await lose();
    end.link.send("screen", new FakeTrack("video").asTrack());
    await lose();
    end.connection.gathered("candidate:late");
    end.link.resume();
    await idle();
    expect(end.outbox).toMatchObject([{ type: "offer", sdp: expect.stringContaining("candidate:late") as string }]);
  });

  test("is restarted at once when it is not connected, with fresh servers", async () => {
    end.freshServers = [{ urls: "turn:fresh.test", username: "u", credential: "c" }];
    end.connection.become("connected");
    await lose();
    end.connection.become("failed");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(end.connection.restarts).toBe(0);
    expect(end.link.path).toBe("interrupted");
    end.link.resume();
    await idle();
    expect(end.connection.restarts).toBe(1);
    expect(end.connection.configuration.iceServers).toEqual(end.freshServers);
    expect(end.outbox).toMatchObject([{ type: "offer" }, { type: "candidate" }]);
  });

  test("does not restart for servers that come when it is out of reach again", async () => {
    let give: (servers: null) => void = () => {};
    end.freshIceServers = () => new Promise((resolve) => (give = resolve));
    end.connection.become("failed");
    await vi.advanceTimersByTimeAsync(1_000);
    end.link.suspend();
    give(null);
    await idle();
    expect(end.connection.restarts).toBe(0);
    end.link.resume();
    give(null);
    await idle();
    expect(end.connection.restarts).toBe(1);
  });

  test("takes the second answer to an offer that was sent twice for nothing else", async () => {
    end.link.send("screen", new FakeTrack("video").asTrack());
    await idle();
    const [first] = end.outbox.splice(0);
    end.link.resume();
    await idle();
    const [second] = end.outbox.splice(0);
    if (first?.type !== "offer" || second?.type !== "offer") throw new Error("no offer");
    pair.polite.receive(first);
    await idle();
    pair.polite.receive(second);
    await idle();
    const answers = pair.polite.outbox.splice(0).filter(({ type }) => type === "answer");
    expect(answers).toHaveLength(2);
    for (const answer of answers.slice(0, 1)) end.receive(answer);
    await idle();
    end.link.send("screen-audio", new FakeTrack("audio").asTrack());
    await idle();
    for (const answer of answers.slice(1)) end.receive(answer);
    await pair.settle();
    expect(pair.polite.link.stream("screen-audio")).not.toBeNull();
    expect([...end.errors, ...pair.polite.errors]).toEqual([]);
  });
});

describe("a link in another network", () => {
  const turn = [{ urls: "turn:fresh.test", username: "u", credential: "c" }];

  test("is restarted with fresh servers while it is still connected, and the other end follows", async () => {
    end.freshServers = turn;
    end.connection.become("connected");
    const before = pair.polite.connection.remoteDescription?.session.ufrag;
    end.link.hurry(true);
    await pair.settle();
    expect(end.connection.restarts).toBe(1);
    expect(end.connection.configuration.iceServers).toEqual(turn);
    expect(pair.polite.connection.remoteDescription?.session.ufrag).not.toBe(before);
    expect(end.link.path).toBe("connected");
  });

  test("from where the server is found only later is restarted then, though its old path does not know yet", async () => {
    let give: (servers: null) => void = () => {};
    end.freshIceServers = () => new Promise((resolve) => (give = resolve));
    end.connection.become("connected");
    end.link.hurry(true);
    // The question for servers finds out that the way to the server is the old network's too.
    end.link.suspend();
    give(null);
    await idle();
    expect(end.connection.restarts).toBe(0);
    end.freshIceServers = () => Promise.resolve(turn);
    end.link.resume();
    await idle();
    expect(end.connection.restarts).toBe(1);
    expect(end.connection.configuration.iceServers).toEqual(turn);
    end.link.resume();
    await idle();
    expect(end.connection.restarts).toBe(1);
  });

  test("that had no way to the server when it moved is restarted once there is one", async () => {
    end.connection.become("connected");
    end.link.suspend();
    end.link.hurry(true);
    await idle();
    expect(end.connection.restarts).toBe(0);
    end.link.resume();
    await idle();
    expect(end.connection.restarts).toBe(1);
  });

  test("whose relay died with the old one leaves it at once", async () => {
    end.freshServers = turn;
    end.connection.become("connected");
    end.link.hurry();
    await idle();
    expect(end.connection.restarts).toBe(0);
    end.connection.become("disconnected");
    await idle();
    expect(end.connection.restarts).toBe(1);
    expect(end.connection.configuration.iceServers).toEqual(turn);
  });
});

test("a link knows when the other end has closed it", async () => {
  const channel = end.connection.channel;
  channel?.open();
  expect(end.link.abandoned).toBe(false);
  const changes = end.paths.length;
  if (channel) channel.readyState = "closed";
  channel?.onclose?.();
  await idle();
  expect(end.link.abandoned).toBe(true);
  expect(end.paths.length).toBeGreaterThan(changes);
});

describe("a description of another connection", () => {
  test("is not applied, and told; so is what follows it", async () => {
    end.connection.restartIce();
    await idle();
    const [offer] = end.outbox.splice(0);
    const stranger = new LinkedPair();
    stranger.start();
    await stranger.deliver();
    const [answer] = stranger.polite.outbox.splice(0);
    if (offer?.type !== "offer" || answer?.type !== "answer") throw new Error("no answer");
    end.receive({ ...answer, number: offer.number });
    end.receive({ ...answer, type: "offer" });
    await idle();
    end.link.close();
    end.receive({ type: "candidate", candidate: { candidate: "x" } });
    await idle();
    expect(end.foreign).toEqual(["answer", "offer", "candidate"]);
    expect(end.errors).toEqual([]);
  });

  test("is an offer where the answer to the first one is missing", async () => {
    const fresh = new LinkedPair("polite");
    fresh.start();
    await fresh.deliver();
    fresh.impolite.outbox.splice(0);
    fresh.impolite.connection.restartIce();
    await fresh.deliver();
    expect(fresh.polite.foreign).toContain("offer");
    expect(fresh.polite.connection.rollbacks).toBe(0);
  });
});

test("a connection whose DTLS has failed is not restarted but given up", async () => {
  end.connection.become("failed");
  end.connection.iceConnectionState = "connected";
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end.broken).toBe(1);
  expect(end.connection.restarts).toBe(0);
});

describe("a connection that restarts do not mend", () => {
  const attempts = 1_000 + 2_000 + 4_000 + 8_000;

  test("is given up, where there once was a path", async () => {
    end.connection.become("connected");
    end.connection.become("failed");
    await vi.advanceTimersByTimeAsync(attempts);
    expect([end.connection.restarts, end.broken]).toEqual([4, 0]);
    await vi.advanceTimersByTimeAsync(16_000);
    expect([end.connection.restarts, end.broken]).toEqual([4, 1]);
  });

  test("is kept where there never was one: a new connection would find none either", async () => {
    end.connection.become("failed");
    await vi.advanceTimersByTimeAsync(attempts + 16_000 + 60_000);
    expect([end.connection.restarts, end.broken]).toEqual([7, 0]);
  });

  test("is kept while the other end is out of reach, and then tried from the beginning", async () => {
    end.connection.become("connected");
    end.connection.become("failed");
    end.link.suspend();
    await vi.advanceTimersByTimeAsync(600_000);
    end.link.resume();
    await vi.advanceTimersByTimeAsync(0);
    expect([end.connection.restarts, end.broken]).toEqual([1, 0]);
  });
});

test("a closed link says and does nothing more", async () => {
  end.connection.become("failed");
  end.link.close();
  end.link.send("camera", null);
  const changes = end.paths.length;
  await vi.advanceTimersByTimeAsync(60_000);
  pair.polite.connection.restartIce();
  await pair.deliver();
  await pair.deliver();
  expect(end.connection.restarts).toBe(0);
  expect(end.paths).toHaveLength(changes);
  expect(end.outbox).toEqual([]);
  expect(end.errors).toEqual([]);
});
