import { vi } from "vitest";
import { FakeMediaStream } from "../../rtc/testing/fake-media.js";
import { LocalMedia, type LocalMediaOptions } from "../devices/local-media.js";
import { FakeDevices, FakeStorage } from "./fake-devices.js";

export const builtInMicrophone = { kind: "audioinput", deviceId: "m1", label: "Built-in", groupId: "g1" } as const;
export const headset = { kind: "audioinput", deviceId: "m2", label: "Headset", groupId: "g2" } as const;
export const builtInCamera = { kind: "videoinput", deviceId: "c1", label: "FaceCam", groupId: "g1" } as const;
export const webcam = { kind: "videoinput", deviceId: "c2", label: "Webcam (046d:0825)", groupId: "g3" } as const;
export const speakers = { kind: "audiooutput", deviceId: "s1", label: "Speakers", groupId: "g1" } as const;
export const headphones = { kind: "audiooutput", deviceId: "s2", label: "Headset", groupId: "g2" } as const;

/** A person's devices, all fake, and the clock: everything is plugged in and allowed. */
export class MediaWorld {
  readonly devices = new FakeDevices();
  readonly storage = new FakeStorage();
  readonly media: LocalMedia;

  constructor(options: LocalMediaOptions = {}) {
    this.devices.known = [builtInMicrophone, headset, builtInCamera, webcam, speakers, headphones];
    this.devices.permissions.set("microphone", "granted");
    this.devices.permissions.set("camera", "granted");
    this.media = new LocalMedia({
      mediaDevices: this.devices.asSource(),
      permissions: this.devices.permissions.asSource(),
      storage: this.storage,
      ...options,
    });
  }

  get state() {
    return this.media.state;
  }

  /** What the person is told of, without the ids. */
  get notices() {
    return this.media.state.notices.map((notice) =>
      Object.fromEntries(Object.entries(notice).filter(([key]) => key !== "id")),
    );
  }

  /** Both on, through the headset and the webcam, for as long as it takes to be trusted. */
  async start(): Promise<void> {
    await this.media.switchMicrophone(headset.deviceId);
    await this.media.switchCamera(webcam.deviceId);
    await this.media.open({ microphone: "on", camera: true });
    await this.pass(5_000);
  }

  /** Lets everything happen that needs no time. */
  idle(): Promise<void> {
    return this.pass(0);
  }

  async pass(milliseconds: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }
}

export function startMedia(): void {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal("MediaStream", FakeMediaStream);
}

export function endMedia(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
}
