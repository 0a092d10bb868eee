import type { DeclineReason } from "./wire.js";

/** A file on its way to or from one other participant. Immutable; unchanged ones stay the same objects. */
export interface Transfer {
  /** Unique in this call. */
  readonly key: string;
  readonly direction: "sending" | "receiving";
  readonly participant: { readonly id: string; readonly name: string };
  /** Safe to be shown and to be saved under. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** In bytes: what the receiver has checked and stored. */
  readonly moved: number;
  readonly phase: TransferPhase;
}

/**
 * ```
 * sending     queued ──► offered ──► running ◄──► waiting      waiting: the way is lost, and it goes on by itself
 * receiving   offered ──► preparing ──► running ◄──► waiting
 *             from anywhere: ──► done, declined, cancelled, failed: for good
 * ```
 */
export type TransferPhase =
  /** Its turn comes when others to the same participant are through, or when that one can be reached. */
  | { readonly kind: "queued" }
  | { readonly kind: "offered" }
  /** The place for it is being made. */
  | { readonly kind: "preparing" }
  /** In bytes per second, over the last seconds; null until it is known. */
  | { readonly kind: "running"; readonly rate: number | null }
  | { readonly kind: "waiting" }
  /** Null: kept where the person wanted it, or sent. */
  | { readonly kind: "done"; readonly saved: SavedFile | null }
  | { readonly kind: "declined"; readonly reason: DeclineReason }
  | { readonly kind: "cancelled"; readonly by: "self" | "other" }
  | { readonly kind: "failed"; readonly reason: FailureReason };

export type FailureReason =
  /** The sender cannot read the file any more. */
  | "unreadable"
  /** The receiver could not store it. */
  | "unsaved"
  /** This end has no room for it. */
  | "full"
  /** What arrived is not what was sent. */
  | "damaged"
  /** One end has broken the rules: sent more than it said, or what was not asked for. */
  | "violation"
  /** The other page that it went to or came from is not there any more. */
  | "left"
  /** It broke off again and again. */
  | "lost";

/** A file that has arrived, and can be had until it is released. */
export interface SavedFile {
  /** Not in memory, if `storage` says so. Without a type, so that nothing opens it for what it claims to be. */
  readonly file: Blob;
  /** It cannot be had any more. */
  release(): void;
}

/** Where a file goes that arrives: opened when the person has accepted it. */
export interface FileSink {
  /** Resolves once it is stored, and only then more comes. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** All of it has come. Null: it lies where the person wanted it. */
  close(): Promise<SavedFile | null>;
  /** Nothing more comes; what came is forgotten. */
  abort(): void;
}

export function isEnded({ kind }: TransferPhase): boolean {
  return kind === "done" || kind === "declined" || kind === "cancelled" || kind === "failed";
}
