import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeMediaStream } from "../../rtc/testing/fake-media.js";
import { FakeDevices, FakeStorage } from "../testing/fake-devices.js";
import { LocalMedia, type LocalMediaOptions } from "./local-media.js";

let devices: FakeDevices;
let storage: FakeStorage;
let media: LocalMedia;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", FakeMediaStream);
  devices = new FakeDevices();
  storage = new FakeStorage();
  make({});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function make(options: LocalMediaOptions): void {
  media = new LocalMedia({ mediaDevices: devices.asSource(), secure: true, storage, ...options });
}

/** What the person is told of, and has not dismissed. */
function problems(): string[] {
  return media.state.notices.map(
    (notice) => `${notice.device}: ${notice.kind === "problem" ? notice.problem : notice.kind}`,
  );
}

const idle = () => vi.advanceTimersByTimeAsync(0);

describe("opening camera and microphone", () => {
  test("asks the person once for both", async () => {
    await media.open({ microphone: "on", camera: true });
    expect(devices.constraints).toHaveLength(1);
    expect(media.state.microphone).toMatchObject({ on: true, problem: null, deviceId: "default-microphone" });
    expect(media.state.camera).toMatchObject({ on: true, problem: null, deviceId: "default-camera" });
    expect(media.state.camera.stream?.getTracks()).toHaveLength(1);
  });

  test("leaves the microphone when the camera fails", async () => {
    devices.videoError = "NotReadableError";
    await media.open({ microphone: "on", camera: true });
    expect(media.state.microphone.on).toBe(true);
    expect(media.state.camera).toMatchObject({ on: false, stream: null, problem: "busy" });
    expect(problems()).toEqual(["camera: busy"]);
  });

  test("leaves the camera when the microphone fails", async () => {
    devices.audioError = "NotFoundError";
    await media.open({ microphone: "on", camera: true });
    expect(media.state.microphone).toMatchObject({ on: false, problem: "not-found" });
    expect(media.state.camera.on).toBe(true);
  });

  test.each([
    ["NotAllowedError", "denied"],
    ["SecurityError", "denied"],
    ["NotFoundError", "not-found"],
    ["OverconstrainedError", "overconstrained"],
    ["NotReadableError", "busy"],
    ["AbortError", "busy"],
    ["NotSupportedError", "unsupported"],
    ["TypeError", "unsupported"],
    ["NewError", "unknown"],
  ])("that ends in %s is %s", async (name, problem) => {
    devices.videoError = name;
    await media.setCamera(true);
    expect(media.state.camera).toMatchObject({ on: false, opening: false, problem });
  });

  test("without a secure context says so, and asks nobody", async () => {
    make({ secure: false });
    await media.open({ microphone: "on", camera: true });
    expect(problems()).toEqual(["microphone: insecure", "camera: insecure"]);
    await media.startScreenShare();
    expect(problems().at(-1)).toBe("screen: insecure");
    expect(devices.constraints).toEqual([]);
  });

  test("in a browser that has no devices says so", async () => {
    make({ mediaDevices: undefined });
    await media.open({ microphone: "on", camera: false });
    await media.startScreenShare();
    expect(problems()).toEqual(["microphone: unsupported", "screen: unsupported"]);
  });

  test("makes do with what a device can", async () => {
    devices.modest = true;
    await media.open({ microphone: "on", camera: true });
    expect(devices.live).toEqual(["audio", "video"]);
    expect(problems()).toEqual([]);
    await media.switchCamera("other-camera");
    expect(media.state.camera).toMatchObject({ on: true, deviceId: "other-camera" });
  });

  test("says so when even that does not help", async () => {
    devices.videoError = "OverconstrainedError";
    await media.setCamera(true);
    expect(devices.constraints.map(({ video }) => Object.keys(video as object).length > 0)).toEqual([true, false]);
    expect(problems()).toEqual(["camera: overconstrained"]);
  });

  test("asks for a small picture where everything is small", async () => {
    make({ smallCamera: true });
    await media.setCamera(true);
    expect(devices.constraints[0]?.video).toMatchObject({ width: { ideal: 640 }, height: { ideal: 360 } });
  });
});

