import { protocolVersion } from "../signalling/index.js";
import type { JoinRefusal } from "../signalling/index.js";
import type { RefusalReason } from "./state.js";

/** The part of a refused answer to `join` that tells why. */
export interface Refusal {
  readonly reason: JoinRefusal;
  /** It begins with the name of the field that is wrong. */
  readonly message: string;
  /** The version that the server speaks. */
  readonly protocol?: number;
}

/** Why the server refused, as far as it makes a difference to what a person can do about it. */
export function refusalOf({ reason, message, protocol }: Refusal): RefusalReason {
  switch (reason) {
    case "protocol-unsupported":
      return protocol !== undefined && protocol < protocolVersion ? "server-outdated" : "page-outdated";
    case "invalid":
      return /^name\b/u.test(message) ? "invalid-name" : "invalid";
    default:
      return reason;
  }
}
