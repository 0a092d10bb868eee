import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CallWorld, endWorld, participant, startWorld } from "./testing/call-world.js";

let world: CallWorld;

beforeEach(async () => {
  startWorld();
  world = new CallWorld();
  await world.enter();
  world.socket.deliver("welcome", { participant: participant("bob") });
  await world.media.open({ microphone: "on", camera: true });
  await world.idle();
});
afterEach(endWorld);

const told = () => world.socket.sent("media").at(-1);
const sent = (mid: number) => world.connections[0]?.getTransceivers()[mid]?.sender.track ?? null;

describe("the others are told the truth", () => {
  test("while the system mutes the microphone, and when it no longer does", async () => {
    world.devices.newest("audio").mute(true);
    await world.idle();
    expect(told()).toMatchObject({ microphone: false, camera: true });
    expect(world.media.state.microphone.on).toBe(true);
    world.devices.newest("audio").mute(false);
    await world.idle();
    expect(told()).toMatchObject({ microphone: true, camera: true });
  });

  test("while the system has the camera: no frozen picture, and the own one is gone, too", async () => {
    world.media.handleVisibility(false);
    world.devices.newest("video").mute(true);
    await world.idle();
    expect(told()).toMatchObject({ microphone: true, camera: false });
    expect(world.state.local.media.camera).toBe(false);
    world.media.handleVisibility(true);
    world.devices.newest("video").mute(false);
    await world.idle();
    expect(told()).toMatchObject({ camera: true });
  });

  test("while a device is being replaced, and they get the new one", async () => {
    await world.idle();
    world.devices.hesitant = true;
    const before = sent(0);
    await vi.advanceTimersByTimeAsync(5_000);
    world.devices.newest("audio").end();
    await world.idle();
    expect(told()).toMatchObject({ microphone: false });
    world.devices.asks[0]?.grant();
    await world.idle();
    expect(told()).toMatchObject({ microphone: true });
    expect(sent(0)).not.toBe(before);
    expect(sent(0)?.readyState).toBe("live");
  });
});
