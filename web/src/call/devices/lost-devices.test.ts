import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  MediaWorld,
  builtInCamera,
  builtInMicrophone,
  endMedia,
  headphones,
  headset,
  speakers,
  startMedia,
  webcam,
} from "../testing/media-world.js";

let world: MediaWorld;

beforeEach(async () => {
  startMedia();
  world = new MediaWorld();
  await world.start();
});
afterEach(endMedia);

describe("a microphone that is disconnected", () => {
  test("is replaced by the default, which is said", async () => {
    world.devices.unplug(headset.deviceId);
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: true, deviceId: "m1", problem: null });
    expect(world.devices.live).toEqual(["video", "audio"]);
    expect(world.notices).toEqual([
      { device: "microphone", kind: "replaced", gone: "Headset", now: "Built-in", on: true },
    ]);
  });

  test("keeps its button as it was, also in between", async () => {
    const seen = new Set<boolean>();
    world.media.subscribe(({ microphone }) => void seen.add(microphone.on));
    world.devices.unplug(headset.deviceId);
    await world.idle();
    expect([...seen]).toEqual([true]);
  });

  test("while muted is replaced muted", async () => {
    await world.media.setMicrophone(false);
    world.devices.unplug(headset.deviceId);
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: false, deviceId: "m1" });
    expect(world.devices.newest("audio")).toMatchObject({ enabled: false, readyState: "live" });
    expect(world.notices).toMatchObject([{ kind: "replaced", now: "Built-in", on: false }]);
    await world.media.setMicrophone(true);
    expect(world.devices.newest("audio").enabled).toBe(true);
  });

  test("and muted while it is being replaced comes back muted", async () => {
    world.devices.hesitant = true;
    world.devices.unplug(headset.deviceId);
    await world.idle();
    void world.media.setMicrophone(false);
    world.devices.asks[0]?.grant();
    await world.idle();
    expect(world.state.microphone.on).toBe(false);
    expect(world.devices.newest("audio").enabled).toBe(false);
  });

  test("with nothing to take over is off, which is said, and is there again at the next press", async () => {
    world.devices.known = [headset, webcam];
    world.devices.unplug(headset.deviceId);
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: false, stream: null, problem: "not-found" });
    expect(world.notices).toEqual([{ device: "microphone", kind: "replaced", gone: "Headset", now: null, on: false }]);
    world.devices.known = [builtInMicrophone];
    await world.media.setMicrophone(true);
    expect(world.state.microphone).toMatchObject({ on: true, deviceId: "m1" });
  });

  test("is noticed where the browser only takes it off the list", async () => {
    const before = world.devices.newest("audio");
    world.devices.unplug(headset.deviceId, { thorough: false });
    await world.idle();
    expect(before.readyState).toBe("ended");
    expect(world.state.microphone).toMatchObject({ on: true, deviceId: "m1" });
    expect(world.notices).toMatchObject([{ kind: "replaced", gone: "Headset", now: "Built-in" }]);
  });

  test("is not believed of a browser that lists nothing at all", async () => {
    world.devices.plug([]);
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: true, deviceId: "m2" });
    expect(world.devices.live).toEqual(["audio", "video"]);
    expect(world.notices).toEqual([]);
  });

  test("does not lose what the person had chosen", async () => {
    world.devices.unplug(headset.deviceId);
    await world.idle();
    expect(world.storage.getItem("parley.microphone")).toBe("m2");
  });

  test("is not opened again and again when it ends at once", async () => {
    world.devices.newest("audio").end();
    await world.idle();
    world.devices.newest("audio").end();
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: false, problem: "unknown" });
    const asked = world.devices.constraints.length;
    await world.pass(60_000);
    expect(world.devices.constraints).toHaveLength(asked);
  });

  test("that only had a hiccup goes on without a word", async () => {
    world.devices.newest("audio").end();
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: true, deviceId: "m2" });
    expect(world.notices).toEqual([]);
  });

  test("behind the system's default is called by its own name", async () => {
    const alias = { kind: "audioinput", deviceId: "default", label: "Default - Headset", groupId: "g2" } as const;
    world.devices.plug([alias, ...world.devices.known]);
    await world.media.switchMicrophone("default");
    await world.pass(5_000);
    world.devices.known = [
      { ...alias, label: "Default - Built-in", groupId: "g1" },
      ...world.devices.known.filter(({ deviceId }) => deviceId !== "default" && deviceId !== "m2"),
    ];
    world.devices.newest("audio").end();
    await world.idle();
    expect(world.notices).toMatchObject([{ kind: "replaced", gone: "Headset", now: "Built-in" }]);
  });
});

