import type { DeviceNews, DeviceProblem } from "../state.js";
import type { DeviceList } from "./device-list.js";
import { DeviceError, isDenial, problemOf } from "./device-problem.js";
import type { DeviceKind } from "./user-media.js";

/** What a microphone or a camera is doing; immutable. */
export interface DeviceState {
  /** What the person's own button says: wanted, and there, or just being replaced by another one. */
  readonly on: boolean;
  /** The browser is being asked, and the person perhaps with it. */
  readonly opening: boolean;
  /** The live track alone, also of a muted microphone; a new stream whenever the device changes. */
  readonly stream: MediaStream | null;
  /** On, but the system gives silence or black for now. */
  readonly silenced: boolean;
  /** The device in use, or the one that will be tried first. */
  readonly deviceId: string | null;
  /** Why the last attempt failed; null after a success. */
  readonly problem: DeviceProblem | null;
}

/** Whether the others get anything from it: the truth, where `on` is the person's will. */
export function sends({ on, stream, silenced }: DeviceState): boolean {
  return on && stream !== null && !silenced;
}

export interface DeviceOptions {
  readonly kind: DeviceKind;
  /** `exact`: this one or none; otherwise the default where this one is gone. Rejects with the browser's error, or with a
   * `DeviceError`. */
  readonly acquire: (deviceId: string | null, exact: boolean) => Promise<MediaStreamTrack>;
  /** What the person allows; null where the browser does not tell. */
  readonly permission: () => Promise<PermissionState | null>;
  /** What is connected, as far as is known. */
  readonly list: () => DeviceList;
  /** The same, looked up now; null: the browser does not tell, or not soon. */
  readonly look: () => Promise<DeviceList | null>;
  /** Whether the person has the page before them. */
  readonly visible: () => boolean;
  /** What to do with a device that is not wanted for now: a camera is released, its light goes out; a microphone keeps
   * its track and is muted, so that it speaks again at once. */
  readonly whenOff: "release" | "mute";
  readonly deviceId: string | null;
  readonly onChange: () => void;
  readonly onNews: (news: DeviceNews) => void;
}

/** A device as it was when it was in use. */
interface Former {
  readonly id: string | null;
  readonly name: string;
}

interface Missed extends Former {
  readonly id: string;
  /** Whether the person had it on, and since when it is gone. */
  readonly on: boolean;
  readonly since: number;
}

/** A device that ends sooner than this after opening (milliseconds) is broken, and is not opened again by itself. */
const flapping = 2_000;
/** What ended without another to take over is turned on again by itself if it is back so soon (milliseconds). */
const returnsWithin = 10_000;

/**
 * One microphone or one camera. What is wanted may change at any moment, also while the browser is being asked; one loop
 * brings what there is to what is wanted, so that two answers can never cross.
 *
 * A device that ends by itself is replaced: by the same one where it was a hiccup, else by the system's default, muted if it
 * was muted. Whether it is on is for the person alone to say, so
 * - a device that comes back takes over again from the one that stood in for it, muted or not, as it was;
 * - a device that nothing could stand in for is shown as off; back within {@link returnsWithin}, it goes on as if nothing had
 *   happened (a loose plug, a computer that wakes up), later it waits to be turned on: somebody who pulls out a camera to
 *   be unseen is not seen for plugging it in;
 * - a camera that ends while the page is hidden waits until the person is back, and no other one looks at them meanwhile.
 */
export class Device {
  readonly #options: DeviceOptions;
  #wanted = false;
  /** To be opened although it is off. */
  #preparing = false;
  /** The device to use instead of the one in use: by the person's choice, or because it is `back`. */
  #switchTo: { readonly id: string; readonly back: boolean } | null = null;
  #track: MediaStreamTrack | null = null;
  /** What people call the device in use. */
  #name = "";
  /** It ended by itself and is to be replaced. */
  #gone: Former | null = null;
  /** It was in use before it went away, and is used again once it is back. */
  #missed: Missed | null = null;
  /** It is off against the person's will, and may be turned on again by itself when this happens. */
  #awaits: "permission" | "return" | null = null;
  /** What the browser said of the permission when the track was given. */
  #allowed: PermissionState | null = null;
  /** Ask for the same device again: the system may have forgotten to give back its sound or picture. */
  #stale = false;
  #closed = false;
  #running: Promise<void> | null = null;
  #openedAt = 0;
  #state: DeviceState;

