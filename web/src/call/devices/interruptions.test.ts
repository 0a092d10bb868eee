import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MediaWorld, endMedia, startMedia } from "../testing/media-world.js";
import { sends } from "./device.js";

let world: MediaWorld;

beforeEach(async () => {
  startMedia();
  world = new MediaWorld();
  await world.start();
});
afterEach(endMedia);

describe("what the system mutes", () => {
  test("is said, does not touch the button, and is no longer claimed to be sent", () => {
    world.devices.newest("audio").mute(true);
    expect(world.state.microphone).toMatchObject({ on: true, silenced: true });
    expect(sends(world.state.microphone)).toBe(false);
    expect(world.notices).toEqual([{ device: "microphone", kind: "silenced" }]);
  });

  test("comes back by itself, and the words go", () => {
    world.devices.newest("video").mute(true);
    world.devices.newest("video").mute(false);
    expect(sends(world.state.camera)).toBe(true);
    expect(world.notices).toEqual([]);
  });

  test("is of no interest while the person is muted, and is said when they unmute", async () => {
    await world.media.setMicrophone(false);
    world.devices.newest("audio").mute(true);
    expect(world.state.microphone.silenced).toBe(false);
    expect(world.notices).toEqual([]);
    await world.media.setMicrophone(true);
    expect(world.notices).toEqual([{ device: "microphone", kind: "silenced" }]);
  });

  test("is over with another device", async () => {
    world.devices.newest("video").mute(true);
    await world.media.switchCamera("c1");
    expect(sends(world.state.camera)).toBe(true);
    expect(world.notices).toEqual([]);
  });

  test("and forgets to give back when the page is seen again, is asked for anew", async () => {
    world.media.handleVisibility(false);
    const before = world.devices.newest("video");
    before.mute(true);
    await world.pass(60_000);
    expect(world.devices.newest("video")).toBe(before);
    world.media.handleVisibility(true);
    await world.pass(3_000);
    expect(before.readyState).toBe("ended");
    expect(world.state.camera).toMatchObject({ on: true, silenced: false, deviceId: "c2" });
    expect(world.notices).toEqual([]);
  });

  test("is left alone when it comes back in time", async () => {
    world.media.handleVisibility(false);
    const before = world.devices.newest("video");
    before.mute(true);
    world.media.handleVisibility(true);
    before.mute(false);
    await world.pass(10_000);
    expect(world.devices.newest("video")).toBe(before);
    expect(before.readyState).toBe("live");
  });

  test("only after the page was seen again is none of that return's business", async () => {
    world.media.handleVisibility(true);
    await world.pass(2_900);
    const before = world.devices.newest("video");
    before.mute(true);
    await world.pass(10_000);
    expect(world.devices.newest("video")).toBe(before);
    expect(world.notices).toEqual([{ device: "camera", kind: "silenced" }]);
  });

  test("is kept when asking anew fails", async () => {
    const before = world.devices.newest("audio");
    before.mute(true);
    world.devices.audioError = "NotReadableError";
    world.media.handleVisibility(true);
    await world.pass(3_000);
    expect(before.readyState).toBe("live");
    expect(world.state.microphone).toMatchObject({ on: true, silenced: true, problem: null });
  });
});

describe("when the page is seen again", () => {
  test("the camera that the system took comes back by itself", async () => {
    world.media.handleVisibility(false);
    world.devices.newest("video").end();
    await world.pass(60_000);
    expect(sends(world.state.camera)).toBe(false);
    expect(world.devices.live).toEqual(["audio"]);
    world.media.handleVisibility(true);
    await world.idle();
    expect(sends(world.state.camera)).toBe(true);
    expect(world.notices).toEqual([]);
  });

  test("the microphone that could not be opened meanwhile comes back by itself", async () => {
    world.media.handleVisibility(false);
    world.devices.audioError = "NotReadableError";
    world.devices.newest("audio").end();
    await world.pass(60_000);
    expect(sends(world.state.microphone)).toBe(false);
    world.devices.audioError = null;
    world.media.handleVisibility(true);
    await world.idle();
    expect(world.state.microphone.on).toBe(true);
    expect(world.notices).toEqual([]);
  });

  test("what the person turned off before stays off", async () => {
    await world.media.setMicrophone(false);
    await world.media.setCamera(false);
    world.media.handleVisibility(false);
    world.devices.newest("audio").end();
    await world.pass(60_000);
    world.media.handleVisibility(true);
    await world.pass(10_000);
    expect(world.state.microphone.on).toBe(false);
    expect(world.state.camera.on).toBe(false);
    expect(world.devices.newest("audio").enabled).toBe(false);
  });

  test("what ended without a word is noticed", async () => {
    world.devices.newest("video").stop();
    world.devices.newest("audio").stop();
    world.media.handleVisibility(true);
    await world.idle();
    expect(world.devices.live).toHaveLength(2);
    expect(world.state.microphone.on && world.state.camera.on).toBe(true);
  });

  test("nothing happens to what works", async () => {
    const asked = world.devices.constraints.length;
    world.media.handleVisibility(false);
    world.media.handleVisibility(true);
    await world.pass(10_000);
    expect(world.devices.constraints).toHaveLength(asked);
  });
});
