import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MediaWorld, endMedia, startMedia } from "../testing/media-world.js";
import { denialOf } from "./device-problem.js";

let world: MediaWorld;

beforeEach(() => {
  startMedia();
  world = new MediaWorld();
});
afterEach(endMedia);

describe("a no", () => {
  test.each<[string, PermissionState | null, string]>([
    ["Permission denied", "denied", "denied"],
    ["Permission denied", null, "denied"],
    ["Permission dismissed", "prompt", "dismissed"],
    ["Permission dismissed", null, "dismissed"],
    ["Permission denied by system", "granted", "denied-by-system"],
    ["The request is not allowed by the user agent or the platform in the current context.", "denied", "denied"],
    ["The request is not allowed by the user agent or the platform in the current context.", "prompt", "dismissed"],
    [
      "The request is not allowed by the user agent or the platform in the current context.",
      "granted",
      "denied-by-system",
    ],
  ])("%s, after which the permission is %s, is %s", (message, permission, problem) => {
    expect(denialOf(new DOMException(message, "NotAllowedError"), permission)).toBe(problem);
  });

  test("turns into a yes: what was wanted comes on by itself", async () => {
    world.devices.permissions.set("camera", "denied");
    await world.idle();
    world.devices.videoError = "NotAllowedError";
    await world.media.setCamera(true);
    expect(world.notices).toEqual([{ device: "camera", kind: "problem", problem: "denied" }]);
    world.devices.videoError = null;
    world.devices.permissions.set("camera", "granted");
    await world.idle();
    expect(world.state.camera.on).toBe(true);
    expect(world.notices).toEqual([]);
  });

  test("turns into a yes after the person turned it off: it stays off", async () => {
    world.devices.permissions.set("camera", "denied");
    world.devices.videoError = "NotAllowedError";
    await world.media.setCamera(true);
    await world.media.setCamera(false);
    world.devices.videoError = null;
    world.devices.permissions.set("camera", "granted");
    await world.idle();
    expect(world.state.camera.on).toBe(false);
  });

  test("turns into a yes: what was never wanted stays off", async () => {
    world.devices.permissions.set("camera", "denied");
    await world.idle();
    world.devices.permissions.set("camera", "granted");
    await world.idle();
    expect(world.devices.constraints).toEqual([]);
  });
});

describe("permission that is taken away in the middle", () => {
  beforeEach(() => world.start());

  async function revoke(state: PermissionState): Promise<void> {
    world.devices.permissions.set("microphone", state);
    world.devices.audioError = "NotAllowedError";
    world.devices.newest("audio").end();
    await world.idle();
  }

  test.each<PermissionState>(["denied", "prompt"])("is told apart from unplugging (%s)", async (state) => {
    const asked = world.devices.constraints.length;
    await revoke(state);
    expect(world.state.microphone).toMatchObject({ on: false, stream: null, problem: "revoked" });
    expect(world.notices).toEqual([{ device: "microphone", kind: "problem", problem: "revoked" }]);
    expect(world.devices.constraints).toHaveLength(asked);
  });

  test("where the browser does not tell of permissions, is known from the answer", async () => {
    world = new MediaWorld();
    world.devices.permissions.set("microphone", null);
    await world.start();
    world.devices.audioError = "NotAllowedError";
    world.devices.newest("audio").end();
    await world.idle();
    expect(world.notices).toEqual([{ device: "microphone", kind: "problem", problem: "revoked" }]);
  });

  test("is not suspected where the browser always said 'prompt'", async () => {
    world = new MediaWorld();
    world.devices.permissions.set("microphone", "prompt");
    await world.start();
    world.devices.unplug("m2");
    await world.idle();
    expect(world.notices).toMatchObject([{ kind: "replaced", gone: "Headset", now: "Built-in" }]);
  });

  test("is not suspected where it ran out by itself before the device was unplugged", async () => {
    world.devices.permissions.set("microphone", "prompt");
    world.devices.unplug("m2");
    await world.idle();
    expect(world.notices).toMatchObject([{ kind: "replaced", gone: "Headset", now: "Built-in" }]);
  });

  test("is said of a muted microphone, too, which stays muted when it is allowed again", async () => {
    await world.media.setMicrophone(false);
    await revoke("denied");
    expect(world.notices).toEqual([{ device: "microphone", kind: "problem", problem: "revoked" }]);
    world.devices.audioError = null;
    world.devices.permissions.set("microphone", "granted");
    await world.idle();
    expect(world.state.microphone.on).toBe(false);
  });

  test("and given again: it comes back by itself", async () => {
    await revoke("denied");
    world.devices.audioError = null;
    world.devices.permissions.set("microphone", "granted");
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: true, problem: null });
    expect(world.notices).toEqual([]);
  });

  test("and given again where the browser tells nobody: it comes back at the next press", async () => {
    await revoke("prompt");
    world.devices.audioError = null;
    await world.media.setMicrophone(true);
    expect(world.state.microphone).toMatchObject({ on: true, problem: null });
    expect(world.notices).toEqual([]);
  });

  test("of the microphone leaves the camera, though the browser ends both", async () => {
    world.devices.permissions.set("microphone", "denied");
    world.devices.audioError = "NotAllowedError";
    world.devices.newest("video").end();
    world.devices.newest("audio").end();
    await world.idle();
    expect(world.state.camera).toMatchObject({ on: true, deviceId: "c2" });
    expect(world.notices).toEqual([{ device: "microphone", kind: "problem", problem: "revoked" }]);
  });
});
