export { Call, type CallEnvironment, type CallOptions } from "./call.js";
export type { DeviceState } from "./devices/device.js";
export { type DeviceChoice, LocalMedia, type LocalMediaOptions, type LocalMediaState } from "./devices/local-media.js";
export type { DeviceKind } from "./devices/user-media.js";
export { LevelMeter } from "./speaking/level-meter.js";
export type * from "./state.js";