  constructor(options: DeviceOptions) {
    this.#options = options;
    const { deviceId } = options;
    this.#state = { on: false, opening: false, stream: null, silenced: false, deviceId, problem: null };
  }

  get state(): DeviceState {
    return this.#state;
  }

  /** What the person wants, whatever the browser has given yet; `muted`: open, so that it speaks at once. */
  get will(): "on" | "muted" | "off" {
    if (this.#wanted) return "on";
    const kept = this.#track !== null || this.#gone !== null || this.#preparing;
    return kept && this.#options.whenOff === "mute" ? "muted" : "off";
  }

  /** Settles when what there is matches what is wanted last; never rejects. */
  set(on: boolean): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#awaits = null;
    return this.#want(on);
  }

  /** Opens a device that is muted while it is off, so that turning it on later takes no time. */
  prepare(): Promise<void> {
    if (this.#closed || this.#options.whenOff !== "mute") return Promise.resolve();
    this.#preparing = true;
    return this.#reconcile();
  }

  /** Uses another device from now on; one that is off stays off and takes effect when it is turned on. */
  switch(deviceId: string): Promise<void> {
    if (this.#closed || (deviceId === this.#state.deviceId && this.#switchTo === null)) return Promise.resolve();
    this.#missed = null;
    if (this.#track || this.#running) this.#switchTo = { id: deviceId, back: false };
    else this.#update({ deviceId });
    return this.#reconcile();
  }

  /** What is connected has changed, or was looked at for the first time. */
  handleList(before: DeviceList, now: DeviceList): void {
    const { kind } = this.#options;
    if (this.#closed || !before.names(kind) || !now.names(kind)) return;
    const missed = this.#missed;
    // The alias of the system's default is always there: it is back when it stands for the same device again.
    if (missed && now.has(kind, missed.id) && now.nameOf(kind, missed.id) === missed.name) this.#takeBack(missed);
    else this.#missFrom(before, now);
    if (this.#track && now.has(kind, this.#state.deviceId ?? "")) this.#name = now.nameOfTrack(kind, this.#track);
  }

  /** The person allowed it again. */
  handleGranted(): void {
    if (this.#awaits === "permission") void this.set(true);
  }

  /** The page is before the person again, or the computer is awake: what ended meanwhile is opened. */
  revive(): void {
    if (this.#closed) return;
    if (this.#track?.readyState === "ended") this.#handleEnded(this.#track);
    if (this.#awaits === "return") void this.set(true);
    else void this.#reconcile();
  }

  /** Asks for the device anew if the system still mutes it: after an interruption some forget to unmute. */
  refresh(): void {
    if (this.#closed || !this.#state.silenced || !this.#options.visible()) return;
    this.#stale = true;
    void this.#reconcile();
  }

  /** Releases the device for good, also one that is still being opened. */
  close(): void {
    this.#closed = true;
    this.#wanted = false;
    this.#gone = null;
    this.#release();
    this.#update({ on: false, opening: false, stream: null, silenced: false });
  }

  #want(on: boolean): Promise<void> {
    this.#wanted = on;
    // At once, whatever is being asked for at the moment: who turns a camera off wants its light out.
    this.#settle();
    return this.#reconcile();
  }

  #reconcile(): Promise<void> {
    if (this.#running) return this.#running;
    this.#running = this.#run();
    // At once: who looks before the first step must not take it for off.
    if (!this.#track && !this.#gone && !this.#closed && (this.#wanted || this.#preparing))
      this.#update({ opening: true });
    return this.#running;
  }

  async #run(): Promise<void> {
    // First the caller notes that this runs.
    await Promise.resolve();
    for (let step = this.#nextStep(); step !== null; step = this.#nextStep()) await step;
    this.#running = null;
    this.#settle();
    this.#update({ opening: false, ...(this.#switchTo ? { deviceId: this.#switchTo.id } : {}) });
  }

  #nextStep(): Promise<void> | null {
    if (this.#closed) return null;
    if (this.#track && this.#switchTo) return this.#change(this.#switchTo);
    if (this.#track) return this.#stale ? this.#renew(this.#track) : null;
    if (this.#gone && this.#wanted && this.#switchTo) this.#gone = null;
    if (this.#gone) return this.#held ? null : this.#replace(this.#gone);
    return this.#wanted || this.#preparing ? this.#open() : null;
  }

  get #held(): boolean {
    return this.#options.kind === "camera" && !this.#options.visible();
  }

  /** Brings the track there is to what is wanted. */
  #settle(): void {
    if (!this.#wanted && this.#options.whenOff === "release") {
      this.#gone = null;
      this.#release();
    }
    if (this.#track) this.#track.enabled = this.#wanted;
    this.#update({
      on: this.#wanted && (this.#track !== null || this.#gone !== null),
      silenced: this.#wanted && this.#track?.muted === true,
      ...(this.#track ? {} : { stream: null }),
    });
  }

  async #open(): Promise<void> {
    const switchTo = this.#switchTo;
    const deviceId = switchTo?.id ?? this.#state.deviceId;
    this.#switchTo = null;
    this.#update({ opening: true, deviceId });
    try {
      this.#adopt(await this.#options.acquire(deviceId, false));
      if (switchTo?.back === true && this.#track) this.#tell({ kind: "returned", now: this.#name, on: this.#wanted });
    } catch (error) {
      const stillWanted = (this.#wanted || this.#preparing) && !this.#closed;
      this.#preparing = false;
      this.#wanted = false;
      if (stillWanted) this.#fail(problemOf(error), true);
    }
  }

  async #change({ id, back }: { readonly id: string; readonly back: boolean }): Promise<void> {
    const { acquire, list, kind } = this.#options;
    this.#switchTo = null;
    this.#update({ opening: true });
    try {
      this.#adopt(await acquire(id, true));
      if (back && this.#track) this.#tell({ kind: "returned", now: this.#name, on: this.#wanted });
    } catch (error) {
      const problem = problemOf(error);
      // What came back by itself and does not work after all is not missed by anybody.
      if (this.#closed || back) return;
      if (problem === "not-found") {
        this.#tell({ kind: "replaced", gone: list().nameOf(kind, id), now: this.#name, on: this.#wanted });
      } else if (problem === "busy") {
        // Many phones open one camera at a time: let go of the first one and try again.
        this.#release();
        this.#update({ stream: null, silenced: false, deviceId: id });
      } else {
        this.#fail(problem, false);
      }
    }
  }

  async #renew(before: MediaStreamTrack): Promise<void> {
    this.#stale = false;
    try {
      const track = await this.#options.acquire(this.#state.deviceId, false);
      if (before === this.#track) this.#adopt(track);
      else track.stop();
    } catch {
      // The one there is may still come to life.
    }
  }

  /** Puts another one in the place of one that ended by itself. */
  async #replace(gone: Former): Promise<void> {
    this.#update({ opening: true });
    try {
      if (await this.#isRevoked(gone)) throw new DeviceError("revoked");
      if (Date.now() - this.#openedAt < flapping) throw new DeviceError("unknown");
      // The same one if it is still there.
      this.#adopt(await this.#options.acquire(gone.id, false));
    } catch (error) {
      const problem = problemOf(error);
      this.#lose(gone, problem === "denied" ? "revoked" : problem);
      return;
    }
    if (!this.#track || (this.#state.deviceId === gone.id && this.#name === gone.name)) return;
    this.#miss(gone, this.#wanted);
    this.#tell({ kind: "replaced", gone: gone.name, now: this.#name, on: this.#wanted });
  }

  #lose(gone: Former, problem: DeviceProblem): void {
    const wanted = this.#wanted;
    // Turned off, or replaced by the person, while the browser was asked.
    if (this.#closed || this.#gone !== gone) return;
    this.#gone = null;
    this.#wanted = false;
    if (problem === "not-found") {
      this.#miss(gone, wanted);
      this.#update({ problem });
      this.#tell({ kind: "replaced", gone: gone.name, now: null, on: false });
    } else if (wanted || problem === "revoked") {
      this.#fail(problem, wanted);
    }
    if (wanted && this.#awaits === null && !this.#options.visible()) this.#awaits = "return";
  }

  /** Whether the track ended because the permission did. */
  async #isRevoked({ id }: Former): Promise<boolean> {
    const { permission, look, kind } = this.#options;
    const state = await permission();
    // Only a change tells: some browsers always answer "prompt".
    if (state !== "prompt" || this.#allowed !== "granted") return state === "denied";
    // A permission for some time may have run out long before the device was unplugged.
    const list = await look();
    return list !== null && !(list.names(kind) && id !== null && !list.has(kind, id));
  }

  #miss({ id, name }: Former, on: boolean): void {
    if (id !== null) this.#missed = { id, name, on, since: Date.now() };
  }

  #takeBack(missed: Missed): void {
    this.#missed = null;
    const { id, name } = missed;
    if (this.#track || this.#gone || this.#running) {
      this.#switchTo = { id, back: true };
      void this.#reconcile();
    } else if (missed.on && !this.#wanted && Date.now() - missed.since <= returnsWithin) {
      this.#switchTo = { id, back: true };
      void this.#want(true);
    } else {
      this.#update({ deviceId: id });
      this.#tell({ kind: "returned", now: name, on: false });
    }
  }

  /** Notes that the device in use, or the one that was to be tried next, is not connected any more. */
  #missFrom(before: DeviceList, now: DeviceList): void {
    const { kind } = this.#options;
    const { deviceId } = this.#state;
    // A list without anything is a browser that does not tell; if it is true, the tracks end.
    if (deviceId === null || now.empty || !before.has(kind, deviceId) || now.has(kind, deviceId)) return;
    if (this.#track) {
      // Not every browser ends the track of a device that is gone.
      const track = this.#track;
      track.stop();
      this.#handleEnded(track);
    } else if (!this.#running && !this.#gone) {
      const name = before.nameOf(kind, deviceId);
      const [next] = now.choices(kind);
      this.#miss({ id: deviceId, name }, false);
      this.#update({ deviceId: next?.id ?? null });
      this.#tell({ kind: "replaced", gone: name, now: next ? now.nameOf(kind, next.id) : null, on: false });
    }
  }

  #adopt(track: MediaStreamTrack): void {
    this.#preparing = false;
    this.#gone = null;
    this.#stale = false;
    if (this.#closed || (!this.#wanted && this.#options.whenOff === "release")) {
      track.stop();
      return;
    }
    this.#release();
    this.#track = track;
    this.#awaits = null;
    this.#openedAt = Date.now();
    this.#name = this.#options.list().nameOfTrack(this.#options.kind, track);
    track.enabled = this.#wanted;
    track.onended = () => this.#handleEnded(track);
    track.onmute = track.onunmute = () => this.#settle();
    void this.#noteAllowed(track);
    this.#update({
      on: this.#wanted,
      stream: new MediaStream([track]),
      silenced: this.#wanted && track.muted,
      deviceId: track.getSettings().deviceId ?? this.#state.deviceId,
      problem: null,
    });
  }

  async #noteAllowed(track: MediaStreamTrack): Promise<void> {
    const permission = await this.#options.permission();
    if (track === this.#track) this.#allowed = permission;
  }

  /** Unplugged, taken by the system, or taken back by the person in the browser's own controls. */
  #handleEnded(track: MediaStreamTrack): void {
    if (track !== this.#track) return;
    this.#release();
    this.#gone = { id: this.#state.deviceId, name: this.#name };
    this.#settle();
    void this.#reconcile();
  }

  #release(): void {
    if (!this.#track) return;
    this.#track.onended = this.#track.onmute = this.#track.onunmute = null;
    this.#track.stop();
    this.#track = null;
  }

  /** @param off Whether the device is off because of it, against the person's will. */
  #fail(problem: DeviceProblem, off: boolean): void {
    if (off && isDenial(problem)) this.#awaits = "permission";
    this.#update({ problem });
    this.#tell({ kind: "problem", problem });
  }

  #tell(news: DeviceNews): void {
    this.#options.onNews(news);
  }

  #update(change: Partial<DeviceState>): void {
    const next = { ...this.#state, ...change };
    if (
      next.on === this.#state.on &&
      next.opening === this.#state.opening &&
      next.stream === this.#state.stream &&
      next.silenced === this.#state.silenced &&
      next.deviceId === this.#state.deviceId &&
      next.problem === this.#state.problem
    ) {
      return;
    }
    this.#state = next;
    this.#options.onChange();
  }
}
