import {
  defaultSpeaker,
  type DeviceChoice,
  type DeviceState,
  type LocalMediaState,
  type SelectableKind,
} from "../../call/index.js";

/** What is shown about a microphone or a camera. */
export interface DeviceView {
  readonly on: boolean;
  /** Asked for and not there yet. */
  readonly starting: boolean;
  /** Those to choose from; none until the person allowed one. */
  readonly choices: readonly DeviceChoice[];
  readonly chosen: string | null;
}

/** What is shown about what the others are heard through. */
export interface SpeakerView {
  /** Besides the system's default, which can always be chosen. */
  readonly choices: readonly DeviceChoice[];
  readonly chosen: string;
}

/** A person's choice among several. */
export interface ChosenDevice {
  readonly kind: SelectableKind;
  readonly id: string;
}

export function deviceView(device: DeviceState, choices: readonly DeviceChoice[]): DeviceView {
  return { on: device.on, starting: device.opening, choices, chosen: device.deviceId };
}

export function speakerView({ speaker, speakers }: LocalMediaState): SpeakerView {
  // Chromium lists what the system has chosen as devices of their own.
  const choices = speakers.filter(({ id }) => id !== "default" && id !== "communications");
  return { choices, chosen: speaker };
}

export const noDevice: DeviceView = { on: false, starting: false, choices: [], chosen: null };
export const noSpeaker: SpeakerView = { choices: [], chosen: defaultSpeaker };
