import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeStorage } from "../testing/fake-devices.js";
import { FakeLocks } from "../testing/fake-locks.js";
import { SeatKeeper, type SeatStorage } from "./seat-keeper.js";
import type { SeatLocks } from "./seat-lock.js";

const seat = { id: "me", token: "secret" };
const grace = 30_000;

let locks: FakeLocks;
let storage: FakeStorage;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  locks = new FakeLocks();
  storage = new FakeStorage();
});
afterEach(() => void vi.useRealTimers());

function keeper(its: { storage?: SeatStorage; locks?: SeatLocks; room?: string } = {}): SeatKeeper {
  return new SeatKeeper({ server: "https://meet.test/", room: "Room", storage, locks: locks.asLocks(), ...its });
}

async function seated(): Promise<SeatKeeper> {
  const page = keeper();
  await page.handleAdmission(seat, "Ada", grace);
  page.note({ microphone: "muted", camera: true });
  return page;
}

/** The next page load of the tab, or of a copy of it. */
async function load(its: Parameters<typeof keeper>[0] = {}) {
  const page = keeper(its);
  const answer = page.reclaim();
  await vi.advanceTimersByTimeAsync(1_000);
  return { page, kept: await answer };
}

describe("the page that a reload loads", () => {
  test("returns to the seat, by name and with what was on", async () => {
    const before = await seated();
    expect(before.keeps).toBe(true);
    before.rest();
    expect(keeper().expected).toBe(true);
    const { page, kept } = await load();
    expect(kept).toMatchObject({ ...seat, name: "Ada", on: { microphone: "muted", camera: true } });
    expect(page.seat).toMatchObject(seat);
    expect(page.keeps).toBe(true);
  });

  test("does so also when the page before ended without a word, or has not let go yet", async () => {
    await seated();
    vi.advanceTimersByTime(29_000);
    const after = keeper();
    const answer = after.reclaim();
    await vi.advanceTimersByTimeAsync(900);
    locks.endPage();
    expect(await answer).toMatchObject(seat);
  });

  test("keeps the seat for the one after it before the server has answered", async () => {
    (await seated()).rest();
    const { page } = await load();
    page.rest();
    expect((await load()).kept).toMatchObject({ ...seat, name: "Ada", on: { microphone: "muted", camera: true } });
  });

  test("is written that the person is there, as long as they are", async () => {
    await seated();
    await vi.advanceTimersByTimeAsync(600_000);
    locks.endPage();
    expect((await load()).kept).not.toBeNull();
  });
});

describe("no seat is returned to", () => {
  test("that was left", async () => {
    const page = await seated();
    page.forget();
    expect(page.seat).toBeNull();
    expect(page.keeps).toBe(false);
    expect(keeper().expected).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("from yesterday", async () => {
    (await seated()).rest();
    vi.advanceTimersByTime(grace + 1);
    expect(keeper().expected).toBe(false);
    expect((await load()).kept).toBeNull();
    expect(storage.values.size).toBe(0);
  });

  test("of another room or another server", async () => {
    (await seated()).rest();
    expect(keeper({ room: "other" }).expected).toBe(false);
    const elsewhere = new SeatKeeper({ server: "https://other.test/", room: "Room", storage });
    expect(elsewhere.expected).toBe(false);
    expect(keeper({ room: "ROOM" }).expected).toBe(true);
  });

  test("that another tab has, from which this one was copied", async () => {
    const original = await seated();
    const copied = new FakeStorage(storage.values);
    const { page, kept } = await load({ storage: copied });
    expect(kept).toBeNull();
    expect(page.seat).toBeNull();
    // What another call on the same page has written down is not erased either.
    expect(copied.values.size).toBe(1);
    expect(original.keeps).toBe(true);
    expect(storage.values.size).toBe(1);
  });

  test.each([
    "nonsense",
    "{}",
    "7",
    '{"id":"me"}',
    '{"id":"me","token":"t","name":"A","on":{},"seenAt":"now","grace":1}',
  ])("out of a storage that holds %s", (stored) => {
    vi.spyOn(storage, "getItem").mockReturnValue(stored);
    expect(keeper().expected).toBe(false);
  });
});

describe("without what it takes to be sure, the seat lasts as long as the page", () => {
  test.each([
    ["locks", { locks: undefined as never }],
    ["storage", { storage: undefined as never }],
    [
      "locks that are given to this page",
      { locks: { request: () => Promise.reject(new DOMException("", "SecurityError")) } },
    ],
    ["a storage that takes anything", { storage: refusing() }],
  ])("%s", async (_what, lacking) => {
    const page = keeper(lacking);
    const admitted = page.handleAdmission(seat, "Ada", grace);
    await vi.advanceTimersByTimeAsync(1_000);
    await admitted;
    expect(page.seat).toEqual(seat);
    expect(page.keeps).toBe(false);
    page.note({ microphone: "on", camera: true });
    page.rest();
    page.forget();
    expect(keeper(lacking as never).expected).toBe(false);
  });
});

test("a seat that another page has taken is known, and not written down any more", async () => {
  const page = await seated();
  page.cede();
  expect(page.seat).toEqual(seat);
  expect(page.on).toEqual({ microphone: "muted", camera: true });
  expect(storage.values.size).toBe(0);
  expect(page.keeps).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(storage.values.size).toBe(0);
  await page.handleAdmission(seat, "Ada", grace);
  expect(page.keeps).toBe(true);
});

test("two admissions at once are as good as one", async () => {
  const page = keeper();
  await Promise.all([
    page.handleAdmission(seat, "Ada", grace),
    page.handleAdmission({ ...seat, token: "newer" }, "Ada", grace),
  ]);
  page.rest();
  expect((await load()).kept).toMatchObject({ id: "me", token: "newer" });
});

test("a new seat takes the place of the old one", async () => {
  const page = await seated();
  await page.handleAdmission({ id: "another", token: "new" }, "Ada", grace);
  expect(locks.held).toEqual(["parley.seat another"]);
  page.rest();
  expect((await load()).kept).toMatchObject({ id: "another", token: "new" });
});

test("a seat that is left while the browser thinks about the lock is not kept", async () => {
  const page = keeper();
  const admitted = page.handleAdmission(seat, "Ada", grace);
  page.forget();
  await admitted;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(storage.values.size).toBe(0);
  expect(locks.held).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

function refusing(): SeatStorage {
  const refuse = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  return { getItem: refuse, setItem: refuse, removeItem: refuse };
}
