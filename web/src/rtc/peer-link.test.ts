import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Signal } from "./negotiation.js";
import { unlimited } from "./steering.js";
import { FakeMediaStream, FakeTrack } from "./testing/fake-media.js";
import { writeSession } from "./testing/fake-session.js";
import { FakeChannel } from "./testing/fake-transceiver.js";
import { End, LinkedPair, idle } from "./testing/linked-pair.js";

beforeEach(() => void vi.stubGlobal("MediaStream", FakeMediaStream));
afterEach(() => void vi.unstubAllGlobals());

const receivedTrack = (end: End, source: "microphone" | "camera" | "screen" | "screen-audio") =>
  end.link.stream(source)?.getTracks()[0];

async function connectedPair(firstOfferer: "polite" | "impolite" = "impolite"): Promise<LinkedPair> {
  const pair = new LinkedPair(firstOfferer);
  pair.start();
  await pair.settle();
  return pair;
}

describe.each(["polite", "impolite"] as const)("the first offer, made by the %s end", (first) => {
  test("brings a microphone and a camera in both directions, also without any track", async () => {
    const { polite, impolite } = await connectedPair(first);
    for (const end of [polite, impolite]) {
      expect(end.connection.signalingState).toBe("stable");
      expect(end.connection.getTransceivers().map(({ currentDirection }) => currentDirection)).toEqual([
        "sendrecv",
        "sendrecv",
      ]);
      expect(receivedTrack(end, "microphone")?.kind).toBe("audio");
      expect(receivedTrack(end, "camera")?.kind).toBe("video");
      expect(end.link.stream("screen")).toBeNull();
      expect(end.errors).toEqual([]);
    }
  });

  test("carries the tracks there are, of both ends", async () => {
    const pair = new LinkedPair(first);
    const [mine, theirs] = [new FakeTrack("video").asTrack(), new FakeTrack("video").asTrack()];
    pair.polite.link.send("camera", mine);
    pair.impolite.link.send("camera", theirs);
    pair.start();
    await pair.settle();
    expect(pair.polite.transceiver("1")?.sender.track).toBe(mine);
    expect(pair.impolite.transceiver("1")?.sender.track).toBe(theirs);
  });

  test("opens one data channel, on which both ends greet before anything is posted", async () => {
    const pair = await connectedPair(first);
    const [offerer, answerer] = first === "polite" ? [pair.polite, pair.impolite] : [pair.impolite, pair.polite];
    expect(offerer.link.post("early")).toBe(false);
    openChannel(offerer, answerer);
    await idle();
    expect(offerer.link.post("note", { text: "hi" })).toBe(true);
    await idle();
    expect(answerer.messages).toEqual([{ v: 1, type: "note", text: "hi" }]);
  });
});

describe("turning devices on and off", () => {
  test("needs no negotiation", async () => {
    const { impolite, polite } = await connectedPair();
    const track = new FakeTrack("video").asTrack();
    impolite.link.send("camera", track);
    polite.link.send("camera", null);
    await idle();
    expect(impolite.transceiver("1")?.sender.track).toBe(track);
    expect([...impolite.outbox, ...polite.outbox]).toEqual([]);
  });

  test("limits what the camera sends", async () => {
    const pair = await connectedPair();
    pair.impolite.link.limit("camera", { ...unlimited, maxBitrate: 500_000 });
    expect(pair.impolite.transceiver("1")?.sender.maxBitrate).toBe(500_000);
    pair.impolite.link.limit("camera", unlimited);
    await idle();
    expect(pair.impolite.transceiver("1")?.sender.maxBitrate).toBeUndefined();
  });
});