describe("a camera that is disconnected", () => {
  test("is replaced by another one, which is said", async () => {
    world.devices.unplug(webcam.deviceId);
    await world.idle();
    expect(world.state.camera).toMatchObject({ on: true, deviceId: "c1" });
    expect(world.notices).toEqual([{ device: "camera", kind: "replaced", gone: "Webcam", now: "FaceCam", on: true }]);
  });

  test("with no other is off, which is said", async () => {
    world.devices.known = [headset, webcam];
    world.devices.unplug(webcam.deviceId);
    await world.idle();
    expect(world.state.camera).toMatchObject({ on: false, stream: null });
    expect(world.notices).toEqual([{ device: "camera", kind: "replaced", gone: "Webcam", now: null, on: false }]);
  });

  test("while off stays off, and another one is used when it is turned on", async () => {
    await world.media.setCamera(false);
    const asked = world.devices.constraints.length;
    world.devices.unplug(webcam.deviceId);
    await world.idle();
    expect(world.devices.constraints).toHaveLength(asked);
    expect(world.state.camera).toMatchObject({ on: false, deviceId: "c1" });
    expect(world.notices).toEqual([{ device: "camera", kind: "replaced", gone: "Webcam", now: "FaceCam", on: false }]);
    await world.media.setCamera(true);
    expect(world.state.camera).toMatchObject({ on: true, deviceId: "c1" });
  });

  test("and turned off while it is being replaced stays off", async () => {
    world.devices.hesitant = true;
    world.devices.unplug(webcam.deviceId);
    await world.idle();
    void world.media.setCamera(false);
    expect(world.state.camera.on).toBe(false);
    world.devices.asks[0]?.grant();
    await world.idle();
    expect(world.devices.live).toEqual(["audio"]);
    expect(world.notices).toEqual([]);
  });

  test("while the page is hidden waits for the person before another one looks at them", async () => {
    world.media.handleVisibility(false);
    const asked = world.devices.constraints.length;
    world.devices.unplug(webcam.deviceId);
    await world.idle();
    expect(world.devices.constraints).toHaveLength(asked);
    expect(world.state.camera.stream).toBeNull();
    world.media.handleVisibility(true);
    await world.idle();
    expect(world.state.camera).toMatchObject({ on: true, deviceId: "c1" });
    expect(world.notices).toMatchObject([{ device: "camera", kind: "replaced", now: "FaceCam" }]);
  });
});

