export type DeviceKind = "microphone" | "camera";

/** The part of `navigator.mediaDevices` that capture needs. */
export type Capture = Pick<MediaDevices, "getUserMedia">;

export interface DeviceRequest {
  readonly kind: DeviceKind;
  readonly constraints: MediaTrackConstraints;
}

interface Waiting extends DeviceRequest {
  readonly resolve: (track: MediaStreamTrack) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Asks the browser for tracks. A microphone and a camera that are wanted at the same moment are asked for together, so
 * that the person is asked once; if that fails, each for itself, so that one failing leaves the other.
 */
export class UserMedia {
  readonly #capture: Capture;
  #waiting: Waiting[] = [];

  constructor(capture: Capture) {
    this.#capture = capture;
  }

  /** Rejects with the browser's error. */
  request(request: DeviceRequest): Promise<MediaStreamTrack> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...request, resolve, reject });
      if (this.#waiting.length === 1) queueMicrotask(() => void this.#flush());
    });
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const microphone = waiting.find(({ kind }) => kind === "microphone");
    const camera = waiting.find(({ kind }) => kind === "camera");
    if (microphone && camera && (await this.#together(microphone, camera))) return;
    // One after the other: a browser shows one question at a time anyway.
    for (const each of waiting) await this.#alone(each);
  }

  async #together(microphone: Waiting, camera: Waiting): Promise<boolean> {
    try {
      const stream = await this.#capture.getUserMedia({ audio: microphone.constraints, video: camera.constraints });
      microphone.resolve(trackOf(stream, "microphone"));
      camera.resolve(trackOf(stream, "camera"));
      return true;
    } catch {
      return false;
    }
  }

  async #alone({ kind, constraints, resolve, reject }: Waiting): Promise<void> {
    try {
      const stream = await this.#capture.getUserMedia(
        kind === "microphone" ? { audio: constraints } : { video: constraints },
      );
      resolve(trackOf(stream, kind));
    } catch (error) {
      reject(error);
    }
  }
}

function trackOf(stream: MediaStream, kind: DeviceKind): MediaStreamTrack {
  const [track] = kind === "microphone" ? stream.getAudioTracks() : stream.getVideoTracks();
  if (!track) throw new DOMException(`no ${kind} track`, "NotFoundError");
  return track;
}
