import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Exchange, type Port } from "../exchange/exchange.js";
import { Recordings } from "./recordings.js";

let exchange: Exchange;
let recordings: Recordings;
let sent: unknown[][];
/** Whose channels take nothing more at the moment. */
let full: Set<string>;

beforeEach(() => {
  vi.useFakeTimers();
  exchange = new Exchange((error) => {
    throw error;
  });
  recordings = new Recordings(exchange);
  sent = [];
  full = new Set();
});
afterEach(() => void vi.useRealTimers());

function port(id: string, incarnation = 1): Port {
  return {
    id,
    incarnation,
    name: `${id}'s name`,
    post: (type, fields) => !full.has(id) && (sent.push([id, type, fields]), true),
    openChannel: () => null,
  };
}

/** A participant of whom this page has been told that it records. */
function recordingAda(): Port {
  const ada = port("ada");
  exchange.handleReady(ada);
  exchange.handleMessage({ v: 1, type: "recording", on: true }, ada);
  return ada;
}

test("everybody is told that one records, and those who come later, until it is over", () => {
  exchange.handleReady(port("ada"));
  recordings.tell(true);
  recordings.tell(true);
  exchange.handleReady(port("grace"));
  recordings.tell(false);
  exchange.handleReady(port("late"));
  expect(sent).toEqual([
    ["ada", "recording", { on: true }],
    ["grace", "recording", { on: true }],
    ["ada", "recording", { on: false }],
    ["grace", "recording", { on: false }],
  ]);
});

test("whose channel is full is told as soon as it takes something, and once", () => {
  exchange.handleReady(port("ada"));
  exchange.handleReady(port("grace"));
  full.add("ada");
  recordings.tell(true);
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([["grace", "recording", { on: true }]]);
  full.clear();
  vi.advanceTimersByTime(1_000);
  expect(sent.slice(1)).toEqual([["ada", "recording", { on: true }]]);
  expect(vi.getTimerCount()).toBe(0);
});

test("who was not told of the beginning is told of the end neither, and a refused end is told again", () => {
  exchange.handleReady(port("ada"));
  exchange.handleReady(port("grace"));
  full.add("ada");
  recordings.tell(true);
  full = new Set(["grace"]);
  recordings.tell(false);
  expect(sent).toEqual([["grace", "recording", { on: true }]]);
  full.clear();
  vi.advanceTimersByTime(1_000);
  expect(sent.slice(1)).toEqual([["grace", "recording", { on: false }]]);
});

test("who could not be reached at the end is told of it when they are back", () => {
  exchange.handleReady(port("ada"));
  recordings.tell(true);
  exchange.handleGone("ada");
  recordings.tell(false);
  exchange.handleReady(port("ada"));
  expect(sent).toEqual([
    ["ada", "recording", { on: true }],
    ["ada", "recording", { on: false }],
  ]);
});

test("an end that may have been lost with the path is told again", () => {
  exchange.handleReady(port("ada"));
  recordings.tell(true);
  recordings.tell(false);
  exchange.handleGone("ada");
  exchange.handleReady(port("ada"));
  expect(sent.slice(1)).toEqual([
    ["ada", "recording", { on: false }],
    ["ada", "recording", { on: false }],
  ]);
});

test("nobody is told any more who is gone, and nothing waits after the end of the call", () => {
  exchange.handleReady(port("ada"));
  exchange.handleReady(port("grace"));
  full = new Set(["ada", "grace"]);
  recordings.tell(true);
  exchange.handleGone("ada");
  full.clear();
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([["grace", "recording", { on: true }]]);
  full.add("grace");
  recordings.tell(false);
  recordings.close();
  expect(vi.getTimerCount()).toBe(0);
});

test("who records is known once, whatever comes from there", () => {
  const heard = vi.fn();
  recordings.subscribe(heard);
  const ada = port("ada");
  exchange.handleReady(ada);
  for (const on of [true, true, "yes"]) exchange.handleMessage({ v: 1, type: "recording", on }, ada);
  // Anything but true is a no.
  expect(heard.mock.calls.map(([state]) => state as unknown)).toEqual([
    { own: false, others: [{ id: "ada", name: "ada's name" }] },
    { own: false, others: [] },
  ]);
});

test("who records does so still when the path to them is lost and comes back", () => {
  const ada = recordingAda();
  const heard = vi.fn();
  recordings.subscribe(heard);
  exchange.handleGone("ada");
  exchange.handleReady(ada);
  recordings.handlePresence(new Set(["ada", "grace"]));
  expect(heard).not.toHaveBeenCalled();
  expect(recordings.state.others).toEqual([{ id: "ada", name: "ada's name" }]);
});

test("who has left the call does not record it", () => {
  recordingAda();
  exchange.handleGone("ada");
  recordings.handlePresence(new Set(["grace"]));
  expect(recordings.state.others).toEqual([]);
});

test("another page load of who records does not, until it says so", () => {
  recordingAda();
  const reloaded = port("ada", 2);
  exchange.handleReady(reloaded);
  expect(recordings.state.others).toEqual([]);
  exchange.handleMessage({ v: 1, type: "recording", on: true }, reloaded);
  expect(recordings.state.others).toHaveLength(1);
});
