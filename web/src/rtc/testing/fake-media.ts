/** Tracks and streams for tests in an environment that has none. */

export class FakeTrack {
  static #count = 0;
  readonly id = `track-${++FakeTrack.#count}`;
  readonly kind: "audio" | "video";
  readonly #settings: MediaTrackSettings;
  enabled = true;
  readyState: MediaStreamTrackState = "live";
  contentHint = "";
  onended: (() => void) | null = null;

  constructor(kind: "audio" | "video", settings: MediaTrackSettings = {}) {
    this.kind = kind;
    this.#settings = settings;
  }

  getSettings(): MediaTrackSettings {
    return this.#settings;
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