describe("sharing a screen", () => {
  test("arrives as a screen, with its audio, beside the camera", async () => {
    const pair = await connectedPair();
    pair.impolite.link.send("screen", new FakeTrack("video").asTrack());
    pair.impolite.link.send("screen-audio", new FakeTrack("audio").asTrack());
    await pair.settle();
    expect(receivedTrack(pair.polite, "screen")?.kind).toBe("video");
    expect(receivedTrack(pair.polite, "screen-audio")?.kind).toBe("audio");
    expect(receivedTrack(pair.polite, "camera")).not.toBe(receivedTrack(pair.polite, "screen"));
    expect(pair.impolite.link.stream("screen")).toBeNull();
  });

  test("that ends is gone at the other end, and the next one uses the same transceiver with a new stream", async () => {
    const pair = await connectedPair();
    pair.polite.link.send("screen", new FakeTrack("video").asTrack());
    await pair.settle();
    const first = pair.impolite.link.stream("screen");
    pair.polite.link.send("screen", null);
    await pair.settle();
    expect(pair.impolite.link.stream("screen")).toBeNull();
    const transceivers = pair.polite.connection.getTransceivers().length;
    pair.polite.link.send("screen", new FakeTrack("video").asTrack());
    await pair.settle();
    expect(pair.polite.connection.getTransceivers()).toHaveLength(transceivers);
    expect(pair.impolite.link.stream("screen")).not.toBeNull();
    expect(pair.impolite.link.stream("screen")).not.toBe(first);
  });

  test("before the first offer arrived waits for it, and then reaches the other end", async () => {
    const pair = new LinkedPair("impolite");
    pair.polite.link.send("screen", new FakeTrack("video").asTrack());
    await idle();
    expect(pair.polite.outbox).toEqual([]);
    pair.start();
    await pair.settle();
    expect(receivedTrack(pair.impolite, "screen")?.kind).toBe("video");
  });
});

describe("when both ends offer at the same moment", () => {
  test("both screens arrive", async () => {
    const pair = await connectedPair();
    const offers = collectOffers(pair);
    pair.polite.link.send("screen", new FakeTrack("video").asTrack());
    pair.impolite.link.send("screen", new FakeTrack("video").asTrack());
    await pair.settle();
    expect(offers()).toBeGreaterThanOrEqual(3); // a collision, and the polite end's second try
    expect(receivedTrack(pair.polite, "screen")?.kind).toBe("video");
    expect(receivedTrack(pair.impolite, "screen")?.kind).toBe("video");
    expect([...pair.polite.errors, ...pair.impolite.errors]).toEqual([]);
  });

  test("the impolite end ignores the other's offer, and its candidates are no errors", async () => {
    const pair = await connectedPair();
    pair.polite.link.send("screen", new FakeTrack("video").asTrack());
    pair.impolite.link.send("screen", new FakeTrack("video").asTrack());
    await idle();
    const ignored = pair.polite.outbox.splice(0);
    expect(ignored.map(({ type }) => type)).toEqual(["offer"]);
    for (const signal of ignored) pair.impolite.receive(signal);
    pair.impolite.receive({
      type: "candidate",
      candidate: { candidate: "x", usernameFragment: "of the ignored offer" },
    });
    await idle();
    expect(pair.impolite.connection.signalingState).toBe("have-local-offer");
    expect(pair.impolite.errors).toEqual([]);
  });

  // A rollback leaves a Chromium with received video that is never shown again.
  test("the polite end gives way without a rollback, so that what it receives goes on", async () => {
    const pair = await connectedPair();
    const camera = pair.polite.link.stream("camera");
    pair.polite.link.send("screen", new FakeTrack("video").asTrack());
    pair.impolite.link.send("screen", new FakeTrack("video").asTrack());
    pair.polite.connection.restartIce();
    await pair.settle();
    expect(pair.polite.connection.rollbacks + pair.impolite.connection.rollbacks).toBe(0);
    expect(pair.polite.link.stream("camera")).toBe(camera);
    expect(receivedTrack(pair.impolite, "screen")?.kind).toBe("video");
  });

  test("an offer that arrives while the polite end makes its own comes first", async () => {
    const pair = await connectedPair();
    pair.impolite.link.send("screen", new FakeTrack("video").asTrack());
    await idle();
    const [offer] = pair.impolite.outbox.splice(0);
    if (!offer) throw new Error("no offer was made");
    const createOffer = pair.polite.connection.createOffer.bind(pair.polite.connection);
    pair.polite.connection.createOffer = () => {
      const made = createOffer();
      pair.polite.receive(offer);
      pair.polite.connection.createOffer = createOffer;
      return made;
    };
    pair.polite.link.send("screen", new FakeTrack("video").asTrack());
    await pair.settle();
    expect(receivedTrack(pair.polite, "screen")?.kind).toBe("video");
    expect(receivedTrack(pair.impolite, "screen")?.kind).toBe("video");
    expect([...pair.polite.errors, ...pair.impolite.errors]).toEqual([]);
  });

  test("what is added while an offer of the polite end is under way follows it", async () => {
    const pair = await connectedPair();
    pair.polite.link.send("screen", new FakeTrack("video").asTrack());
    await idle();
    pair.polite.link.send("screen-audio", new FakeTrack("audio").asTrack());
    await pair.settle();
    expect(receivedTrack(pair.impolite, "screen")?.kind).toBe("video");
    expect(receivedTrack(pair.impolite, "screen-audio")?.kind).toBe("audio");
  });

  test("late candidates of an offer that gave way are no errors", async () => {
    const pair = await connectedPair();
    pair.impolite.receive({ type: "candidate", candidate: { candidate: "x", usernameFragment: "gone" } });
    await idle();
    expect(pair.impolite.errors).toEqual([]);
  });

  test("both restarts of ICE end in one", async () => {
    const pair = await connectedPair();
    pair.polite.connection.restartIce();
    pair.impolite.connection.restartIce();
    await pair.settle();
    expect(pair.polite.connection.signalingState).toBe("stable");
    expect(pair.impolite.connection.signalingState).toBe("stable");
    expect([...pair.polite.errors, ...pair.impolite.errors]).toEqual([]);
  });
});

