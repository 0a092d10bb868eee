import { describe, expect, test } from "vitest";
import chromium from "../../rtc/testing/stats-chromium-156.json";
import firefox from "../../rtc/testing/stats-firefox-153.json";
import { type Diagnosis, diagnose } from "./diagnosis.js";
import { factsOf } from "./facts.js";
import { sampleOf } from "./sample.js";

type Recorded = readonly Readonly<Record<string, unknown>>[];

const flows = { "0": "microphone", "1": "camera" } as const;
const both = { sent: flows, received: flows };

const report = (recorded: Recorded): Map<string, Record<string, unknown>> =>
  new Map(recorded.map((stats) => [String(stats["id"]), { ...stats }]));

/** What a browser has recorded, as it was two seconds before: `counted` less by type and kind, and older. */
function earlier(recorded: Recorded, counted: Record<string, Record<string, number>>): Map<string, unknown> {
  return new Map(
    [...report(recorded)].map(([id, stats]) => {
      const less = counted[`${String(stats["type"])} ${String(stats["kind"])}`] ?? {};
      const before = Object.fromEntries(Object.entries(less).map(([name, by]) => [name, Number(stats[name]) - by]));
      return [id, { ...stats, timestamp: Number(stats["timestamp"]) - 2_000, ...before }];
    }),
  );
}

const counted = {
  "inbound-rtp audio": {
    bytesReceived: 10_000,
    packetsReceived: 98,
    packetsLost: 2,
    totalSamplesReceived: 96_000,
    concealedSamples: 960,
  },
  "inbound-rtp video": {
    bytesReceived: 20_000,
    packetsReceived: 30,
    framesDecoded: 16,
    framesDropped: 4,
    totalFreezesDuration: 0.5,
  },
  "outbound-rtp audio": { bytesSent: 12_000, packetsSent: 100 },
  "outbound-rtp video": { bytesSent: 25_000, packetsSent: 50, framesEncoded: 20, totalEncodeTime: 0.1 },
  "remote-inbound-rtp audio": { packetsLost: 5 },
};

describe.each([
  ["Chromium 156", chromium, 1_115_428],
  ["Firefox 153", firefox, null],
])("two reports of %s", (_, recorded: Recorded, availableOutgoingBitrate) => {
  const sample = sampleOf(earlier(recorded, counted), report(recorded), both);

  test("tell of the path", () => {
    expect(sample).toMatchObject({ currentRoundTripTime: 0, availableOutgoingBitrate, relay: null });
  });

  test("tell what was sent in between", () => {
    expect(sample?.sent.microphone).toMatchObject({ bitrate: 48_000, packets: 100, packetsLost: 5 });
    expect(sample?.sent.camera).toMatchObject({
      bitrate: 100_000,
      frameWidth: 320,
      frameHeight: 180,
      framesPerSecond: 10,
      cpuLimited: 0,
    });
  });

  test("tell what was received in between", () => {
    expect(sample?.received.microphone).toMatchObject({
      bitrate: 40_000,
      packets: 98,
      packetsLost: 2,
      concealed: 0.01,
    });
    expect(sample?.received.camera).toMatchObject({ framesPerSecond: 8, framesDropped: 0.2, frozen: 0.25 });
    expect([sample?.received.screen, sample?.sent["screen-audio"]]).toEqual([undefined, undefined]);
  });
});

test("a camera and a screen are told apart by where they go", () => {
  const sample = sampleOf(earlier(chromium, counted), report(chromium), { sent: { "1": "screen" }, received: {} });
  expect(Object.keys(sample?.sent ?? {})).toEqual(["screen"]);
  expect(sample?.received).toEqual({});
});

describe("a relay at either end is told", () => {
  const relayed = (
    recorded: Recorded,
    end: "localCandidateId" | "remoteCandidateId",
    more: Record<string, unknown>,
  ): ReturnType<typeof report> => {
    const now = report(recorded);
    const pair = [...now.values()].find(({ type, nominated }) => type === "candidate-pair" && nominated === true);
    Object.assign(now.get(String(pair?.[end])) ?? {}, { candidateType: "relay", ...more });
    return now;
  };

  test("by its URL where the browser has it, and else by its address", () => {
    const url = "turn:turn.example.org:3478?transport=udp";
    const own = relayed(chromium, "localCandidateId", { url, address: "192.0.2.7" });
    expect(sampleOf(earlier(chromium, counted), own, both)?.relay).toEqual({ at: "here", address: url });
    const bare = relayed(firefox, "localCandidateId", { address: "192.0.2.7" });
    expect(sampleOf(earlier(firefox, counted), bare, both)?.relay).toEqual({ at: "here", address: "192.0.2.7" });
    const theirs = relayed(chromium, "remoteCandidateId", { address: "192.0.2.8" });
    expect(sampleOf(earlier(chromium, counted), theirs, both)?.relay).toEqual({ at: "there", address: "192.0.2.8" });
  });

  test("as the own one where both have one", () => {
    const now = relayed(chromium, "remoteCandidateId", { address: "192.0.2.8" });
    const pair = now.get("CPP+f1zCS8_SjOob/Xk");
    Object.assign(now.get(String(pair?.["localCandidateId"])) ?? {}, { candidateType: "relay", address: null });
    expect(sampleOf(earlier(chromium, counted), now, both)?.relay).toEqual({ at: "here", address: "" });
  });
});

