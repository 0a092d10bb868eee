/**
 * What a call looks like from outside: immutable snapshots that a view renders.
 *
 * Nothing here speaks of peer connections: an SFU can stand behind the same words.
 */

export type { Diagnosis, Evidence } from "./quality/diagnosis.js";
export type { Sample } from "./quality/sample.js";
export type { Mark, QualityState, ScreenContent } from "./quality/state.js";
export type { WayReading } from "./story/way.js";

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

/** What the relay has done for it, where no path was found. */
export type RelayPart =
  /** The server offers none. */
  | "not-offered"
  /** The server offers one, and it cannot be reached from here. */
  | "not-reached"
  /** It was there, and did not help. */
  | "reached";

/** Hosts decide who enters, and may end the call for all. */
export type Role = "host" | "participant";

export interface RemoteParticipant {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The hand is raised, and whoever has the smaller number raised it earlier; null: it is not. */
  readonly hand: number | null;
  readonly media: MediaState;
  /** Without a connection to the server at the moment; media may go on undisturbed. */
  readonly away: boolean;
  readonly path: MediaPath;
  /** Known while `path` is `failed`; null otherwise. */
  readonly relay: RelayPart | null;
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
  readonly role: Role;
  readonly hand: number | null;
  readonly media: MediaState;
  readonly camera: MediaStream | null;
  readonly screen: MediaStream | null;
  readonly speaking: boolean;
}

export type CallPhase =
  | { readonly kind: "joining" }
  /** At the door, until a host lets this participant in. */
  | { readonly kind: "waiting" }
  | { readonly kind: "joined" }
  /**
   * Signalling is lost and being restored; direct media goes on. `overdue`: for longer than so many milliseconds, after which
   * the server does not promise to hold the seat; null: not yet.
   */
  | { readonly kind: "reconnecting"; readonly overdue: number | null }
  /** Another page has taken the seat; this one is out for good, unless the person wants it back. */
  | { readonly kind: "displaced" }
  /** A host (or who runs the server) has ended the call for this participant, or for all. */
  | { readonly kind: "over"; readonly reason: "removed" | "ended" }
  | { readonly kind: "refused"; readonly reason: RefusalReason }
  | { readonly kind: "left" };

export type RefusalReason =
  | "room-full"
  | "server-full"
  /** The server speaks a newer protocol than this page: the page was loaded before the server was updated. */
  | "page-outdated"
  /** The server speaks an older protocol than this page. */
  | "server-outdated"
  | "invalid-name"
  | "invalid"
  | "already-joined"
  /** Nobody new may enter. */
  | "locked"
  | "passcode-required"
  | "passcode-wrong"
  /** Too many attempts from here. */
  | "rate"
  /** A host said no. */
  | "denied"
  /** A host has removed this participant. */
  | "removed"
  /** The call ended while this participant waited. */
  | "ended"
  /** Another application decides who enters, by tokens, and this participant has none that holds. */
  | "token-required"
  | "token-invalid"
  /** No answer from the server at all. */
  | "server-unreachable";

/** Why a device cannot be used; each has words of its own in the catalogue. */
export type DeviceProblem =
  /** The person, or a policy, blocked it for this site. */
  | "denied"
  /** The person closed the browser's question without an answer. */
  | "dismissed"
  /** The person allowed this site, but the system does not allow the browser. */
  | "denied-by-system"
  /** It was allowed and in use, and the permission was taken away. */
  | "revoked"
  | "not-found"
  /** Another program has it. */
  | "busy"
  /** It cannot do what is asked of it, however little. */
  | "overconstrained"
  /** The page is not secure, and browsers give devices to secure pages only. */
  | "insecure"
  | "unsupported"
  | "unknown";

/** What happened to a device. Names are what people call a device; empty where the browser did not tell. */
export type DeviceNews =
  | { readonly kind: "problem"; readonly problem: DeviceProblem }
  /** It was disconnected; `now` is used instead, null: there is no other. `on`: as before, and is told because people wonder. */
  | { readonly kind: "replaced"; readonly gone: string; readonly now: string | null; readonly on: boolean }
  /** What was disconnected is back and used again; while not `on`, as soon as it is turned on. */
  | { readonly kind: "returned"; readonly now: string; readonly on: boolean }
  /** The system mutes it for now (a phone call, a lid, a switch on the device), though the person has it on. */
  | { readonly kind: "silenced" }
  /** The person talks and is muted. */
  | { readonly kind: "talking" }
  /** The microphone is on, and nothing at all comes of it. */
  | { readonly kind: "unheard" };

/** Something that happened and that the person should hear about once. */
export type Notice = DeviceNotice | SeatNotice;

export type DeviceNotice = { readonly id: number; readonly device: NoticeDevice } & DeviceNews;

export type NoticeDevice = "microphone" | "camera" | "screen" | "speaker";

/** The server did not honour the seat's token any more, and the person is in the call as a new participant. */
export interface SeatNotice {
  readonly id: number;
  readonly seat: "renewed";
}

export interface CallState {
  readonly phase: CallPhase;
  readonly room: string;
  readonly local: LocalParticipant;
  readonly remotes: readonly RemoteParticipant[];
  readonly notices: readonly Notice[];
}