describe("candidates", () => {
  test("that arrive before the description wait for it", async () => {
    const pair = new LinkedPair("impolite");
    pair.start();
    await idle();
    const [offer, candidate] = pair.impolite.outbox.splice(0);
    if (!offer || !candidate) throw new Error("no offer was made");
    pair.polite.receive(candidate);
    await idle();
    expect(pair.polite.connection.candidates).toEqual([]);
    pair.polite.receive(offer);
    await idle();
    expect(pair.polite.connection.candidates).toHaveLength(1);
    expect(pair.polite.errors).toEqual([]);
  });

  test("beyond what any browser gathers are dropped while they wait", async () => {
    const pair = new LinkedPair("impolite");
    pair.start();
    await idle();
    const [offer, candidate] = pair.impolite.outbox.splice(0);
    if (!offer || !candidate) throw new Error("no offer was made");
    for (let sent = 0; sent < 1_000; sent += 1) pair.polite.receive(candidate);
    pair.polite.receive(offer);
    for (let turn = 0; turn < 200; turn += 1) await idle();
    expect(pair.polite.connection.candidates).toHaveLength(256);
  });
});

describe("what a stranger sends", () => {
  test("cannot break the connection: an offer that makes no sense is dropped", async () => {
    const pair = await connectedPair();
    pair.polite.receive({ type: "offer", number: 9, sdp: "nonsense", sources: {} });
    await idle();
    expect(pair.polite.connection.signalingState).toBe("stable");
    expect(pair.polite.errors).toHaveLength(1);
  });

  test("cannot leave an offer unanswered for good: after a wrong answer it is taken back and made again", async () => {
    const pair = await connectedPair();
    pair.impolite.link.send("screen", new FakeTrack("video").asTrack());
    await idle();
    const number = newestOffer(pair.impolite.outbox.splice(0));
    const { fingerprint } = pair.polite.connection;
    pair.impolite.receive({
      type: "answer",
      number,
      sdp: writeSession({ ufrag: "x", setup: "active", fingerprint, sections: [] }),
      sources: {},
    });
    await idle();
    expect(pair.impolite.errors).toHaveLength(1);
    await pair.settle();
    expect(receivedTrack(pair.polite, "screen")?.kind).toBe("video");
  });

  test("cannot make a connection offer forever", async () => {
    const pair = await connectedPair();
    pair.impolite.link.send("screen", new FakeTrack("video").asTrack());
    let offers = 0;
    for (let round = 0; round < 20; round += 1) {
      await idle();
      const number = newestOffer(pair.impolite.outbox.splice(0));
      if (number === 0) break;
      offers += 1;
      pair.impolite.receive({ type: "answer", number, sdp: "nonsense", sources: {} });
    }
    expect(offers).toBe(4);
  });

  test("as sources is believed only where the kind of media fits", async () => {
    const pair = new LinkedPair("impolite");
    pair.start();
    await idle();
    const [offer] = pair.impolite.outbox.splice(0);
    if (offer?.type !== "offer") throw new Error("no offer was made");
    pair.polite.receive({ ...offer, sources: { 0: "camera", 1: "microphone", 7: "screen" } });
    await idle();
    expect(pair.polite.link.stream("camera")).toBeNull();
    expect(pair.polite.link.stream("microphone")).toBeNull();
    expect(pair.polite.link.stream("screen")).toBeNull();
  });

  test("on the data channel is read only in the version that both speak", async () => {
    const pair = await connectedPair();
    openChannel(pair.impolite, pair.polite);
    await idle();
    const peer = pair.impolite.connection.channel?.peer;
    for (const data of [
      '{"v":2,"type":"note"}',
      "{",
      "[]",
      "null",
      '{"v":1}',
      new ArrayBuffer(3),
      '{"v":1,"type":"ok"}',
    ]) {
      peer?.onmessage?.({ data });
    }
    expect(pair.polite.messages).toEqual([{ v: 1, type: "ok" }]);
  });
});

