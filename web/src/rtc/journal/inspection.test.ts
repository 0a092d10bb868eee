import { describe, expect, test } from "vitest";
// Recorded on 21 November 2026 at the two ends of one call of ours; certificates without their bytes.
import chromium from "../testing/stats-chromium-156.json";
import firefox from "../testing/stats-firefox-153.json";
import { Inspector } from "./inspection.js";

interface Stats {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

const reportOf = (stats: readonly Stats[]): ReadonlyMap<string, unknown> => new Map(stats.map((s) => [s.id, s]));
const inspect = (stats: readonly Stats[]) => new Inspector().inspect(reportOf(stats));
/** As a browser that tells less: without these fields of these statistics. */
const without = (stats: readonly Stats[], type: string, ...fields: readonly string[]): Stats[] =>
  stats.map((s) => (s.type === type ? { ...s, ...Object.fromEntries(fields.map((field) => [field, undefined])) } : s));

describe("what Chromium tells", () => {
  test("names the chosen pair, its addresses and its round trip", () => {
    expect(inspect(chromium).path).toEqual({
      local: { type: "host", protocol: "udp", address: "fd00::2", port: 52096, relayProtocol: null },
      remote: { type: "host", protocol: "udp", address: "fd00::2", port: 59776, relayProtocol: null },
      roundTrip: 0,
      sent: 105122,
      received: 58106,
      changes: 1,
    });
  });

  test("names the keys, with the fingerprints that stand in the descriptions", () => {
    expect(inspect(chromium).keys).toEqual({
      state: "connected",
      version: "1.3",
      role: "server",
      cipher: "TLS_AES_128_GCM_SHA256",
      mediaCipher: "SRTP_AES128_CM_HMAC_SHA1_80",
      ownFingerprint: expect.stringMatching(/^C2:FD:B1:/) as string,
      otherFingerprint: expect.stringMatching(/^8F:48:9B:/) as string,
    });
  });

  test("names what flows, in the order of the descriptions", () => {
    expect(inspect(chromium).flows).toMatchObject([
      { direction: "sent", kind: "audio", mid: "0", codec: "opus", width: null, lost: 0, implementation: null },
      { direction: "received", kind: "audio", mid: "0", codec: "opus", lost: 0 },
      { direction: "sent", mid: "1", codec: "VP8", width: 320, height: 180, framesPerSecond: 10 },
      { direction: "received", mid: "1", codec: "VP8", width: 320, framesPerSecond: 7, implementation: "libvpx" },
    ]);
  });

  test("names the data channel", () => {
    expect(inspect(chromium).channel).toEqual({
      label: "parley",
      state: "open",
      messagesSent: 1,
      messagesReceived: 2,
    });
  });
});

describe("what Firefox tells", () => {
  test("names the chosen pair and the keys, but no fingerprints", () => {
    const { path, keys } = inspect(firefox);
    expect(path).toMatchObject({
      local: { type: "host", protocol: "udp", address: "fd00::2", port: 59776 },
      remote: { type: "host", protocol: "udp", address: "fd00::2", port: 52096 },
      roundTrip: 0,
      changes: null,
    });
    expect(keys).toEqual({
      state: "connected",
      version: "1.3",
      role: "client",
      cipher: "TLS_AES_128_GCM_SHA256",
      mediaCipher: "SRTP_AES128_CM_HMAC_SHA1_80",
      ownFingerprint: null,
      otherFingerprint: null,
    });
  });

  test("names what flows, without who decodes it", () => {
    expect(inspect(firefox).flows).toMatchObject([
      { direction: "sent", kind: "audio", codec: "opus", lost: 0 },
      { direction: "received", kind: "audio", codec: "opus", lost: 0 },
      { direction: "sent", kind: "video", codec: "VP8", width: 320, height: 180, framesPerSecond: 8 },
      { direction: "received", kind: "video", codec: "VP8", width: 320, height: 180, implementation: null },
    ]);
  });

  test("still leads to the pair when it says nothing of the transport", () => {
    const { path, keys } = inspect(firefox.filter(({ type }) => type !== "transport"));
    expect(keys).toBeNull();
    expect(path?.local.port).toBe(59776);
  });
});

describe("a browser that does not tell", () => {
  test("everything at the start has nothing, and says so", () => {
    expect(inspect([])).toEqual({ path: null, keys: null, flows: [], channel: null });
  });

  test("which pair is selected is believed to use the nominated one that works", () => {
    const told = without(without(chromium, "transport", "selectedCandidatePairId"), "candidate-pair", "selected");
    expect(inspect(told).path?.local.port).toBe(52096);
  });

  test("of ciphers or addresses leaves them open", () => {
    const told = without(
      without(chromium, "transport", "dtlsCipher", "srtpCipher", "tlsVersion"),
      "remote-candidate",
      "address",
      "port",
    );
    const { path, keys } = inspect(told);
    expect(keys).toMatchObject({ version: null, cipher: null, mediaCipher: null, state: "connected" });
    expect(path?.remote).toMatchObject({ type: "host", address: null, port: null });
  });

  test("with a version that nobody knows yet gives it as it is", () => {
    const told = chromium.map((s) => (s.type === "transport" ? { ...s, tlsVersion: "FEFB" } : s));
    expect(inspect(told).keys?.version).toBe("FEFB");
  });

  test("by nonsense is not believed", () => {
    const report = new Map<string, unknown>([
      ["a", null],
      ["b", "text"],
      ["c", { id: "c", type: "inbound-rtp", kind: "smell" }],
      ["d", { id: "d", type: "transport", selectedCandidatePairId: 7, tlsVersion: 3 }],
    ]);
    expect(new Inspector().inspect(report)).toMatchObject({ path: null, flows: [], keys: { version: null } });
  });
});

describe("a relayed path", () => {
  test("says so, and how the relay is reached", () => {
    const relayed = chromium.map((s) =>
      s.type === "local-candidate" ? { ...s, candidateType: "relay", relayProtocol: "tls" } : s,
    );
    expect(inspect(relayed).path?.local).toMatchObject({ type: "relay", relayProtocol: "tls" });
  });
});

describe("bits per second", () => {
  const later = (milliseconds: number, bytes: number): Stats[] =>
    chromium.map((s) => ({
      ...s,
      timestamp: s.timestamp + milliseconds,
      ...(s.bytesReceived === undefined ? {} : { bytesReceived: s.bytesReceived + bytes }),
    }));
  const camera = (inspector: Inspector, stats: readonly Stats[]) =>
    inspector
      .inspect(reportOf(stats))
      .flows.find(({ direction, kind }) => direction === "received" && kind === "video");

  test("are known from the second look on", () => {
    const inspector = new Inspector();
    expect(camera(inspector, later(0, 0))?.bitrate).toBeNull();
    expect(camera(inspector, later(2_000, 50_000))?.bitrate).toBeCloseTo(200_000);
    expect(camera(inspector, later(3_000, 50_000))?.bitrate).toBe(0);
  });

  test("are not known when no time has passed, and never less than none", () => {
    const inspector = new Inspector();
    camera(inspector, later(1_000, 90_000));
    expect(camera(inspector, later(1_000, 95_000))?.bitrate).toBeNull();
    expect(camera(inspector, later(2_000, 10))?.bitrate).toBe(0);
  });
});