test("a busy machine is told, in the words of either browser", () => {
  const limited = report(chromium);
  Object.assign(limited.get("OT01V2172686361") ?? {}, {
    qualityLimitationDurations: { cpu: 1.5, bandwidth: 0, none: 5, other: 0 },
  });
  expect(sampleOf(earlier(chromium, counted), limited, both)?.sent.camera?.cpuLimited).toBe(0.75);
  const slow = { ...counted, "outbound-rtp video": { framesEncoded: 20, totalEncodeTime: 1.9 } };
  const recorded = firefox.map((stats) =>
    stats.type === "outbound-rtp" && stats.kind === "video" ? { ...stats, totalEncodeTime: 5 } : stats,
  );
  expect(sampleOf(earlier(recorded, slow), report(recorded), both)?.sent.camera?.cpuLimited).toBe(1);
});

describe("a machine that limits the picture is named by what its browser counts", () => {
  const culprit = (before: Recorded, now: Recorded, more: Record<string, Record<string, number>>): Diagnosis => {
    const samples = [sampleOf(earlier(before, { ...counted, ...more }), report(now), both)].flatMap(
      (each) => each ?? [],
    );
    return diagnose({
      mine: factsOf(samples),
      theirs: null,
      relay: null,
      microphone: "on",
      others: 0,
      othersLosingSent: 0,
      othersLosingReceived: 0,
      beside: { others: 0, losingSent: 0, losingReceived: 0, slow: 0 },
    });
  };
  const video = (recorded: Recorded, fields: Record<string, unknown>): Recorded =>
    recorded.map((stats) =>
      stats["type"] === "outbound-rtp" && stats["kind"] === "video" ? { ...stats, ...fields } : stats,
    );
  const quiet = { "remote-inbound-rtp audio": {}, "inbound-rtp audio": {}, "inbound-rtp video": {} };
  const durations = (cpu: number, bandwidth: number) => ({
    qualityLimitationDurations: { cpu, bandwidth, none: 5, other: 0 },
  });

  test("Chromium's time of a limit by the machine, and not that of a limit by the line", () => {
    const before = video(chromium, durations(0, 0));
    expect(culprit(before, video(chromium, durations(1.5, 0)), quiet)).toEqual({
      culprit: "my-computer",
      evidence: [{ at: "here", fact: "cpuLimited", value: 0.75 }],
    });
    expect(culprit(before, video(chromium, durations(0.7, 0)), quiet).culprit).toBe("nothing");
    expect(culprit(before, video(chromium, durations(0, 1.5)), quiet).culprit).toBe("nothing");
  });

  test("Firefox's time spent on encoding", () => {
    const recorded = video(firefox, { totalEncodeTime: 5 });
    const encoding = (totalEncodeTime: number) => ({ "outbound-rtp video": { framesEncoded: 8, totalEncodeTime } });
    expect(culprit(recorded, recorded, { ...quiet, ...encoding(1.9) })).toMatchObject({
      culprit: "my-computer",
      evidence: [{ at: "here", fact: "cpuLimited", value: 1 }],
    });
    expect(culprit(recorded, recorded, { ...quiet, ...encoding(1.5) }).culprit).toBe("nothing");
  });

  test("frames that come and are not shown", () => {
    const shown = (framesDecoded: number, framesDropped: number) => ({
      ...quiet,
      "inbound-rtp video": { framesDecoded, framesDropped },
    });
    expect(culprit(chromium, chromium, shown(15, 5))).toMatchObject({
      culprit: "my-computer",
      evidence: [{ at: "here", fact: "framesDropped", value: 0.25 }],
    });
    expect(culprit(chromium, chromium, shown(19, 1)).culprit).toBe("nothing");
  });
});

describe("nothing is told", () => {
  test("of a first report, of one that is too old, and of one twice", () => {
    const now = report(chromium);
    expect(sampleOf(null, now, both)).toBeNull();
    expect(sampleOf(now, now, both)).toBeNull();
    const old = new Map(
      [...now].map(([id, stats]) => [id, { ...stats, timestamp: Number(stats["timestamp"]) - 20_000 }]),
    );
    expect(sampleOf(old, now, both)).toBeNull();
  });

  test("of what is no statistics", () => {
    const nonsense = new Map<string, unknown>([
      ["a", null],
      ["b", "text"],
      ["c", { type: "transport", selectedCandidatePairId: 7 }],
      ["d", { type: "inbound-rtp", mid: {}, timestamp: "now" }],
    ]);
    expect(sampleOf(nonsense, nonsense, both)).toBeNull();
  });

  test("is less than nothing: a counter that began anew has counted nothing", () => {
    const before = report(chromium);
    for (const stats of before.values())
      Object.assign(stats, { timestamp: Number(stats["timestamp"]) - 2_000, bytesSent: 1e9 });
    expect(sampleOf(before, report(chromium), both)?.sent.camera?.bitrate).toBe(0);
  });
});
