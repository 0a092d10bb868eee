import { Notices } from "../notices.js";
import type { DeviceNews, DeviceNotice, ScreenContent } from "../state.js";
import { ChosenDevices, type DeviceStorage } from "./chosen-devices.js";
import { Device, type DeviceState } from "./device.js";
import { type DeviceChoice, DeviceList } from "./device-list.js";
import { DevicePermission, type PermissionSource } from "./device-permission.js";
import { DeviceError, denialOf, problemOf } from "./device-problem.js";
import { type ScreenSource, ScreenShare, type ScreenState } from "./screen-share.js";
import { Speaker } from "./speaker.js";
import { type DeviceKind, UserMedia } from "./user-media.js";

export interface LocalMediaState {
  readonly microphone: DeviceState;
  readonly camera: DeviceState;
  /** The screen that is being shared. */
  readonly screen: ScreenState | null;
  /** The id of what the others are heard through; empty: the system's default. */
  readonly speaker: string;
  /** What can be chosen; empty until the person gave permission, because before browsers name no devices. */
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  readonly speakers: readonly DeviceChoice[];
  /** What the person should hear about. */
  readonly notices: readonly DeviceNotice[];
}

/** What a person has on. */
export interface TurnedOn {
  /** `muted`: open, so that it speaks at once when it is unmuted. */
  readonly microphone: "on" | "muted" | "off";
  readonly camera: boolean;
}

/** The part of `navigator.mediaDevices` that is used. */
export type DeviceSource = Pick<
  MediaDevices,
  "getUserMedia" | "enumerateDevices" | "addEventListener" | "removeEventListener"
> &
  ScreenSource;

export interface LocalMediaOptions {
  /** `navigator.mediaDevices`; undefined where the page has none. */
  readonly mediaDevices?: DeviceSource | undefined;
  /** `navigator.permissions`; undefined where the page has none. */
  readonly permissions?: PermissionSource | undefined;
  /** `window.isSecureContext`: without it browsers give no devices. */
  readonly secure?: boolean;
  /** Where chosen devices are remembered. */
  readonly storage?: DeviceStorage | undefined;
  /** Ask for a small picture (a phone's encoder and uplink are small too). */
  readonly smallCamera?: boolean;
}

/** How long the system may take to give back what it muted while the page was away (milliseconds). */
const refreshAfter = 3_000;
/** How long to wait for a list of what is connected (milliseconds). */
const patience = 1_000;

/**
 * The person's microphone, camera, screen and speaker: opened by a lobby or by a call, and owned by the call from then on.
 * No method rejects; what went wrong is in the state, and told once in its notices.
 */
export class LocalMedia {
  readonly #source: DeviceSource | undefined;
  readonly #secure: boolean;
  readonly #smallCamera: boolean;
  readonly #userMedia: UserMedia | undefined;
  readonly #chosen: ChosenDevices;
  readonly #permissions: Readonly<Record<DeviceKind, DevicePermission>>;
  readonly #microphone: Device;
  readonly #camera: Device;
  readonly #screen: ScreenShare;
  readonly #speaker: Speaker;
  readonly #notices = new Notices();
  readonly #listeners = new Set<(state: LocalMediaState) => void>();
  readonly #handleDeviceChange = () => void this.#look();
  #list = DeviceList.nothing;
  /** Counts looks at what is connected, so that a slow answer does not overtake a newer one. */
  #looks = 0;
  #visible = true;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #state: LocalMediaState;
  #closed = false;

