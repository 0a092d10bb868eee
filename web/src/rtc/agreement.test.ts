import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeMediaStream } from "./testing/fake-media.js";
import type { End } from "./testing/linked-pair.js";
import { Quarrel } from "./testing/quarrel.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", FakeMediaStream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function expectAgreement(one: End, other: End): void {
  expect(one.errors).toEqual([]);
  expect(one.foreign).toEqual([]);
  expect(one.connection.rollbacks).toBe(0);
  expect(one.connection.signalingState).toBe("stable");
  expect(one.connection.remoteDescription?.session.ufrag).toBe(other.connection.localDescription?.session.ufrag);
  for (const source of ["screen", "screen-audio"] as const) {
    const sent = one.connection
      .getTransceivers()
      .find(({ kind, direction, sender }) => direction === "sendonly" && sender.track !== null && fits(kind, source));
    const received = other.link.stream(source)?.getTracks()[0];
    const transceiver = other.connection.getTransceivers().find(({ receiver }) => receiver.track === received);
    expect(transceiver?.mid, source).toBe(sent?.mid);
    if (sent) expect([sent.currentDirection, transceiver?.currentDirection]).toEqual(["sendonly", "recvonly"]);
  }
}

function fits(kind: "audio" | "video", source: "screen" | "screen-audio"): boolean {
  return kind === (source === "screen" ? "video" : "audio");
}

test.each(Array.from({ length: 20 }, (_, block) => block))(
  "two ends always come to agree (block %i)",
  async (block) => {
    for (let seed = block * 25; seed < (block + 1) * 25; seed += 1) {
      const quarrel = new Quarrel(seed);
      const { polite, impolite } = quarrel.pair;
      try {
        await quarrel.run();
        expectAgreement(polite, impolite);
        expectAgreement(impolite, polite);
      } catch (error) {
        throw new Error(`seed ${String(seed)}`, { cause: error });
      }
      polite.link.close();
      impolite.link.close();
    }
  },
);
