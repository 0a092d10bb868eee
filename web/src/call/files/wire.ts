/**
 * What travels on the channel of one transfer, beside the bytes. JSON text, one object each:
 *
 * ```
 * sender                                    receiver
 * offer {name, size}           ──────────►
 *                              ◄──────────  accept {offset}, or decline {reason}
 * binary, up to 64 KiB each    ──────────►
 * block {digest}               ──────────►  after each block of 1 MiB, and after the rest
 *                              ◄──────────  confirm {offset}: checked and stored so far
 *                              ◄──────────  done: all of it, and kept
 * cancel {reason}              ◄─────────►  at any time; the last word on both sides
 * ```
 *
 * When the channel is lost the sender opens another one under the same label and begins again with the same `offer`; whoever
 * had accepted answers at once, with the offset from which to go on, and `done` if there is nothing to go on with.
 */
export type Message =
  | { readonly type: "offer"; readonly name: string; readonly size: number }
  | { readonly type: "accept" | "confirm"; readonly offset: number }
  | { readonly type: "block"; readonly digest: string }
  | { readonly type: "done" }
  | { readonly type: "decline"; readonly reason: DeclineReason }
  | { readonly type: "cancel"; readonly reason: CancelReason };

export type DeclineReason =
  /** The person does not want it. */
  | "declined"
  /** So many offers of this sender wait already. */
  | "too-many"
  /** The receiver's page cannot check what arrives. */
  | "unable";

export type CancelReason =
  /** The person has changed their mind. */
  | "cancelled"
  /** The sender cannot read the file any more. */
  | "unreadable"
  /** The receiver cannot store it. */
  | "unsaved"
  /** What arrived is not what was sent. */
  | "damaged"
  /** The other end has broken the rules. */
  | "violation";

/** In bytes. What is checked, stored and confirmed as one. */
export const blockSize = 1_048_576;

/** In bytes; fits what every browser takes as one message. */
export const pieceSize = 65_536;

/**
 * In bytes: how much may be on its way without being confirmed. A browser takes in whatever arrives, so this is what keeps a
 * slow disk from filling the receiver's memory; a round trip of 100 ms leaves 84 MB/s.
 */
export const windowSize = 8 * blockSize;

/** In UTF-16 code units; an offer with the longest name stays below it. */
const maxLength = 4_096;

/** In UTF-16 code units; the same on all systems that people have, as far as it can be. */
export const maxNameLength = 255;

const declineReasons: readonly string[] = ["declined", "too-many", "unable"] satisfies DeclineReason[];
const cancelReasons: readonly string[] = [
  "cancelled",
  "unreadable",
  "unsaved",
  "damaged",
  "violation",
] satisfies CancelReason[];

/** Null when it is none. */
export function parseMessage(text: string): Message | null {
  if (text.length > maxLength) return null;
  const fields = parseObject(text);
  if (!fields) return null;
  const { type, name, size, offset, digest, reason } = fields;
  switch (type) {
    case "offer":
      return typeof name === "string" && name.length <= maxNameLength && isCount(size) ? { type, name, size } : null;
    case "accept":
    case "confirm":
      return isCount(offset) ? { type, offset } : null;
    case "block":
      return typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest) ? { type, digest } : null;
    case "done":
      return { type };
    case "decline":
      return typeof reason === "string" && isDeclineReason(reason) ? { type, reason } : null;
    case "cancel":
      return typeof reason === "string" && isCancelReason(reason) ? { type, reason } : null;
    default:
      return null;
  }
}

/** How many bytes the block has that begins here. */
export function blockLength(offset: number, size: number): number {
  return Math.min(blockSize, size - offset);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isDeclineReason(value: string): value is DeclineReason {
  return declineReasons.includes(value);
}

function isCancelReason(value: string): value is CancelReason {
  return cancelReasons.includes(value);
}
