import { FakeTrack, streamOf } from "../../rtc/testing/fake-media.js";
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
  known: Partial<MediaDeviceInfo>[] = [];
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
      return this.#stream(constraints);
    };
    if (!this.hesitant) return Promise.resolve().then(give);
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

  #stream({ audio, video }: MediaStreamConstraints): MediaStream {
    const made = [
      ...(audio ? [new FakeTrack("audio", settingsOf(audio, "default-microphone"))] : []),
      ...(video ? [new FakeTrack("video", settingsOf(video, "default-camera"))] : []),
    ];
    this.tracks.push(...made);
    return streamOf(...made);
  }
}

function settingsOf(constraint: boolean | MediaTrackConstraints, otherwise: string): MediaTrackSettings {
  const wanted = typeof constraint === "object" ? constraint.deviceId : undefined;
  const id = typeof wanted === "object" && !Array.isArray(wanted) ? (wanted.exact ?? wanted.ideal) : undefined;
  return { deviceId: typeof id === "string" ? id : otherwise };
}

/** Storage that forgets with the test. */
export class FakeStorage {
  readonly values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }
}