describe("turning off", () => {
  test("the camera releases it", async () => {
    await media.setCamera(true);
    await media.setCamera(false);
    expect(devices.live).toEqual([]);
    expect(media.state.camera).toMatchObject({ on: false, stream: null });
  });

  test("the microphone mutes it, keeps it, and brings it back at once", async () => {
    await media.setMicrophone(true);
    await media.setMicrophone(false);
    expect(media.state.microphone.on).toBe(false);
    expect(devices.newest("audio")).toMatchObject({ enabled: false, readyState: "live" });
    void media.setMicrophone(true);
    expect(media.state.microphone.on).toBe(true);
    expect(devices.newest("audio").enabled).toBe(true);
    expect(devices.constraints).toHaveLength(1);
  });
});

describe("changing one's mind while the browser asks", () => {
  beforeEach(() => void (devices.hesitant = true));

  test("off: a camera that is then given is released", async () => {
    void media.setCamera(true);
    await idle();
    expect(media.state.camera.opening).toBe(true);
    const off = media.setCamera(false);
    devices.asks[0]?.grant();
    await off;
    expect(devices.live).toEqual([]);
    expect(media.state.camera).toMatchObject({ on: false, opening: false, stream: null });
  });

  test("off and on again: the person is asked once, and the camera is on", async () => {
    void media.setCamera(true);
    await idle();
    void media.setCamera(false);
    const on = media.setCamera(true);
    devices.asks[0]?.grant();
    await on;
    expect(devices.asks).toHaveLength(1);
    expect(media.state.camera.on).toBe(true);
    expect(devices.live).toEqual(["video"]);
  });

  test("off: a refusal that comes later is no problem any more", async () => {
    void media.setCamera(true);
    await idle();
    const off = media.setCamera(false);
    devices.asks[0]?.deny("NotAllowedError");
    await off;
    expect(problems()).toEqual([]);
    expect(media.state.camera).toMatchObject({ on: false, problem: null });
  });

  test("leaving: everything that is then given is released", async () => {
    void media.open({ microphone: "on", camera: true });
    void media.startScreenShare();
    await idle();
    media.close();
    for (const ask of devices.asks) ask.grant();
    await idle();
    expect(devices.tracks).toHaveLength(4);
    expect(devices.live).toEqual([]);
    expect(media.state).toMatchObject({ microphone: { on: false }, camera: { on: false }, screen: null });
    await media.setCamera(true);
    expect(devices.asks).toHaveLength(2);
  });
});

describe("choosing a device", () => {
  test("uses it at once, and remembers it for the next time", async () => {
    await media.open({ microphone: "on", camera: true });
    const before = media.state.camera.stream;
    await media.switchCamera("other-camera");
    expect(media.state.camera).toMatchObject({ on: true, deviceId: "other-camera" });
    expect(media.state.camera.stream).not.toBe(before);
    expect(devices.live).toEqual(["audio", "video"]);
    make({});
    await media.setCamera(true);
    expect(devices.constraints.at(-1)?.video).toMatchObject({ deviceId: { exact: "other-camera" } });
  });

  test("while muted stays muted", async () => {
    await media.setMicrophone(true);
    await media.setMicrophone(false);
    await media.switchMicrophone("headset");
    expect(media.state.microphone).toMatchObject({ on: false, deviceId: "headset" });
    expect(devices.newest("audio").enabled).toBe(false);
  });

  test("while off takes effect when it is turned on", async () => {
    await media.switchCamera("other-camera");
    expect(devices.constraints).toEqual([]);
    await media.setCamera(true);
    expect(media.state.camera.deviceId).toBe("other-camera");
  });

  test("of an earlier visit that is not here any more leads to the default", async () => {
    await media.switchCamera("old");
    await media.switchMicrophone("older");
    make({});
    devices.known = [
      { kind: "audioinput", deviceId: "m1", label: "Built-in" },
      { kind: "videoinput", deviceId: "c1", label: "Camera" },
    ];
    await media.open({ microphone: "on", camera: true });
    expect(media.state.microphone).toMatchObject({ on: true, deviceId: "m1" });
    expect(media.state.camera).toMatchObject({ on: true, deviceId: "c1" });
    expect(problems()).toEqual([]);
  });

  test("that is gone keeps the one in use, and says so", async () => {
    devices.known = [
      { kind: "videoinput", deviceId: "c1", label: "Built-in" },
      { kind: "videoinput", deviceId: "c2", label: "Webcam" },
    ];
    await media.setCamera(true);
    await idle();
    devices.known = devices.known.slice(0, 1);
    await media.switchCamera("c2");
    expect(media.state.camera).toMatchObject({ on: true, opening: false, problem: null, deviceId: "c1" });
    expect(devices.live).toEqual(["video"]);
    expect(media.state.notices).toMatchObject([
      { device: "camera", kind: "replaced", gone: "Webcam", now: "Built-in", on: true },
    ]);
  });

  test("where only one camera opens at a time lets go of the first one", async () => {
    await media.setCamera(true);
    const first = devices.newest("video");
    devices.hesitant = true;
    const done = media.switchCamera("back");
    await idle();
    devices.asks[0]?.deny("NotReadableError");
    await idle();
    expect(first.readyState).toBe("ended");
    devices.asks[1]?.grant();
    await done;
    expect(media.state.camera).toMatchObject({ on: true, deviceId: "back" });
    expect(problems()).toEqual([]);
  });

  test("works without storage", async () => {
    make({ storage: { getItem: () => fail(), setItem: () => fail() } });
    await media.switchCamera("other-camera");
    await media.setCamera(true);
    expect(media.state.camera.on).toBe(true);
  });
});

