export type * from "./messages.js";
export { protocolVersion } from "./messages.js";
export { Signalling, type SignallingHandlers, type SignallingState } from "./signalling.js";
export type { OpenSocket, SignallingSocket } from "./socket.js";
