import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PagePresence } from "./page-presence.js";

class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";
}

let page: FakeDocument;
let told: boolean[];
let presence: PagePresence;

beforeEach(() => {
  vi.useFakeTimers();
  const window = new EventTarget();
  page = new FakeDocument();
  vi.stubGlobal("document", page);
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  vi.stubGlobal("removeEventListener", window.removeEventListener.bind(window));
  told = [];
  presence = new PagePresence((visible) => void told.push(visible));
  presence.watch();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("tells when the page is hidden and shown again", () => {
  for (const state of ["hidden", "visible"] as const) {
    page.visibilityState = state;
    page.dispatchEvent(new Event("visibilitychange"));
  }
  expect(told).toEqual([false, true]);
});

test("notices that the computer slept with the page in view", () => {
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([true]);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([true]);
});

test("tells nothing after its end, and leaves no timer", () => {
  presence.end();
  page.dispatchEvent(new Event("visibilitychange"));
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
