export { createBrowserConnection } from "./browser-connection.js";
export { drawConnectionId } from "./connection-id.js";
export {
  type CreateConnection,
  type LinkPath,
  PeerLink,
  type PeerLinkHandlers,
  type PeerLinkOptions,
  type RelayPart,
} from "./peer-link.js";
export { Journal } from "./journal/journal.js";
export type { Signal } from "./negotiation.js";
export type { Envelope } from "./peer-channel.js";
export { type Source, type Sources, everySource } from "./source.js";
export { type SendLimits, type SteeredSource, unlimited } from "./steering.js";
