import type { DeviceProblem, ScreenContent } from "../state.js";
import { problemOf } from "./device-problem.js";

/** The part of `navigator.mediaDevices` that is used; phones lack it. */
export type ScreenSource = Partial<Pick<MediaDevices, "getDisplayMedia">>;

/** A screen that is being shared; immutable. */
export interface ScreenState {
  /** The picture alone. */
  readonly stream: MediaStream;
  /** Where the browser offers it and the person agreed. */
  readonly audio: MediaStreamTrack | null;
}

/**
 * When bandwidth is short, frames go before sharpness does, or the other way round (W3C mst-content-hint). "detail" and not "text":
 * what looks like text may be a drawing.
 */
const hints = { text: "detail", motion: "motion" } satisfies Record<ScreenContent, string>;

/** A "no" that comes faster than this (milliseconds) was not a person closing the browser's picker. */
const fastestPerson = 400;

/** The person's shared screen: at most one at a time. */
export class ScreenShare {
  readonly #source: ScreenSource | undefined;
  readonly #onChange: () => void;
  #state: ScreenState | null = null;
  #content: ScreenContent = "text";
  #asking = false;
  #closed = false;

  constructor(source: ScreenSource | undefined, onChange: () => void) {
    this.#source = source;
    this.#onChange = onChange;
  }

  /** Phones have none. */
  get supported(): boolean {
    return this.#source?.getDisplayMedia !== undefined;
  }

  get state(): ScreenState | null {
    return this.#state;
  }

  /** Lets the person pick a screen. Answers why there is none; null when there is one, or when the person thought better. */
  async start(): Promise<DeviceProblem | null> {
    if (this.#state || this.#asking || this.#closed) return null;
    if (!this.#source?.getDisplayMedia) return "unsupported";
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

  setContent(content: ScreenContent): void {
    this.#content = content;
    for (const track of this.#state?.stream.getVideoTracks() ?? []) track.contentHint = hints[content];
  }

  stop(): void {
    if (!this.#state) return;
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
    video.contentHint = hints[this.#content];
    // Ended from the browser's own bar, or the shared window was closed.
    video.onended = () => {
      if (this.#state === state) this.stop();
    };
    const state = { stream: new MediaStream([video]), audio: stream.getAudioTracks()[0] ?? null };
    this.#state = state;
    this.#onChange();
  }

  #release(): void {
    if (!this.#state) return;
    for (const track of this.#state.stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    this.#state.audio?.stop();
    this.#state = null;
  }
}

// Browsers without these hints ignore them.
const screenOptions = {
  video: { frameRate: { ideal: 30, max: 30 } },
  // What is played, not what is said: none of the microphone's processing, and without the voices of this very call.
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, restrictOwnAudio: true } as object,
  // A call that shares itself is a hall of mirrors.
  selfBrowserSurface: "exclude",
  systemAudio: "include",
  surfaceSwitching: "include",
} satisfies DisplayMediaStreamOptions & Record<string, unknown>;
