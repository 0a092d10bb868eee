import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeMediaStream, FakeTrack } from "../testing/fake-media.js";
import { FakePeerConnection } from "../testing/fake-peer-connection.js";
import { FakeChannel } from "../testing/fake-transceiver.js";
import { LinkedPair } from "../testing/linked-pair.js";
import { Journal, candidateType } from "./journal.js";
import { watchChannel, watchConnection } from "./watch.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal("MediaStream", FakeMediaStream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const candidate = (type: string) => ({
  type: "candidate" as const,
  candidate: { candidate: `candidate:1 1 udp 2122194687 192.0.2.2 35654 typ ${type} generation 0`, sdpMid: "0" },
});
const offer = (sdp: string, number = 1) => ({ type: "offer" as const, number, sdp, sources: {} });

describe("a journal", () => {
  test("tells both ends' first negotiation in its order", async () => {
    const pair = new LinkedPair();
    pair.start();
    await pair.settle();
    const told = (journal: Journal) =>
      journal.entries.map((entry) =>
        entry.kind === "state"
          ? `${entry.of} ${entry.state}`
          : [entry.kind, "direction" in entry ? entry.direction : ""].join(" "),
      );
    expect(told(pair.impolite.journal)).toEqual([
      "signaling have-local-offer",
      "offer sent",
      "candidate sent",
      "answer received",
      "candidate received",
      "signaling stable",
    ]);
    expect(told(pair.polite.journal)).toEqual([
      "offer received",
      "candidate received",
      "signaling have-remote-offer",
      "signaling stable",
      "answer sent",
      "candidate sent",
    ]);
    expect(pair.polite.journal.entries.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(pair.polite.journal.sources.received).toEqual({ 0: "microphone", 1: "camera" });
  });

  test("keeps the time of the first time for good", () => {
    const journal = new Journal();
    journal.signal("sent", offer("v=0"));
    vi.advanceTimersByTime(40);
    journal.add({ kind: "state", of: "ice", state: "connected" });
    vi.advanceTimersByTime(1_000);
    journal.add({ kind: "state", of: "ice", state: "disconnected" });
    journal.add({ kind: "state", of: "ice", state: "connected" });
    for (let times = 0; times < 1_000; times += 1) journal.signal("received", candidate("host"));
    expect(Object.fromEntries(journal.milestones)).toEqual({ offer: 0, path: 40, candidate: 1_040 });
  });

  test("counts candidates by type and direction, whatever it forgets", () => {
    const journal = new Journal();
    for (let times = 0; times < 300; times += 1) journal.signal("received", candidate("srflx"));
    journal.signal("sent", candidate("relay"));
    journal.signal("sent", { type: "candidate", candidate: { candidate: "" } });
    journal.signal("sent", { type: "candidate", candidate: {} });
    expect(journal.candidates).toEqual({
      sent: { host: 0, srflx: 0, prflx: 0, relay: 1 },
      received: { host: 0, srflx: 300, prflx: 0, relay: 0 },
    });
    expect(journal.entries).toHaveLength(256);
    expect(journal.forgotten).toBe(47);
    expect(journal.entries[0]?.number).toBe(48);
  });

  test("keeps the newest descriptions whole, and of older ones their length", () => {
    const journal = new Journal();
    for (let times = 0; times < 8; times += 1) journal.signal("sent", offer(`v=${String(times)}`));
    const texts = journal.entries.flatMap((entry) => (entry.kind === "offer" ? [entry.text] : []));
    expect(texts.map(({ sdp }) => sdp)).toEqual([null, null, "v=2", "v=3", "v=4", "v=5", "v=6", "v=7"]);
    expect(texts.every(({ length }) => length === 3)).toBe(true);
  });

  test("tells an ICE restart by its new credentials", () => {
    const journal = new Journal();
    for (const ufrag of ["a", "a", "b"]) journal.signal("sent", offer(`v=0\r\na=ice-ufrag:${ufrag}\r\n`));
    journal.signal("received", { ...offer("v=0\r\na=ice-ufrag:c\r\n"), type: "answer" });
    expect(journal.entries.map((entry) => "restart" in entry && entry.restart)).toEqual([false, false, true, false]);
  });

  test("tells what is sent once more by its number", () => {
    const journal = new Journal();
    journal.signal("sent", offer("ours", 5));
    journal.signal("sent", offer("ours, with candidates", 5));
    journal.signal("received", { ...offer("settled", 5), type: "answer" });
    journal.signal("sent", offer("another", 6));
    journal.signal("received", { ...offer("settled", 6), type: "answer" });
    journal.signal("received", offer("theirs", 9));
    journal.signal("sent", { ...offer("settled", 9), type: "answer" });
    journal.signal("received", offer("theirs", 9));
    journal.signal("sent", { ...offer("settled", 9), type: "answer" });
    expect(journal.entries.map((entry) => "again" in entry && entry.again)).toEqual([
      false,
      true,
      ...[false, false, false],
      ...[false, false],
      ...[true, true],
    ]);
  });

  test.each([
    [true, "yielded"],
    [false, "ignored"],
  ])("tells a collision of offers, and who gave way (polite: %s)", (polite, outcome) => {
    const journal = new Journal(polite);
    journal.signal("sent", offer("ours", 1));
    journal.signal("received", offer("theirs", 7));
    if (polite) journal.signal("sent", { ...offer("settled", 7), type: "answer" });
    else journal.signal("received", { ...offer("settled", 1), type: "answer" });
    journal.signal("received", offer("later", 8));
    expect(journal.entries.map((entry) => "collision" in entry && entry.collision)).toEqual([
      null,
      outcome,
      null,
      null,
    ]);
  });

  test("takes an offer that comes again for no collision", () => {
    const journal = new Journal();
    journal.signal("received", offer("theirs", 7));
    journal.signal("sent", { ...offer("settled", 7), type: "answer" });
    journal.signal("sent", offer("ours", 2));
    journal.signal("received", offer("theirs", 7));
    expect(journal.entries.at(-1)).toMatchObject({ again: true, collision: null });
  });

  test("does not keep more of a stranger's description than a browser would write", () => {
    const journal = new Journal();
    journal.signal("received", offer("x".repeat(65_536)));
    const [entry] = journal.entries;
    expect(entry?.kind === "offer" && [entry.text.length, entry.text.sdp?.length]).toEqual([65_536, 32_768]);
  });

  test("ends with its connection", () => {
    const pair = new LinkedPair();
    const { journal, link } = pair.impolite;
    expect(journal.connection).not.toBeNull();
    vi.advanceTimersByTime(5);
    link.close();
    journal.add({ kind: "frame" });
    journal.signal("received", offer("late"));
    expect([journal.closedAt, journal.connection, journal.entries]).toEqual([5, null, []]);
  });
});

describe("the type of a candidate", () => {
  test.each([
    ["candidate:1 1 udp 2122194687 192.0.2.2 35654 typ host generation 0", "host"],
    ["candidate:1 1 UDP 1685987327 198.51.100.7 40001 typ srflx raddr 192.0.2.2 rport 35654", "srflx"],
    ["candidate:1 1 udp 92217087 203.0.113.9 49160 typ relay raddr 198.51.100.7 rport 40001", "relay"],
    ["candidate:1 1 udp 1 192.0.2.2 9 typ prflx", "prflx"],
    ["candidate:1 1 udp 1 192.0.2.2 9 typ hosts", null],
    ["", null],
  ])("of %s is %s", (text, type) => expect(candidateType(text)).toBe(type));
});

describe("watching a connection", () => {
  class FakeTransport extends EventTarget {
    state = "new";
    iceTransport: unknown = undefined;

    become(state: string): void {
      this.state = state;
      this.dispatchEvent(new Event("statechange"));
    }
  }

  class FakeIceTransport extends EventTarget {
    getSelectedCandidatePair(): unknown {
      return { local: { candidate: "local text" }, remote: { candidate: "remote text" } };
    }
  }

  function watched(transport: FakeTransport | null = null) {
    const journal = new Journal();
    const connection = new FakePeerConnection();
    const transceiver = connection.addTransceiver("audio");
    watchConnection(connection.asConnection(), journal);
    transceiver.sender.transport = transport;
    connection.dispatchEvent(new Event("signalingstatechange"));
    return { journal, connection };
  }

  const states = (journal: Journal, of: string) =>
    journal.entries.flatMap((entry) => (entry.kind === "state" && entry.of === of ? [entry.state] : []));

  test("tells of its DTLS transport once, and not of one that BUNDLE closed", () => {
    const transport = new FakeTransport();
    const { journal, connection } = watched(transport);
    connection.dispatchEvent(new Event("signalingstatechange"));
    transport.become("connecting");
    transport.become("connected");
    transport.become("closed");
    expect(states(journal, "dtls")).toEqual(["connecting", "connected"]);
    expect([...journal.milestones.keys()]).toEqual(["keys"]);
  });

  test("tells which pair was chosen, where the browser says so", () => {
    const transport = new FakeTransport();
    const ice = new FakeIceTransport();
    transport.iceTransport = ice;
    const { journal } = watched(transport);
    ice.dispatchEvent(new Event("selectedcandidatepairchange"));
    expect(journal.entries.at(-1)).toMatchObject({ kind: "pair", local: "local text", remote: "remote text" });
  });

  test("does without a browser's transports", () => {
    const { journal, connection } = watched();
    connection.become("connected");
    expect(states(journal, "connection")).toEqual(["connected"]);
  });

  test("tells of the first packet of a track once", () => {
    const { journal, connection } = watched();
    const track = Object.assign(new EventTarget(), { kind: "video" });
    connection.dispatchEvent(Object.assign(new Event("track"), { track }));
    track.dispatchEvent(new Event("unmute"));
    track.dispatchEvent(new Event("unmute"));
    expect(journal.entries.filter(({ kind }) => kind === "packet")).toMatchObject([{ media: "video" }]);
  });

  test("tells when the data channel opens, or that it is open already", () => {
    const journal = new Journal();
    const channel = new FakeChannel("parley");
    watchChannel(channel as unknown as RTCDataChannel, journal);
    channel.open();
    watchChannel(channel as unknown as RTCDataChannel, journal);
    expect(states(journal, "channel")).toEqual(["open", "open"]);
  });
});

// The fakes' tracks are no event targets; a link that is watched must not mind.
test("a link is watched from its first moment", () => {
  const pair = new LinkedPair();
  pair.polite.link.send("camera", new FakeTrack("video").asTrack());
  pair.polite.connection.become("connecting");
  expect(pair.polite.journal.entries).toMatchObject([{ kind: "state", of: "connection", state: "connecting" }]);
});
