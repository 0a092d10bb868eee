/**
 * What a call looks like from outside: immutable snapshots that a view renders.
 *
 * Nothing here speaks of peer connections: an SFU can stand behind the same words.
 */

/** What one participant sends. State, not events. */
export interface MediaState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

/** How media reaches a remote participant at the moment. */
export type MediaPath =
  /** No media has flowed yet. */
  | "connecting"
  | "connected"
  /** Media flowed and has stopped; the client is restoring it by itself. */
  | "interrupted"
  /** Several attempts found no path; the client goes on trying, slowly. */
  | "failed";

export interface RemoteParticipant {
  readonly id: string;
  readonly name: string;
  readonly media: MediaState;
  readonly path: MediaPath;
  /** Microphone (and screen audio, as a second stream), each to be played by an element of its own. */
  readonly audio: readonly MediaStream[];
  /** Camera video, without audio; null while no track has arrived. Shown only while `media.camera`. */
  readonly camera: MediaStream | null;
  /** Screen video, without audio; null while none is shared. Shown only while `media.screen`. */
  readonly screen: MediaStream | null;
  readonly speaking: boolean;
}

export interface LocalParticipant {
  readonly id: string | null;
  readonly name: string;
  readonly media: MediaState;
  readonly camera: MediaStream | null;
  readonly screen: MediaStream | null;
  readonly speaking: boolean;
}

export type CallPhase =
  | { readonly kind: "joining" }
  | { readonly kind: "joined" }
  /** Signalling is lost and being restored; direct media goes on. */
  | { readonly kind: "reconnecting" }
  | { readonly kind: "refused"; readonly reason: RefusalReason }
  | { readonly kind: "left" };

export type RefusalReason =
  | "room-full"
  | "server-full"
  | "protocol-unsupported"
  | "invalid"
  | "already-joined"
  /** No answer from the server at all. */
  | "server-unreachable";

/** Why a device cannot be used; each has words of its own in the catalogue. */
export type DeviceProblem = "denied" | "not-found" | "busy" | "insecure" | "unsupported" | "unknown";

/** Something that went wrong and that the person should hear about once. */
export interface Notice {
  readonly id: number;
  readonly device: "microphone" | "camera" | "screen" | "speaker";
  readonly problem: DeviceProblem;
}

export interface CallState {
  readonly phase: CallPhase;
  readonly room: string;
  readonly local: LocalParticipant;
  readonly remotes: readonly RemoteParticipant[];
  readonly notices: readonly Notice[];
}