  constructor(options: LocalMediaOptions = {}) {
    this.#source = options.mediaDevices;
    this.#secure = options.secure ?? true;
    this.#smallCamera = options.smallCamera ?? false;
    this.#userMedia = options.mediaDevices && new UserMedia(options.mediaDevices);
    this.#chosen = new ChosenDevices(options.storage);
    const permission = (kind: DeviceKind) =>
      new DevicePermission(options.permissions, kind, () => this.#device(kind).handleGranted());
    this.#permissions = { microphone: permission("microphone"), camera: permission("camera") };
    this.#microphone = this.#makeDevice("microphone");
    this.#camera = this.#makeDevice("camera");
    this.#screen = new ScreenShare(options.mediaDevices, () => this.#update());
    this.#speaker = new Speaker({
      deviceId: this.#chosen.get("speaker"),
      onChange: () => this.#update(),
      onNews: (news) => this.#notify("speaker", news),
    });
    this.#state = {
      microphone: this.#microphone.state,
      camera: this.#camera.state,
      screen: null,
      speaker: this.#speaker.deviceId,
      microphones: [],
      cameras: [],
      speakers: [],
      notices: this.#notices.list,
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

  /** Turns on what is asked for; both together ask the person once. Settles when both are open or have failed. */
  async open(wanted: TurnedOn): Promise<void> {
    await Promise.all([
      ...(wanted.microphone === "on" ? [this.setMicrophone(true)] : []),
      ...(wanted.microphone === "muted" ? [this.#microphone.prepare()] : []),
      ...(wanted.camera ? [this.setCamera(true)] : []),
    ]);
  }

  /** Off mutes and keeps the device, so that the next word is heard at once. */
  setMicrophone(on: boolean): Promise<void> {
    return this.#microphone.set(on);
  }

  /** What the person has on, or is about to. */
  get turnedOn(): TurnedOn {
    return { microphone: this.#microphone.will, camera: this.#camera.will === "on" };
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

  /** @param deviceId Empty: the system's default. */
  switchSpeaker(deviceId: string): void {
    this.#chosen.set("speaker", deviceId);
    this.#speaker.choose(deviceId);
    // Firefox lists a speaker only after the person has picked it.
    void this.#look();
  }

  /** The browser did not let the page use the chosen speaker. */
  handleSpeakerRefusal(): void {
    this.#speaker.handleRefusal();
  }

  /** Whether something is so of the microphone that the person may not know. */
  noteMicrophone(kind: "talking" | "unheard", so: boolean): void {
    if (so) this.#notify("microphone", { kind });
    else this.#notices.resolve("microphone", kind);
    this.#update();
  }

  /** What a shared screen shows, the one now and those to come: text stays sharp, motion smooth. */
  setScreenContent(content: ScreenContent): void {
    this.#screen.setContent(content);
  }

  get canShareScreen(): boolean {
    return this.#screen.supported;
  }

  /** Lets the person pick a screen; a second call while one is being picked or shared does nothing. */
  async startScreenShare(): Promise<void> {
    const problem = this.#secure ? await this.#screen.start() : "insecure";
    if (problem) this.#notify("screen", { kind: "problem", problem });
  }

  stopScreenShare(): void {
    this.#screen.stop();
  }

  /** The page was hidden, or shown again, or the computer woke up: what ended meanwhile and is wanted is opened. */
  handleVisibility(visible: boolean): void {
    this.#visible = visible;
    clearTimeout(this.#refreshTimer);
    if (!visible || this.#closed) return;
    void this.#look();
    this.#microphone.revive();
    this.#camera.revive();
    const silenced = [this.#microphone, this.#camera].filter(({ state }) => state.silenced);
    if (silenced.length > 0) {
      this.#refreshTimer = setTimeout(() => silenced.forEach((device) => device.refresh()), refreshAfter);
    }
  }

  dismissNotice(id: number): void {
    this.#notices.dismiss(id);
    this.#update();
  }

  /** The person has seen them all. */
  dismissNotices(): void {
    this.#notices.dismissAll();
    this.#update();
  }

  /** Releases everything, also what is still being opened. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#refreshTimer);
    this.#source?.removeEventListener("devicechange", this.#handleDeviceChange);
    this.#permissions.microphone.close();
    this.#permissions.camera.close();
    this.#microphone.close();
    this.#camera.close();
    this.#screen.close();
    this.#update();
  }

  #device(kind: DeviceKind): Device {
    return kind === "microphone" ? this.#microphone : this.#camera;
  }

  #makeDevice(kind: DeviceKind): Device {
    return new Device({
      kind,
      deviceId: this.#chosen.get(kind),
      whenOff: kind === "microphone" ? "mute" : "release",
      acquire: (deviceId, exact) => this.#acquire(kind, deviceId, exact),
      permission: () => this.#permissions[kind].state(),
      list: () => this.#list,
      look: () => this.#lookSoon(),
      visible: () => this.#visible,
      onChange: () => this.#handleDevice(kind),
      onNews: (news) => this.#notify(kind, news),
    });
  }

  /** Asks for less and less, while the browser says that nothing fits; `exact`: for this device only. */
  async #acquire(kind: DeviceKind, deviceId: string | null, exact: boolean): Promise<MediaStreamTrack> {
    const preferred = kind === "microphone" ? microphoneConstraints : cameraConstraints(this.#smallCamera);
    const attempts: MediaTrackConstraints[] = [];
    if (deviceId !== null) {
      // Not as `ideal`: Chromium then takes what stands first in its own settings.
      const id = { deviceId: { exact: deviceId } };
      attempts.push({ ...preferred, ...id }, id);
    }
    // Until the person chose one: a phone's camera that looks at them. What is preferred is no reason to go without.
    if (!exact) attempts.push(kind === "camera" ? { ...preferred, facingMode: { ideal: "user" } } : preferred, {});
    for (const constraints of attempts) {
      try {
        return await this.#request(kind, constraints);
      } catch (error) {
        if (problemOf(error) !== "overconstrained") throw error;
      }
    }
    throw new DeviceError(exact ? "not-found" : "overconstrained");
  }

  async #request(kind: DeviceKind, constraints: MediaTrackConstraints): Promise<MediaStreamTrack> {
    if (!this.#secure) throw new DeviceError("insecure");
    if (!this.#userMedia) throw new DeviceError("unsupported");
    try {
      const track = await this.#userMedia.request({ kind, constraints });
      void this.#look();
      return track;
    } catch (error) {
      if (problemOf(error) !== "denied") throw error;
      throw new DeviceError(denialOf(error, await this.#permissions[kind].state()));
    }
  }

  async #look(): Promise<void> {
    const look = ++this.#looks;
    const infos = (await this.#source?.enumerateDevices().catch(() => null)) ?? null;
    if (this.#closed || infos === null || look !== this.#looks) return;
    const before = this.#list;
    const now = new DeviceList(infos);
    this.#list = now;
    this.#microphone.handleList(before, now);
    this.#camera.handleList(before, now);
    this.#speaker.handleList(now);
    this.#state = {
      ...this.#state,
      microphones: now.choices("microphone"),
      cameras: now.choices("camera"),
      speakers: now.choices("speaker"),
    };
    this.#update();
  }

  /** Firefox may keep a page waiting that is not in front. */
  async #lookSoon(): Promise<DeviceList | null> {
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience));
    const infos = this.#source?.enumerateDevices().catch(() => null);
    const list = await Promise.race([infos, late]);
    return list ? new DeviceList(list) : null;
  }

  #handleDevice(kind: DeviceKind): void {
    const before = this.#state[kind];
    const now = this.#device(kind).state;
    if (now.on && now.problem === null) this.#notices.resolve(kind, "problem");
    if (now.silenced && !before.silenced) this.#notices.add(kind, { kind: "silenced" });
    if (!now.silenced) this.#notices.resolve(kind, "silenced");
    this.#update();
  }

  #notify(device: DeviceNotice["device"], news: DeviceNews): void {
    if (this.#closed) return;
    this.#notices.add(device, news);
    this.#update();
  }

  #update(): void {
    this.#state = {
      ...this.#state,
      microphone: this.#microphone.state,
      camera: this.#camera.state,
      screen: this.#screen.state,
      speaker: this.#speaker.deviceId,
      notices: this.#notices.list,
    };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

const microphoneConstraints: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

function cameraConstraints(small: boolean): MediaTrackConstraints {
  return {
    width: { ideal: small ? 640 : 1280 },
    height: { ideal: small ? 360 : 720 },
    frameRate: { ideal: 30 },
  };
}