describe("DTLS roles", () => {
  test("stay as they were settled when the other end restarts ICE", async () => {
    const pair = await connectedPair("impolite");
    // The answerer of the first offer took the active role; its own later offers must not leave the choice open.
    pair.polite.connection.restartIce();
    await pair.settle();
    expect(pair.impolite.connection.remoteDescription?.session.setup).toBe("active");
    expect(pair.polite.connection.remoteDescription?.session.setup).toBe("passive");
  });
});

describe("audio levels", () => {
  test("are those of the newest packets, and silence while nothing arrives", async () => {
    const pair = await connectedPair();
    expect(pair.polite.link.audioLevel("microphone")).toBe(0);
    const receiver = pair.polite.transceiver("0")?.receiver;
    if (receiver) receiver.audioLevel = 0.4;
    expect(pair.polite.link.audioLevel("microphone")).toBe(0.4);
    expect(pair.polite.link.audioLevel("screen-audio")).toBe(0);
  });
});

/** 0: there is none. */
function newestOffer(signals: readonly Signal[]): number {
  return Math.max(0, ...signals.map((signal) => (signal.type === "offer" ? signal.number : 0)));
}

function openChannel(offerer: End, answerer: End): void {
  const near = offerer.connection.channel;
  if (!near) throw new Error("no channel was made");
  const far = Object.assign(new FakeChannel(near.label), { readyState: "open" as const, peer: near });
  near.peer = far;
  answerer.connection.ondatachannel?.({ channel: far });
  near.open();
}

/** Counts the offers that pass over the wire from now on. */
function collectOffers(pair: LinkedPair): () => number {
  let offers = 0;
  for (const end of [pair.polite, pair.impolite]) {
    const receive = end.receive.bind(end);
    end.receive = (signal) => {
      if (signal.type === "offer") offers += 1;
      receive(signal);
    };
  }
  return () => offers;
}