describe("the lists of devices", () => {
  const known = [
    { kind: "audioinput" as const, deviceId: "m1", label: "Built-in" },
    { kind: "videoinput" as const, deviceId: "c1", label: "Camera" },
    { kind: "audiooutput" as const, deviceId: "s1", label: "Speaker" },
  ];

  test("are empty before permission, because nothing is named yet", async () => {
    devices.plug([{ kind: "audioinput", deviceId: "", label: "" }]);
    await idle();
    expect(media.state).toMatchObject({ microphones: [], cameras: [] });
  });

  test("fill after permission, and follow what is plugged in", async () => {
    devices.known = known;
    await media.setMicrophone(true);
    await idle();
    expect(media.state.microphones).toEqual([{ id: "m1", label: "Built-in" }]);
    expect(media.state.cameras).toEqual([{ id: "c1", label: "Camera" }]);
    expect(media.state.speakers).toEqual([{ id: "s1", label: "Speaker" }]);
    devices.plug([...known, { kind: "audioinput", deviceId: "m2", label: "Headset" }]);
    await idle();
    expect(media.state.microphones.map(({ label }) => label)).toEqual(["Built-in", "Headset"]);
  });
});

describe("sharing a screen", () => {
  test("gives the picture, and the sound where there is some", async () => {
    await media.startScreenShare();
    expect(media.state.screen?.stream.getVideoTracks()[0]?.contentHint).toBe("detail");
    expect(media.state.screen?.audio?.kind).toBe("audio");
    media.stopScreenShare();
    devices.screenHasAudio = false;
    await media.startScreenShare();
    expect(media.state.screen?.audio).toBeNull();
  });

  test("twice at the same moment asks once", async () => {
    await Promise.all([media.startScreenShare(), media.startScreenShare()]);
    await media.startScreenShare();
    expect(devices.screensAsked).toBe(1);
  });

  test("ends from the browser's own bar too", async () => {
    await media.startScreenShare();
    devices.newest("video").end();
    expect(media.state.screen).toBeNull();
    expect(devices.live).toEqual([]);
  });

  test("is not a problem when the person thinks better of it", async () => {
    devices.hesitant = true;
    const done = media.startScreenShare();
    await vi.advanceTimersByTimeAsync(3_000);
    devices.asks[0]?.deny("NotAllowedError");
    await done;
    expect(problems()).toEqual([]);
  });

  test("is a problem when the system forbids it", async () => {
    devices.screenError = "NotAllowedError";
    await media.startScreenShare();
    expect(problems()).toEqual(["screen: denied"]);
  });

  test("is not offered where the browser cannot", () => {
    expect(media.canShareScreen).toBe(true);
    make({ mediaDevices: undefined });
    expect(media.canShareScreen).toBe(false);
  });
});

function fail(): never {
  throw new DOMException("no storage here", "SecurityError");
}
