import type { DeviceChoice, DeviceKind, DeviceProblem, DeviceState } from "../../call/index.js";

/** What is shown about a microphone or a camera. */
export interface DeviceView {
  readonly on: boolean;
  /** Asked for and not there yet. */
  readonly starting: boolean;
  readonly problem: DeviceProblem | null;
  /** Those to choose from; none until the person allowed one. */
  readonly choices: readonly DeviceChoice[];
  readonly chosen: string | null;
}

/** A person's choice among several. */
export interface ChosenDevice {
  readonly kind: DeviceKind;
  readonly id: string;
}

export function deviceView(device: DeviceState, choices: readonly DeviceChoice[]): DeviceView {
  return { on: device.on, starting: device.opening, problem: device.problem, choices, chosen: device.deviceId };
}

export const noDevice: DeviceView = { on: false, starting: false, problem: null, choices: [], chosen: null };
