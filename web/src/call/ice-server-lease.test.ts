import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { IceServers } from "../signalling/index.js";
import { IceServerLease } from "./ice-server-lease.js";

const hour = 3_600_000;
const servers = (name: string, expiresAt: number | null): IceServers => ({
  servers: [{ urls: `turn:${name}.test` }],
  expiresAt,
});

let answers: (IceServers | null)[];
let asked: number[];
let lease: IceServerLease;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  answers = [];
  asked = [];
  lease = new IceServerLease(() => {
    asked.push(Date.now());
    return Promise.resolve(answers.shift() ?? null);
  });
});
afterEach(() => void vi.useRealTimers());

test("servers whose credentials never end are kept", () => {
  lease.handle(servers("a", null));
  expect(lease.servers).toEqual([{ urls: "turn:a.test" }]);
  expect(vi.getTimerCount()).toBe(0);
});

test("credentials are renewed before they end, again and again", async () => {
  answers = [servers("b", 2 * hour), servers("c", null)];
  lease.handle(servers("a", hour));
  await vi.advanceTimersByTimeAsync(0.75 * hour);
  expect(lease.servers).toEqual([{ urls: "turn:b.test" }]);
  await vi.advanceTimersByTimeAsync(hour);
  expect(lease.servers).toEqual([{ urls: "turn:c.test" }]);
});

test("without an answer the old ones stay, and it is asked again soon", async () => {
  lease.handle(servers("a", hour));
  await vi.advanceTimersByTimeAsync(0.75 * hour + 120_000);
  expect(lease.servers).toEqual([{ urls: "turn:a.test" }]);
  expect(asked).toEqual([0.75 * hour, 0.75 * hour + 60_000, 0.75 * hour + 120_000]);
});

test("a clock that is far ahead of the server's does not make it ask all the time", async () => {
  vi.setSystemTime(100 * hour);
  answers = Array.from({ length: 100 }, () => servers("a", hour));
  lease.handle(servers("a", hour));
  await vi.advanceTimersByTimeAsync(180_000);
  expect(asked).toHaveLength(3);
});

test("an end that is far away does not overflow a timer", async () => {
  lease.handle(servers("a", 10_000 * hour));
  await vi.advanceTimersByTimeAsync(23 * hour);
  expect(asked).toEqual([]);
});

test("nothing is asked after the end", async () => {
  lease.handle(servers("a", hour));
  lease.close();
  lease.handle(servers("b", hour));
  await vi.advanceTimersByTimeAsync(2 * hour);
  expect(asked).toEqual([]);
});
