import type { DeviceKind } from "./user-media.js";

/** What can be chosen: microphones, cameras and, where the browser can, speakers. */
export type SelectableKind = DeviceKind | "speaker";

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

/** What is connected, as it was at one look; immutable. Empty until the person gave permission: before browsers name nothing. */
export class DeviceList {
  static readonly nothing = new DeviceList([]);
  readonly #infos: readonly MediaDeviceInfo[];

  constructor(infos: readonly MediaDeviceInfo[]) {
    this.#infos = infos;
  }

  get empty(): boolean {
    return this.#infos.length === 0;
  }

  /** The default comes first, as browsers have it. */
  choices(kind: SelectableKind): readonly DeviceChoice[] {
    return this.#of(kind)
      .filter(isNamed)
      .map(({ deviceId, label }) => ({ id: deviceId, label: readable(label) }));
  }

  /** Whether it says the truth about this kind: without permission it has one entry that has no name, or none. */
  names(kind: SelectableKind): boolean {
    return this.#of(kind).every(isNamed);
  }

  has(kind: SelectableKind, id: string): boolean {
    return this.#of(kind).some(({ deviceId }) => deviceId === id);
  }

  /** What people call a device; empty when it is not there. */
  nameOf(kind: SelectableKind, id: string): string {
    const info = this.#of(kind).find(({ deviceId }) => deviceId === id);
    return info === undefined ? "" : (this.#physical(kind, info.groupId) ?? readable(info.label));
  }

  /** What people call the device behind a track. */
  nameOfTrack(kind: DeviceKind, track: MediaStreamTrack): string {
    return this.#physical(kind, track.getSettings().groupId) ?? readable(track.label);
  }

  /** Chromium lists the system's default a second time, as "Default - X": the device behind it is of the same group. */
  #physical(kind: SelectableKind, groupId: string | undefined): string | null {
    if (groupId === undefined || groupId === "") return null;
    const group = this.#of(kind).filter((info) => info.groupId === groupId && isNamed(info) && !isAlias(info));
    const [only] = group;
    return only !== undefined && group.length === 1 ? readable(only.label) : null;
  }

  #of(kind: SelectableKind): readonly MediaDeviceInfo[] {
    return this.#infos.filter((info) => info.kind === outwardKinds[kind]);
  }
}

const outwardKinds: Record<SelectableKind, MediaDeviceKind> = {
  microphone: "audioinput",
  camera: "videoinput",
  speaker: "audiooutput",
};

function isNamed({ deviceId, label }: MediaDeviceInfo): boolean {
  return deviceId !== "" && label !== "";
}

/** Whether it stands for whatever the system has chosen, rather than for one device. */
function isAlias({ deviceId }: MediaDeviceInfo): boolean {
  return deviceId === "default" || deviceId === "communications";
}

/** Chromium adds the ids of the USB vendor and product: "Webcam C270 (046d:0825)". */
function readable(label: string): string {
  return label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/iu, "");
}
