/** Tracks and streams for tests in an environment that has none. */

export class FakeTrack {
  static #count = 0;
  readonly id = `track-${++FakeTrack.#count}`;
  readonly kind: "audio" | "video";
  readonly label: string;
  readonly #settings: MediaTrackSettings;
  enabled = true;
  muted = false;
  readyState: MediaStreamTrackState = "live";
  contentHint = "";
  onended: (() => void) | null = null;
  onmute: (() => void) | null = null;
  onunmute: (() => void) | null = null;

  constructor(kind: "audio" | "video", settings: MediaTrackSettings = {}, label = "") {
    this.kind = kind;
    this.label = label;
    this.#settings = settings;
  }

  getSettings(): MediaTrackSettings {
    return this.#settings;
  }

  /** Another track of the same source, with a life of its own. */
  clone(): MediaStreamTrack {
    const copy = new FakeTrack(this.kind, this.#settings, this.label);
    copy.enabled = this.enabled;
    return copy.asTrack();
  }

  /** By the page: no event, as in browsers. */
  stop(): void {
    this.readyState = "ended";
  }

  /** By the world: the device was unplugged, the person ended it in the browser's own controls. */
  end(): void {
    this.readyState = "ended";
    this.onended?.();
  }

  /** By the system, which gives silence or black while it does. */
  mute(muted: boolean): void {
    this.muted = muted;
    (muted ? this.onmute : this.onunmute)?.();
  }

  asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

export class FakeMediaStream {
  readonly #tracks: MediaStreamTrack[];

  constructor(tracks: readonly MediaStreamTrack[] = []) {
    this.#tracks = [...tracks];
  }

  getTracks(): MediaStreamTrack[] {
    return this.#tracks;
  }

  getAudioTracks(): MediaStreamTrack[] {
    return this.#tracks.filter(({ kind }) => kind === "audio");
  }

  getVideoTracks(): MediaStreamTrack[] {
    return this.#tracks.filter(({ kind }) => kind === "video");
  }

  asStream(): MediaStream {
    return this as unknown as MediaStream;
  }
}

export function streamOf(...tracks: readonly FakeTrack[]): MediaStream {
  return new FakeMediaStream(tracks.map((track) => track.asTrack())).asStream();
}
