import type { DeviceProblem } from "../state.js";
import { problemOf } from "./device-problem.js";
import type { DeviceKind } from "./user-media.js";

/** What a microphone or a camera is doing; immutable. */
export interface DeviceState {
  /** Live, and (a microphone) not muted. */
  readonly on: boolean;
  /** The browser is being asked, and the person perhaps with it. */
  readonly opening: boolean;
  /** The live track alone, also of a muted microphone; a new stream whenever the device changes. */
  readonly stream: MediaStream | null;
  /** The device in use, or the one that will be tried first. */
  readonly deviceId: string | null;
  /** Why the last attempt failed; null after a success. */
  readonly problem: DeviceProblem | null;
}

export interface DeviceOptions {
  readonly kind: DeviceKind;
  /** Rejects with the browser's error, or with a `DeviceError`. */
  readonly acquire: (deviceId: string | null, exact: boolean) => Promise<MediaStreamTrack>;
  /** What to do with a device that is not wanted for now: a camera is released, its light goes out; a microphone keeps
   * its track and is muted, so that it speaks again at once. */
  readonly whenOff: "release" | "mute";
  readonly deviceId: string | null;
  readonly onChange: () => void;
  readonly onProblem: (problem: DeviceProblem) => void;
}

/** A device that ends sooner than this after opening (milliseconds) is broken, and is not opened again by itself. */
const flapping = 2_000;

/**
 * One microphone or one camera. What is wanted may change at any moment, also while the browser is being asked; one loop
 * brings what there is to what is wanted, so that two answers can never cross.
 */
export class Device {
  readonly #options: DeviceOptions;
  #wanted = false;
  /** The device the person chose while another one was in use. */
  #switchTo: string | null = null;
  #track: MediaStreamTrack | null = null;
  #closed = false;
  #running: Promise<void> | null = null;
  #openedAt = 0;
  #state: DeviceState;

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.#state = { on: false, opening: false, stream: null, deviceId: options.deviceId, problem: null };
  }

  get state(): DeviceState {
    return this.#state;
  }

  /** Settles when what there is matches what is wanted last; never rejects. */
  set(on: boolean): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#wanted = on;
    // At once, whatever is being asked for at the moment: who turns a camera off wants its light out.
    this.#settle();
    return this.#reconcile();
  }

  /** Uses another device from now on; one that is off stays off and takes effect when it is turned on. */
  switch(deviceId: string): Promise<void> {
    if (this.#closed || (deviceId === this.#state.deviceId && this.#switchTo === null)) return Promise.resolve();
    if (this.#track || this.#running) this.#switchTo = deviceId;
    else this.#update({ deviceId });
    return this.#reconcile();
  }

  /** Releases the device for good, also one that is still being opened. */
  close(): void {
    this.#closed = true;
    this.#wanted = false;
    this.#release();
    this.#update({ on: false, opening: false, stream: null });
  }

  #reconcile(): Promise<void> {
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      if (this.#track && this.#switchTo !== null) await this.#change(this.#switchTo);
      else if (this.#wanted && !this.#track) await this.#open();
      else break;
    }
    this.#settle();
    this.#update({ opening: false });
  }

  /** Brings the track there is to what is wanted. */
  #settle(): void {
    if (!this.#wanted && this.#options.whenOff === "release") this.#release();
    if (this.#track) this.#track.enabled = this.#wanted;
    this.#update({ on: this.#wanted && this.#track !== null, ...(this.#track ? {} : { stream: null }) });
  }

  async #open(): Promise<void> {
    const chosen = this.#switchTo;
    this.#switchTo = null;
    this.#update({ opening: true, ...(chosen === null ? {} : { deviceId: chosen }) });
    try {
      this.#adopt(await this.#options.acquire(this.#state.deviceId, chosen !== null));
    } catch (error) {
      const stillWanted = this.#wanted && !this.#closed;
      this.#wanted = false;
      if (stillWanted) this.#fail(problemOf(error));
    }
  }

  async #change(deviceId: string): Promise<void> {
    const { acquire } = this.#options;
    this.#switchTo = null;
    this.#update({ opening: true });
    try {
      this.#adopt(await acquire(deviceId, true));
    } catch (error) {
      const problem = problemOf(error);
      if (this.#closed) return;
      if (problem !== "busy") {
        this.#fail(problem);
        return;
      }
      // Many phones open one camera at a time: let go of the first one and try again.
      this.#release();
      this.#update({ stream: null, deviceId });
    }
  }

  #adopt(track: MediaStreamTrack): void {
    if (this.#closed || (!this.#wanted && this.#options.whenOff === "release")) {
      track.stop();
      return;
    }
    this.#release();
    this.#track = track;
    this.#openedAt = Date.now();
    track.enabled = this.#wanted;
    track.onended = () => this.#handleEnded(track);
    this.#update({
      on: this.#wanted,
      stream: new MediaStream([track]),
      deviceId: track.getSettings().deviceId ?? this.#state.deviceId,
      problem: null,
    });
  }

  /** Unplugged, or taken back by the person in the browser's own controls. */
  #handleEnded(track: MediaStreamTrack): void {
    if (track !== this.#track) return;
    this.#track = null;
    this.#update({ on: false, stream: null });
    if (!this.#wanted) return;
    if (this.#options.kind === "microphone" && Date.now() - this.#openedAt > flapping) {
      // A headset was pulled out: people expect to be heard through what is left. (Nobody expects another camera.)
      void this.#reconcile();
      return;
    }
    this.#wanted = false;
    this.#fail("not-found");
  }

  #release(): void {
    if (!this.#track) return;
    this.#track.onended = null;
    this.#track.stop();
    this.#track = null;
  }

  #fail(problem: DeviceProblem): void {
    this.#update({ problem });
    this.#options.onProblem(problem);
  }

  #update(change: Partial<DeviceState>): void {
    const next = { ...this.#state, ...change };
    if (
      next.on === this.#state.on &&
      next.opening === this.#state.opening &&
      next.stream === this.#state.stream &&
      next.deviceId === this.#state.deviceId &&
      next.problem === this.#state.problem
    ) {
      return;
    }
    this.#state = next;
    this.#options.onChange();
  }
}
