import { FakeTrack, streamOf } from "../../rtc/testing/fake-media.js";
import type { PermissionSource } from "../devices/device-permission.js";
import type { DeviceSource } from "../devices/local-media.js";

interface Ask {
  readonly constraints: MediaStreamConstraints;
  readonly grant: () => void;
  readonly deny: (name: string) => void;
}

/** `navigator.mediaDevices` without devices: each one is what the test says it is. */
export class FakeDevices {
  /** The name of the error that asking for this kind ends in; null: it works. */
  audioError: string | null = null;
  videoError: string | null = null;
  screenError: string | null = null;
  screenHasAudio = true;
  /** True: the person does not answer before the test does, through `asks`. */
  hesitant = false;
  readonly asks: Ask[] = [];
  readonly constraints: MediaStreamConstraints[] = [];
  readonly tracks: FakeTrack[] = [];
  screensAsked = 0;
  /** What is connected. While nothing is named here, there is whatever is asked for. */
  known: Partial<MediaDeviceInfo>[] = [];
  /** What asking fails in as long as it asks for more than a device: a device that can hardly do anything. */
  modest = false;
  readonly permissions = new FakePermissions();
  #onDeviceChange: (() => void) | undefined;

  asSource(): DeviceSource {
    return this as unknown as DeviceSource;
  }

  get live(): string[] {
    return this.tracks.filter(({ readyState }) => readyState === "live").map(({ kind }) => kind);
  }

  /** The newest track of this kind that was given out. */
  newest(kind: "audio" | "video"): FakeTrack {
    const track = this.tracks.filter((candidate) => candidate.kind === kind).at(-1);
    if (!track) throw new Error(`no ${kind} was asked for`);
    return track;
  }

  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.constraints.push(constraints);
    const give = () => {
      const error = (constraints.audio ? this.audioError : null) ?? (constraints.video ? this.videoError : null);
      if (error) throw new DOMException("no", error);
      if (this.modest && asksForMore(constraints)) throw new DOMException("no", "OverconstrainedError");
      return this.#stream(constraints);
    };
    // Nobody is asked for what there is not.
    if (!this.hesitant || this.#isMissing(constraints)) return Promise.resolve().then(give);
    return new Promise((resolve, reject) => {
      this.asks.push({
        constraints,
        grant: () => void Promise.resolve().then(give).then(resolve, reject),
        deny: (name) => reject(new DOMException("no", name)),
      });
    });
  }

  getDisplayMedia(): Promise<MediaStream> {
    this.screensAsked += 1;
    const give = () => {
      if (this.screenError) throw new DOMException("no", this.screenError);
      return this.#stream({ video: true, audio: this.screenHasAudio });
    };
    if (!this.hesitant) return Promise.resolve().then(give);
    return new Promise((resolve, reject) => {
      this.asks.push({
        constraints: {},
        grant: () => void Promise.resolve().then(give).then(resolve, reject),
        deny: (name) => reject(new DOMException("no", name)),
      });
    });
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(this.known as MediaDeviceInfo[]);
  }

  addEventListener(_type: string, listener: () => void): void {
    this.#onDeviceChange = listener;
  }

  removeEventListener(): void {
    this.#onDeviceChange = undefined;
  }

  plug(known: Partial<MediaDeviceInfo>[]): void {
    this.known = known;
    this.#onDeviceChange?.();
  }

  /** Pulls it out: it is not listed any more and its tracks end, as far as the browser is that thorough. */
  unplug(deviceId: string, { thorough = true } = {}): void {
    this.known = this.known.filter((device) => device.deviceId !== deviceId);
    if (thorough) {
      for (const track of this.tracks) {
        if (track.getSettings().deviceId === deviceId && track.readyState === "live") track.end();
      }
    }
    this.#onDeviceChange?.();
  }

  #isMissing({ audio, video }: MediaStreamConstraints): boolean {
    return [audio, video].some((part) => {
      const id = part ? exactlyWanted(part) : undefined;
      return id !== undefined && this.known.length > 0 && !this.known.some(({ deviceId }) => deviceId === id);
    });
  }

  #stream({ audio, video }: MediaStreamConstraints): MediaStream {
    const made = [
      ...(audio ? [this.#track("audio", audio, "default-microphone")] : []),
      ...(video ? [this.#track("video", video, "default-camera")] : []),
    ];
    this.tracks.push(...made);
    return streamOf(...made);
  }

  #track(kind: "audio" | "video", constraint: true | MediaTrackConstraints, otherwise: string): FakeTrack {
    const exact = exactlyWanted(constraint);
    const connected = this.known.filter((device) => device.kind === `${kind}input`);
    if (this.known.length === 0) return new FakeTrack(kind, { deviceId: exact ?? otherwise });
    if (connected.length === 0) throw new DOMException("no", "NotFoundError");
    const found = connected.find(({ deviceId }) => deviceId === exact);
    if (!found && exact !== undefined) throw new DOMException("no", "OverconstrainedError");
    const { deviceId = "", label = "", groupId = "" } = found ?? connected[0] ?? {};
    return new FakeTrack(kind, { deviceId, groupId }, label);
  }
}

function asksForMore({ audio, video }: MediaStreamConstraints): boolean {
  return [audio, video].some(
    (part) => typeof part === "object" && Object.keys(part).some((constraint) => constraint !== "deviceId"),
  );
}

/** What is only preferred is not listened to: Chromium does not, either. */
function exactlyWanted(constraint: true | MediaTrackConstraints): string | undefined {
  const wanted = typeof constraint === "object" ? constraint.deviceId : undefined;
  return typeof wanted === "object" && !Array.isArray(wanted) ? (wanted as { exact?: string }).exact : undefined;
}

/** `navigator.permissions`; while a state is null, the browser does not tell. */
export class FakePermissions {
  readonly #states: Record<string, PermissionState | null> = { microphone: null, camera: null };
  readonly #statuses: { name: string; state: PermissionState; onchange: (() => void) | null }[] = [];

  asSource(): PermissionSource {
    return this as unknown as PermissionSource;
  }

  set(name: "microphone" | "camera", state: PermissionState | null): void {
    this.#states[name] = state;
    for (const status of this.#statuses.filter((each) => each.name === name)) {
      if (state === null || status.state === state) continue;
      status.state = state;
      status.onchange?.();
    }
  }

  query({ name }: { name: string }): Promise<unknown> {
    const state = this.#states[name] ?? null;
    if (state === null) return Promise.reject(new TypeError(`no permission "${name}"`));
    const status = { name, state, onchange: null };
    this.#statuses.push(status);
    return Promise.resolve(status);
  }
}

/** Storage that forgets with the test. */
export class FakeStorage {
  readonly values: Map<string, string>;

  /** With a copy of what another one holds. */
  constructor(values: ReadonlyMap<string, string> = new Map()) {
    this.values = new Map(values);
  }

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}
