import type { DeviceNews } from "../state.js";
import type { DeviceList } from "./device-list.js";

/** What the others are heard through: the default of the system. `setSinkId` has the same word. */
export const defaultSpeaker = "";

export interface SpeakerOptions {
  readonly deviceId: string | null;
  readonly onChange: () => void;
  readonly onNews: (news: DeviceNews) => void;
}

/**
 * Which loudspeaker or headset the others are heard through. One that is not connected is not used, and is used again once it
 * is; in between it is the system's default. That is said when it goes and comes, not when it was never here.
 */
export class Speaker {
  readonly #options: SpeakerOptions;
  #chosen: string;
  #name = "";
  #deviceId = defaultSpeaker;
  /** It was in use before it went away. */
  #missed = false;

  constructor(options: SpeakerOptions) {
    this.#options = options;
    this.#chosen = options.deviceId ?? defaultSpeaker;
  }

  /** The speaker to use now. */
  get deviceId(): string {
    return this.#deviceId;
  }

  choose(deviceId: string): void {
    this.#chosen = deviceId;
    this.#missed = false;
    this.#use(deviceId);
  }

  /** What is connected has changed, or was looked at for the first time. */
  handleList(list: DeviceList): void {
    // Speakers are named to those only who allowed the microphone.
    if (this.#chosen === defaultSpeaker || !list.names("speaker") || !list.names("microphone")) return;
    const there = list.has("speaker", this.#chosen);
    const used = this.#deviceId === this.#chosen;
    if (there) {
      this.#name = list.nameOf("speaker", this.#chosen);
      this.#use(this.#chosen);
      if (this.#missed) this.#options.onNews({ kind: "returned", now: this.#name, on: true });
      this.#missed = false;
    } else if (used && !list.empty) {
      this.#missed = true;
      this.#use(defaultSpeaker);
      this.#options.onNews({ kind: "replaced", gone: this.#name, now: null, on: true });
    }
  }

  /** The browser did not take the chosen one. */
  handleRefusal(): void {
    this.choose(defaultSpeaker);
    this.#options.onNews({ kind: "problem", problem: "denied" });
  }

  #use(deviceId: string): void {
    if (deviceId === this.#deviceId) return;
    this.#deviceId = deviceId;
    this.#options.onChange();
  }
}
