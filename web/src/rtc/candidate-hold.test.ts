import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CandidateHold } from "./candidate-hold.js";

const firefox = (fragment: string): string =>
  `v=0\r\no=mozilla...THIS_IS_SDPARTA-99.0 1 0 IN IP4 0.0.0.0\r\na=ice-ufrag:${fragment}\r\n`;
const chromium = (fragment: string): string => `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\na=ice-ufrag:${fragment}\r\n`;
const candidate = (number: number): RTCIceCandidateInit => ({ candidate: `candidate:${String(number)}` });

let released: RTCIceCandidateInit[][];
let hold: CandidateHold;

beforeEach(() => {
  vi.useFakeTimers();
  released = [];
  hold = new CandidateHold((candidates) => released.push([...candidates]));
});
afterEach(() => {
  vi.useRealTimers();
});

test("a Firefox waits a second with what a Chromium sends after an ICE restart, and keeps the order", async () => {
  hold.handleRemote(chromium("b"), chromium("a"), firefox("c"));
  expect([hold.keep(candidate(1)), hold.keep(candidate(2))]).toEqual([true, true]);
  await vi.advanceTimersByTimeAsync(999);
  expect(released).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(released).toEqual([[candidate(1), candidate(2)]]);
  expect(hold.keep(candidate(3))).toBe(false);
});

test("a second restart begins the wait anew and loses nothing", async () => {
  hold.handleRemote(chromium("b"), chromium("a"), firefox("x"));
  hold.keep(candidate(1));
  await vi.advanceTimersByTimeAsync(900);
  hold.handleRemote(chromium("c"), chromium("b"), firefox("y"));
  hold.keep(candidate(2));
  await vi.advanceTimersByTimeAsync(900);
  expect(released).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(released).toEqual([[candidate(1), candidate(2)]]);
});

test.each([
  ["the first negotiation", chromium("a"), undefined, firefox("b")],
  ["a negotiation without a restart", chromium("a"), chromium("a"), firefox("b")],
  ["a Chromium", firefox("b"), firefox("a"), chromium("c")],
  ["two of Chromium", chromium("b"), chromium("a"), chromium("c")],
  ["two of Firefox", firefox("b"), firefox("a"), firefox("c")],
])("nothing is held by or for %s", (_, remote, before, own) => {
  hold.handleRemote(remote, before, own);
  expect(hold.keep(candidate(1))).toBe(false);
});

test("who sends without end fills no memory", async () => {
  hold.handleRemote(chromium("b"), chromium("a"), firefox("c"));
  for (let number = 0; number < 1_000; number += 1) expect(hold.keep(candidate(number))).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(released[0]).toHaveLength(256);
});

test("a connection that is closed hears nothing more", async () => {
  hold.handleRemote(chromium("b"), chromium("a"), firefox("c"));
  hold.keep(candidate(1));
  hold.close();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(released).toEqual([]);
});