describe("a device that comes back", () => {
  const everything = [builtInMicrophone, headset, builtInCamera, webcam, speakers, headphones];

  test("takes over again from the one that stood in for it, which is said", async () => {
    world.devices.unplug(headset.deviceId);
    await world.pass(60_000);
    world.devices.plug(everything);
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: true, deviceId: "m2" });
    expect(world.notices).toEqual([{ device: "microphone", kind: "returned", now: "Headset", on: true }]);
    expect(world.devices.live).toHaveLength(2);
  });

  test("while muted takes over muted", async () => {
    await world.media.setMicrophone(false);
    world.devices.unplug(headset.deviceId);
    await world.pass(60_000);
    world.devices.plug(everything);
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: false, deviceId: "m2" });
    expect(world.devices.newest("audio").enabled).toBe(false);
    expect(world.notices).toMatchObject([{ kind: "returned", on: false }]);
  });

  test("does not push out what the person chose meanwhile", async () => {
    world.devices.plug([...everything, { ...headset, deviceId: "m3", label: "Conference phone", groupId: "g9" }]);
    world.devices.unplug(headset.deviceId);
    await world.idle();
    await world.media.switchMicrophone("m3");
    world.devices.plug([...everything, { ...headset, deviceId: "m3", label: "Conference phone", groupId: "g9" }]);
    await world.idle();
    expect(world.state.microphone.deviceId).toBe("m3");
  });

  test("soon goes on where nothing could take over", async () => {
    world.devices.known = [headset, webcam];
    world.devices.unplug(webcam.deviceId);
    await world.pass(3_000);
    expect(world.state.camera.on).toBe(false);
    world.devices.plug([headset, webcam]);
    await world.idle();
    expect(world.state.camera).toMatchObject({ on: true, deviceId: "c2" });
    expect(world.notices).toEqual([{ device: "camera", kind: "returned", now: "Webcam", on: true }]);
  });

  test("later waits until it is turned on", async () => {
    world.devices.known = [headset, webcam];
    world.devices.unplug(webcam.deviceId);
    await world.pass(60_000);
    world.devices.plug([headset, webcam]);
    await world.idle();
    expect(world.state.camera).toMatchObject({ on: false, deviceId: "c2" });
    expect(world.notices).toEqual([{ device: "camera", kind: "returned", now: "Webcam", on: false }]);
    await world.media.setCamera(true);
    expect(world.state.camera).toMatchObject({ on: true, deviceId: "c2" });
    expect(world.devices.newest("video").label).toBe(webcam.label);
  });

  test("while its stand-in goes, too, is used without a detour", async () => {
    world.devices.unplug(headset.deviceId);
    await world.pass(5_000);
    world.devices.known = [headset, webcam];
    world.devices.newest("audio").end();
    world.devices.plug([headset, webcam]);
    await world.idle();
    expect(world.state.microphone).toMatchObject({ on: true, deviceId: "m2" });
  });
});

describe("the speaker", () => {
  beforeEach(() => world.media.switchSpeaker(headphones.deviceId));

  test("that is disconnected gives way to the default, which is said once", async () => {
    expect(world.state.speaker).toBe("s2");
    world.devices.unplug(headphones.deviceId);
    await world.idle();
    world.devices.plug([...world.devices.known]);
    await world.idle();
    expect(world.state.speaker).toBe("");
    expect(world.notices).toEqual([{ device: "speaker", kind: "replaced", gone: "Headset", now: null, on: true }]);
    for (const { id } of world.state.notices) world.media.dismissNotice(id);
    world.devices.plug([...world.devices.known]);
    await world.idle();
    expect(world.notices).toEqual([]);
  });

  test("that comes back is used again, which is said", async () => {
    world.devices.unplug(headphones.deviceId);
    await world.idle();
    world.devices.plug([...world.devices.known, headphones]);
    await world.idle();
    expect(world.state.speaker).toBe("s2");
    expect(world.notices).toEqual([{ device: "speaker", kind: "returned", now: "Headset", on: true }]);
  });

  test("is remembered, and used as soon as it is known to be there", async () => {
    const next = new MediaWorld({ storage: world.storage });
    expect(next.state.speaker).toBe("");
    await next.media.open({ microphone: "on", camera: false });
    await next.idle();
    expect(next.state.speaker).toBe("s2");
    expect(next.notices).toEqual([]);
  });

  test("that was never here is not missed", async () => {
    const next = new MediaWorld({ storage: world.storage });
    next.devices.known = [builtInMicrophone, speakers];
    await next.media.open({ microphone: "on", camera: false });
    await next.idle();
    expect(next.state.speaker).toBe("");
    expect(next.notices).toEqual([]);
  });

  test("is not missed when permission is taken away and nothing is named any more", async () => {
    world.devices.plug([
      { kind: "audioinput", deviceId: "", label: "" },
      { kind: "videoinput", deviceId: "", label: "" },
      { kind: "audiooutput", deviceId: "", label: "" },
    ]);
    await world.idle();
    expect(world.state.speaker).toBe("s2");
    expect(world.notices).toEqual([]);
  });

  test("that the browser refuses gives way to the default, which is said", () => {
    world.media.handleSpeakerRefusal();
    expect(world.state.speaker).toBe("");
    expect(world.notices).toEqual([{ device: "speaker", kind: "problem", problem: "denied" }]);
  });
});
