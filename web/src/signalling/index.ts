export type * from "./messages.js";
export { protocolVersion } from "./messages.js";
export { Signalling, type SignallingHandlers, type SignallingState } from "./signalling.js";
export type { SignallingEntry, SignallingLog, SignallingStep } from "./signalling-log.js";
export type { Beacon, OpenSocket, SignallingSocket } from "./socket.js";
