import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeMediaStream } from "../../rtc/testing/fake-media.js";
import { FakeDevices } from "../testing/fake-devices.js";
import { LocalMedia, type TurnedOn } from "./local-media.js";

let devices: FakeDevices;
let media: LocalMedia;

beforeEach(() => {
  vi.stubGlobal("MediaStream", FakeMediaStream);
  devices = new FakeDevices();
  media = new LocalMedia({ mediaDevices: devices.asSource() });
});
afterEach(() => void vi.unstubAllGlobals());

test.each<TurnedOn>([
  { microphone: "on", camera: true },
  { microphone: "muted", camera: false },
  { microphone: "off", camera: true },
  { microphone: "off", camera: false },
])("what was on is on again: %j", async (before) => {
  const opened = media.open(before);
  expect(media.turnedOn).toEqual(before);
  await opened;
  expect(media.turnedOn).toEqual(before);
});

test("a muted microphone never sounds on the way, is asked for together with the camera, and unmutes at once", async () => {
  const heard: boolean[] = [];
  media.subscribe(({ microphone }) => void heard.push(microphone.on));
  await media.open({ microphone: "muted", camera: true });
  expect(heard).not.toContain(true);
  expect(devices.constraints).toHaveLength(1);
  await media.setMicrophone(true);
  expect(devices.constraints).toHaveLength(1);
  expect(media.state.microphone.on).toBe(true);
});

test("what is still being opened counts, as it is wanted now", async () => {
  devices.hesitant = true;
  const opened = media.open({ microphone: "muted", camera: true });
  await Promise.resolve();
  expect(media.turnedOn).toEqual({ microphone: "muted", camera: true });
  void media.setMicrophone(true);
  void media.setCamera(false);
  expect(media.turnedOn).toEqual({ microphone: "on", camera: false });
  await Promise.resolve();
  devices.asks[0]?.grant();
  await opened;
  expect(media.turnedOn).toEqual({ microphone: "on", camera: false });
  expect(media.state.microphone.on).toBe(true);
});

test("a microphone that was muted and cannot be opened now is told, and is off", async () => {
  devices.audioError = "NotFoundError";
  await media.open({ microphone: "muted", camera: true });
  expect(media.state.notices).toMatchObject([{ device: "microphone", problem: "not-found" }]);
  expect(media.turnedOn).toEqual({ microphone: "off", camera: true });
});
