import { describe, expect, test } from "vitest";
import type { ConnectionReading, StoryReading } from "../../call/story/reading.js";
import { enStory } from "../strings/en-story.js";
import { bitrate, bytes, duration, endpoint, time } from "../figures.js";
import { explainSdp, readCandidate } from "./sdp-lines.js";
import { connectionSteps, signallingNow, signallingSteps } from "./steps.js";

/** Narrow spaces as plain ones. */
const plain = (text: string): string => text.replaceAll("\u202f", " ");

describe("figures", () => {
  test.each([
    [0, "0 ms"],
    [41.4, "41 ms"],
    [1_234.5, "1 235 ms"],
    [123_456, "123 456 ms"],
    [-320.2, "\u2212320 ms"],
    [-0.2, "0 ms"],
    [754_321, "12:34 min"],
    [-754_321, "\u221212:34 min"],
  ])("of the moment %d are %s", (milliseconds, text) => expect(plain(time(milliseconds))).toBe(text));

  test.each([
    [0, "under 1 ms"],
    [34.4, "34 ms"],
  ])("of a round trip of %d are %s", (milliseconds, text) => expect(plain(duration(milliseconds))).toBe(text));

  test("of bytes and bits have the unit that fits", () => {
    expect([12, 105_122, 7_340_000].map((count) => plain(bytes(count)))).toEqual(["12 B", "105 kB", "7.3 MB"]);
    expect([0, 231_400, 2_480_000].map((rate) => plain(bitrate(rate)))).toEqual([
      "0 kbit/s",
      "231 kbit/s",
      "2.5 Mbit/s",
    ]);
  });

  test("of an address keep its port apart", () => {
    expect(endpoint("192.0.2.2", 35654)).toBe("192.0.2.2:35654");
    expect(endpoint("fd00::2", 38098)).toBe("[fd00::2]:38098");
    expect(endpoint("5f9d6a3e.local", null)).toBe("5f9d6a3e.local");
  });
});

describe("a session description", () => {
  const lines = explainSdp(
    "v=0\r\nm=audio 9 X 111\r\na=rtpmap:111 opus\r\na=rtpmap:9 G722\r\na=x-new\r\n",
    enStory.sdp,
  );

  test("is explained once for each kind of line", () => {
    expect(lines.map(({ words }) => words !== null)).toEqual([true, true, true, false, false]);
    expect(lines.map(({ section }) => section)).toEqual([false, true, false, false, false]);
  });

  test("is shown whole, known or not", () => {
    expect(lines.map(({ text }) => text)).toEqual([
      "v=0",
      "m=audio 9 X 111",
      "a=rtpmap:111 opus",
      "a=rtpmap:9 G722",
      "a=x-new",
    ]);
  });
});

describe("a candidate", () => {
  test("is read as both browsers write it", () => {
    expect(readCandidate("candidate:466755063 1 udp 2122194687 192.0.2.2 35654 typ host generation 0")).toEqual({
      protocol: "udp",
      priority: "2122194687",
      address: "192.0.2.2",
      port: 35654,
      type: "host",
    });
    expect(readCandidate("candidate:6 1 TCP 2105458943 fd00::2 9 typ host tcptype active")).toMatchObject({
      protocol: "tcp",
      address: "fd00::2",
    });
  });

  test.each(["", "candidate:", "something else"])("is not seen in %j", (text) =>
    expect(readCandidate(text)).toBeNull(),
  );
});

const connection: ConnectionReading = {
  number: 1,
  polite: true,
  offersFirst: false,
  openedAt: 90,
  closedAt: null,
  milestones: { offer: 91, answer: 120, candidate: 95, checking: 121, path: 140, keys: 160 },
  candidates: {
    sent: { host: 0, srflx: 0, prflx: 0, relay: 0 },
    received: { host: 0, srflx: 0, prflx: 0, relay: 0 },
  },
  entries: [],
  forgotten: 0,
  states: null,
  iceServers: [],
  inspection: null,
  sources: { sent: {}, received: {} },
};

describe("the steps of a connection", () => {
  const keys = (reading: ConnectionReading) => connectionSteps(reading, enStory).map(({ key }) => key);

  test("come in the order in which they came, and then those that have not", () => {
    expect(keys(connection)).toEqual(
      "opened offer candidate answer checking path keys channel audio video frame".split(" "),
    );
  });

  test("of one that is closed end with what it reached", () => {
    expect(keys({ ...connection, closedAt: 500 })).toEqual(
      "opened offer candidate answer checking path keys".split(" "),
    );
  });

  test("say who offered", () => {
    const titles = (offersFirst: boolean) =>
      connectionSteps({ ...connection, offersFirst }, enStory).map(({ title }) => title);
    expect(titles(true)).toEqual(expect.arrayContaining(["Sent an offer", "Received the answer"]));
    expect(titles(false)).toEqual(expect.arrayContaining(["Received an offer", "Sent the answer"]));
  });
});

test("the steps to the server have Join among them, where it was", () => {
  const reading: StoryReading = {
    now: 900,
    peers: [],
    signalling: [
      { at: -310, step: "polling" },
      { at: -290, step: "websocket" },
      { at: 1, step: "join" },
      { at: 12, step: "admitted" },
      { at: 700, step: "lost" },
    ],
  };
  expect(signallingSteps(reading, enStory).map(({ title }) => title)).toEqual([
    "Connected by HTTP long-polling",
    "Connected by WebSocket",
    "You pressed Join",
    "Asked to come in",
    "Let in",
    "Server out of reach",
  ]);
});

test.each([
  ["", null],
  ["polling join websocket admitted", "websocket"],
  ["polling join admitted", "polling"],
  ["polling admitted lost", null],
  ["polling admitted lost polling", "polling"],
  ["polling closed", null],
] as const)("after %j messages go by %s", (steps, transport) => {
  const signalling = steps.split(" ").map((step, at) => ({ at, step }) as StoryReading["signalling"][number]);
  expect(signallingNow(signalling)).toBe(transport);
});
