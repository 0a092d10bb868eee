import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeMediaStream } from "./testing/fake-media.js";
import { type End, LinkedPair } from "./testing/linked-pair.js";

let pair: LinkedPair;
let left: End;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", FakeMediaStream);
  pair = new LinkedPair();
  left = pair.polite;
  pair.start();
  await pair.settle();
  for (const { connection } of [pair.polite, pair.impolite]) connection.become("connected");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const transport = (iceState: string): Map<string, unknown> => new Map([["T", { type: "transport", iceState }]]);

async function otherEndRestarts(): Promise<void> {
  pair.impolite.connection.restartIce();
  await pair.settle();
}

test("an end that still checks long after a restart restarts by itself, and again while it does not help", async () => {
  await otherEndRestarts();
  left.connection.stats = transport("checking");
  await vi.advanceTimersByTimeAsync(5_999);
  expect(left.connection.restarts).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(left.connection.restarts).toBe(1);
  await pair.settle();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(left.connection.restarts).toBe(2);
});

test("an end that has come along is left alone", async () => {
  await otherEndRestarts();
  left.connection.stats = transport("connected");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(left.connection.restarts).toBe(0);
});

test("a negotiation without a restart is not watched", async () => {
  left.connection.stats = transport("checking");
  pair.impolite.link.send("screen", null);
  await pair.settle();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(left.connection.restarts).toBe(0);
});

test("an end that knows that it is down leaves it to its recovery", async () => {
  await otherEndRestarts();
  left.connection.stats = transport("checking");
  await vi.advanceTimersByTimeAsync(5_500);
  left.connection.become("disconnected");
  await vi.advanceTimersByTimeAsync(500);
  expect(left.connection.restarts).toBe(0);
});

test("a link that is closed does nothing more", async () => {
  await otherEndRestarts();
  left.connection.stats = transport("checking");
  left.link.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(left.connection.restarts).toBe(0);
});
