import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Keyboard } from "./keyboard.js";

const target = new EventTarget();
const window = new EventTarget();
let muted: boolean;
let foreign: boolean;
let done: string[];
let keyboard: Keyboard;

beforeEach(() => {
  vi.useFakeTimers();
  muted = true;
  foreign = false;
  done = [];
  keyboard = new Keyboard(target, window, {
    singleKeys: () => true,
    isForeign: () => foreign,
    act: (shortcut) => done.push(shortcut),
    canTalk: () => muted,
    talk: (on) => done.push(on ? "on" : "off"),
  });
  keyboard.watch();
});

afterEach(() => {
  keyboard.end();
  vi.useRealTimers();
});

/** Answers whether the browser was kept from doing its own with it. */
function key(type: "keydown" | "keyup", name: string, its: object = {}): boolean {
  const event = new Event(type, { cancelable: true });
  const press = { key: name, code: `Key${name.toUpperCase()}`, ctrlKey: false, metaKey: false, altKey: false };
  target.dispatchEvent(Object.assign(event, { ...press, shiftKey: false, repeat: false, isComposing: false, ...its }));
  return event.defaultPrevented;
}

test("a shortcut is carried out once, however long it is held, and the browser does nothing else", () => {
  expect(key("keydown", "m")).toBe(true);
  expect(key("keydown", "m", { repeat: true })).toBe(true);
  expect(key("keydown", "d", { ctrlKey: true })).toBe(true);
  expect(key("keydown", "x")).toBe(false);
  expect(done).toEqual(["microphone", "microphone"]);
});

test("what is typed, or half of a letter, is no shortcut", () => {
  foreign = true;
  expect(key("keydown", "m")).toBe(false);
  foreign = false;
  expect(key("keydown", "m", { isComposing: true })).toBe(false);
  expect(done).toEqual([]);
});

test("V, pressed, is the camera", () => {
  key("keydown", "v");
  vi.advanceTimersByTime(100);
  key("keyup", "v");
  vi.advanceTimersByTime(1_000);
  expect(done).toEqual(["camera"]);
});

test("V, held, lets one be heard until it is released", () => {
  key("keydown", "v");
  vi.advanceTimersByTime(400);
  key("keydown", "v", { repeat: true });
  expect(done).toEqual(["on"]);
  key("keyup", "m");
  key("keyup", "v");
  expect(done).toEqual(["on", "off"]);
});

test("or until the window is another one, or the call is over", () => {
  key("keydown", "v");
  vi.advanceTimersByTime(400);
  window.dispatchEvent(new Event("blur"));
  key("keyup", "v");
  expect(done).toEqual(["on", "off"]);
  key("keydown", "v");
  vi.advanceTimersByTime(400);
  keyboard.end();
  expect(done).toEqual(["on", "off", "on", "off"]);
});

test("who is not muted is not muted by it", () => {
  muted = false;
  key("keydown", "v");
  vi.advanceTimersByTime(400);
  key("keyup", "v");
  expect(done).toEqual(["camera"]);
});
