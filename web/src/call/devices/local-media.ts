import type { DeviceProblem } from "../state.js";
import { ChosenDevices, type DeviceStorage } from "./chosen-devices.js";
import { Device, type DeviceState } from "./device.js";
import { DeviceError } from "./device-problem.js";
import { type ScreenSource, ScreenShare, type ScreenState } from "./screen-share.js";
import { type DeviceKind, UserMedia } from "./user-media.js";

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

export interface LocalMediaState {
  readonly microphone: DeviceState;
  readonly camera: DeviceState;
  /** The screen that is being shared. */
  readonly screen: ScreenState | null;
  /** What can be chosen; empty until the person gave permission, because before browsers name no devices. */
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
}

/** The part of `navigator.mediaDevices` that is used. */
export type DeviceSource = Pick<
  MediaDevices,
  "getUserMedia" | "enumerateDevices" | "addEventListener" | "removeEventListener"
> &
  ScreenSource;

export type LocalSource = DeviceKind | "screen";

export interface LocalMediaOptions {
  /** `navigator.mediaDevices`; undefined where the page has none. */
  readonly mediaDevices?: DeviceSource | undefined;
  /** `window.isSecureContext`: without it browsers give no devices. */
  readonly secure?: boolean;
  /** Where chosen devices are remembered. */
  readonly storage?: DeviceStorage | undefined;
  /** Ask for a small picture (a phone's encoder and uplink are small too). */
  readonly smallCamera?: boolean;
}

/**
 * The person's microphone, camera and screen: opened by a lobby or by a call, and owned by the call from then on.
 * No method rejects; what went wrong is in the state, and told once to `onProblem`.
 */
export class LocalMedia {
  readonly #source: DeviceSource | undefined;
  readonly #secure: boolean;
  readonly #smallCamera: boolean;
  readonly #userMedia: UserMedia | undefined;
  readonly #chosen: ChosenDevices;
  readonly #microphone: Device;
  readonly #camera: Device;
  readonly #screen: ScreenShare;
  readonly #listeners = new Set<(state: LocalMediaState) => void>();
  readonly #problemListeners = new Set<(source: LocalSource, problem: DeviceProblem) => void>();
  readonly #handleDeviceChange = () => void this.#list();
  #state: LocalMediaState;
  #closed = false;

  constructor(options: LocalMediaOptions = {}) {
    this.#source = options.mediaDevices;
    this.#secure = options.secure ?? true;
    this.#smallCamera = options.smallCamera ?? false;
    this.#userMedia = options.mediaDevices && new UserMedia(options.mediaDevices);
    this.#chosen = new ChosenDevices(options.storage);
    this.#microphone = this.#device("microphone");
    this.#camera = this.#device("camera");
    this.#screen = new ScreenShare(options.mediaDevices, () => this.#update());
    this.#state = {
      microphone: this.#microphone.state,
      camera: this.#camera.state,
      screen: null,
      microphones: [],
      cameras: [],
    };
    this.#source?.addEventListener("devicechange", this.#handleDeviceChange);
  }

  /** An immutable snapshot; a new object after every change. */
  get state(): LocalMediaState {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (state: LocalMediaState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Told once for each attempt that failed, and for each device that went away. Returns what ends the subscription. */
  onProblem(listener: (source: LocalSource, problem: DeviceProblem) => void): () => void {
    this.#problemListeners.add(listener);
    return () => void this.#problemListeners.delete(listener);
  }

  /** Turns on what is asked for; both together ask the person once. Settles when both are open or have failed. */
  async open(wanted: { readonly microphone: boolean; readonly camera: boolean }): Promise<void> {
    await Promise.all([
      ...(wanted.microphone ? [this.setMicrophone(true)] : []),
      ...(wanted.camera ? [this.setCamera(true)] : []),
    ]);
  }

  /** Off mutes and keeps the device, so that the next word is heard at once. */
  setMicrophone(on: boolean): Promise<void> {
    return this.#microphone.set(on);
  }

  /** Off releases the device. */
  setCamera(on: boolean): Promise<void> {
    return this.#camera.set(on);
  }

  switchMicrophone(deviceId: string): Promise<void> {
    this.#chosen.set("microphone", deviceId);
    return this.#microphone.switch(deviceId);
  }

  switchCamera(deviceId: string): Promise<void> {
    this.#chosen.set("camera", deviceId);
    return this.#camera.switch(deviceId);
  }

  get canShareScreen(): boolean {
    return this.#screen.supported;
  }

  /** Lets the person pick a screen; a second call while one is being picked or shared does nothing. */
  async startScreenShare(): Promise<void> {
    const problem = this.#secure ? await this.#screen.start() : "insecure";
    if (problem) this.#tellProblem("screen", problem);
  }

  stopScreenShare(): void {
    this.#screen.stop();
  }

  /** Releases everything, also what is still being opened. */
  close(): void {
    this.#closed = true;
    this.#source?.removeEventListener("devicechange", this.#handleDeviceChange);
    this.#microphone.close();
    this.#camera.close();
    this.#screen.close();
    this.#update();
  }

  #device(kind: DeviceKind): Device {
    return new Device({
      kind,
      deviceId: this.#chosen.get(kind),
      whenOff: kind === "microphone" ? "mute" : "release",
      acquire: (deviceId, exact) => this.#acquire(kind, deviceId, exact),
      onChange: () => this.#update(),
      onProblem: (problem) => this.#tellProblem(kind, problem),
    });
  }

  async #acquire(kind: DeviceKind, deviceId: string | null, exact: boolean): Promise<MediaStreamTrack> {
    if (!this.#secure) throw new DeviceError("insecure");
    if (!this.#userMedia) throw new DeviceError("unsupported");
    const constraints = kind === "microphone" ? microphoneConstraints : cameraConstraints(this.#smallCamera, deviceId);
    const track = await this.#userMedia.request({
      kind,
      constraints: {
        ...constraints,
        ...(deviceId === null ? {} : { deviceId: exact ? { exact: deviceId } : { ideal: deviceId } }),
      },
    });
    void this.#list();
    return track;
  }

  async #list(): Promise<void> {
    const devices = (await this.#source?.enumerateDevices().catch(() => [])) ?? [];
    if (this.#closed) return;
    const choices = (kind: MediaDeviceKind) =>
      devices
        .filter((device) => device.kind === kind && device.deviceId !== "" && device.label !== "")
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.#state = { ...this.#state, microphones: choices("audioinput"), cameras: choices("videoinput") };
    this.#tell();
  }

  #update(): void {
    this.#state = {
      ...this.#state,
      microphone: this.#microphone.state,
      camera: this.#camera.state,
      screen: this.#screen.state,
    };
    this.#tell();
  }

  #tellProblem(source: LocalSource, problem: DeviceProblem): void {
    if (this.#closed) return;
    for (const listener of this.#problemListeners) listener(source, problem);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#state);
  }
}

const microphoneConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

function cameraConstraints(small: boolean, deviceId: string | null): MediaTrackConstraints {
  return {
    width: { ideal: small ? 640 : 1280 },
    height: { ideal: small ? 360 : 720 },
    frameRate: { ideal: 30 },
    // Until the person chose one: a phone's camera that looks at them.
    ...(deviceId === null ? { facingMode: { ideal: "user" } } : {}),
  };
}
