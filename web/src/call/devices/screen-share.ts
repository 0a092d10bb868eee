import type { DeviceProblem } from "../state.js";
import { problemOf } from "./device-problem.js";

export type ScreenSource = Pick<MediaDevices, "getDisplayMedia">;

/** A "no" that comes faster than this (milliseconds) was not a person closing the browser's picker. */
const fastestPerson = 400;

/** The person's shared screen: at most one at a time. */
export class ScreenShare {
  readonly #source: ScreenSource | undefined;
  readonly #onChange: () => void;
  #stream: MediaStream | null = null;
  #asking = false;
  #closed = false;

  constructor(source: ScreenSource | undefined, onChange: () => void) {
    this.#source = source;
    this.#onChange = onChange;
  }

  /** Phones have none. */
  get supported(): boolean {
    return this.#source !== undefined && "getDisplayMedia" in this.#source;
  }

  get video(): MediaStreamTrack | null {
    return this.#stream?.getVideoTracks()[0] ?? null;
  }

  get audio(): MediaStreamTrack | null {
    return this.#stream?.getAudioTracks()[0] ?? null;
  }

  /** Lets the person pick a screen. Answers why there is none; null when there is one, or when the person thought better. */
  async start(): Promise<DeviceProblem | null> {
    if (this.#stream || this.#asking || this.#closed) return null;
    if (!this.#source || !this.supported) return "unsupported";
    const asked = Date.now();
    this.#asking = true;
    try {
      this.#adopt(await this.#source.getDisplayMedia(screenOptions));
      return null;
    } catch (error) {
      const problem = problemOf(error);
      return problem === "denied" && Date.now() - asked > fastestPerson ? null : problem;
    } finally {
      this.#asking = false;
    }
  }

  stop(): void {
    if (!this.#stream) return;
    this.#release();
    this.#onChange();
  }

  /** Ends sharing for good, also when the person is still choosing. */
  close(): void {
    this.#closed = true;
    this.#release();
  }

  #adopt(stream: MediaStream): void {
    const [video] = stream.getVideoTracks();
    if (this.#closed || !video) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    // Text stays readable: when bandwidth is short, frames go before sharpness does.
    video.contentHint = "detail";
    // Ended from the browser's own bar, or the shared window was closed.
    video.onended = () => {
      if (this.#stream === stream) this.stop();
    };
    this.#stream = stream;
    this.#onChange();
  }

  #release(): void {
    for (const track of this.#stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    this.#stream = null;
  }
}

// Browsers without these hints ignore them.
const screenOptions = {
  video: { frameRate: { ideal: 30, max: 30 } },
  // What is played, not what is said: none of the microphone's processing, and without the voices of this very call.
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, restrictOwnAudio: true },
  // A call that shares itself is a hall of mirrors.
  selfBrowserSurface: "exclude",
  systemAudio: "include",
  surfaceSwitching: "include",
} satisfies DisplayMediaStreamOptions & Record<string, unknown>;
