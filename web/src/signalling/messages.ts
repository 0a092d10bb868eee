/**
 * The messages of docs/signalling.md, protocol version 3, in its own words.
 */

export const protocolVersion = 3;

export interface MediaState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

export interface Participant {
  readonly id: string;
  readonly name: string;
  readonly incarnation: number;
  readonly media: MediaState;
  /** The seat is held, but has no connection to the server at the moment. */
  readonly away: boolean;
  readonly role: Role;
  /** The hand is raised, and whoever has the smaller number raised it earlier; null: it is not. */
  readonly hand: number | null;
}

export type Role = "host" | "participant";

/** What stands between the room and who wants to enter it. */
export interface Doors {
  /** Nobody new enters. */
  readonly locked: boolean;
  /** Who is new waits until a host lets it in. */
  readonly waitingRoom: boolean;
  /** A passcode is set, and who is new must know it. */
  readonly passcode: boolean;
}

/** What is not given stays as it is; a passcode of null is taken away. */
export interface DoorsChange {
  readonly locked?: boolean;
  readonly waitingRoom?: boolean;
  readonly passcode?: string | null;
}

/** Somebody at the door. */
export interface Waiting {
  /** Becomes its participant id once it is let in. */
  readonly id: string;
  readonly name: string;
  /** In milliseconds since 1970 by the server's clock. */
  readonly since: number;
}

/** What the transceiver with a given mid carries from the sender of a description. */
export type Source = "microphone" | "camera" | "screen" | "screen-audio";

export type Sources = Readonly<Record<string, Source>>;

/** The page loads that a message speaks about; `from` is the sender's. */
export interface Incarnations {
  readonly from: number;
  readonly to: number;
}

export interface IceServers {
  readonly servers: readonly RTCIceServer[];
  /** When the credentials end, in milliseconds since 1970 by the server's clock; null: never. */
  readonly expiresAt: number | null;
}

/** An ICE candidate as it travels; an empty `candidate` ends the candidates of its generation. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}

export interface JoinRequest {
  readonly protocol: typeof protocolVersion;
  readonly room: string;
  readonly name: string;
  readonly incarnation: number;
  readonly media: MediaState;
  /** To return to the seat that an earlier admission gave. */
  readonly seat?: string;
  readonly passcode?: string;
  /** Signed by another application: that its bearer may enter, and as what. */
  readonly token?: string;
}

export type JoinRefusal =
  | "protocol-unsupported"
  | "invalid"
  | "room-full"
  | "server-full"
  | "already-joined"
  | "removed"
  | "token-required"
  | "token-invalid"
  | "locked"
  | "passcode-required"
  | "passcode-wrong"
  | "rate"
  | "denied"
  | "ended";

export interface Admission {
  readonly status: "admitted";
  readonly room: string;
  readonly self: Participant;
  /** The token of this seat; takes the place of any earlier one. */
  readonly seat: string;
  /** How long the seat is held without a connection, in milliseconds. */
  readonly grace: number;
  readonly participants: readonly Participant[];
  readonly capacity: number;
  readonly iceServers: IceServers;
  readonly doors: Doors;
  /** Who stands at the door, in order of arrival; empty for who is no host. */
  readonly waiting: readonly Waiting[];
}

export type JoinAnswer =
  | Admission
  /** At the door: what becomes of it comes as the message `door`. */
  | { readonly status: "waiting" }
  | {
      readonly status: "refused";
      /** The version that the server speaks. */
      readonly protocol: number;
      readonly reason: JoinRefusal;
      readonly message: string;
    }
  /** Not from the server: the connection ended, or the time limit passed, or the answer made no sense. */
  | { readonly status: "unanswered" };

/** What a page may try the paths with that lead from where it is. */
export type DiagnoseAnswer =
  | {
      readonly status: "ready";
      readonly iceServers: readonly RTCIceServer[];
      /** For how many seconds the credentials are good; null: for ever. */
      readonly expires: number | null;
    }
  | { readonly status: "refused"; readonly reason: DiagnoseRefusal; readonly message: string }
  /** Not from the server: see {@link JoinAnswer}. Servers of earlier versions do not know the question. */
  | { readonly status: "unanswered" };

export type DiagnoseRefusal =
  /** As many tests are running as the server carries. */
  | "full"
  /** As many are running from this address as may. */
  | "address"
  /** This address has asked too often. */
  | "rate";

export type ErrorCode =
  | "invalid"
  | "not-joined"
  | "unknown-participant"
  | "stale"
  | "away"
  /** Only a host may do that. */
  | "forbidden"
  /** There is no place for whom a host lets in. */
  | "room-full"
  /** Not from the server: see {@link JoinAnswer}. */
  | "unanswered";

export type Result =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string } };

export interface DescriptionMessage {
  readonly incarnations: Incarnations;
  /** Which peer connection of the pair it belongs to. */
  readonly connection: string;
  /** Larger with every offer that its maker makes; an answer has the number of the offer it answers. */
  readonly number: number;
  readonly sdp: string;
  readonly sources: Sources;
}

export interface CandidateMessage {
  readonly incarnations: Incarnations;
  readonly connection: string;
  readonly candidate: Candidate;
}

/** What the server sends of its own accord. */
export type ServerMessage =
  | { readonly type: "welcome"; readonly participant: Participant }
  | { readonly type: "away"; readonly id: string }
  | { readonly type: "displaced" }
  | ({ readonly type: "offer" | "answer"; readonly from: string } & DescriptionMessage)
  | ({ readonly type: "candidate"; readonly from: string } & CandidateMessage)
  | { readonly type: "media"; readonly id: string; readonly media: MediaState }
  | { readonly type: "left"; readonly id: string; readonly reason: "left" | "gone" | "removed" }
  | { readonly type: "doors"; readonly doors: Doors }
  | { readonly type: "role"; readonly id: string; readonly role: Role }
  | { readonly type: "hand"; readonly id: string; readonly hand: number | null }
  | { readonly type: "waiting"; readonly waiting: readonly Waiting[] }
  /** To who waits: what `join` would have answered. */
  | { readonly type: "door"; readonly answer: JoinAnswer }
  /** A token that takes the place of any earlier one. */
  | { readonly type: "seat"; readonly seat: string }
  /** This connection has no seat any more. `restored`: by the doors of the room it has to ask again. */
  | { readonly type: "removed"; readonly reason: "removed" | "restored" }
  | { readonly type: "muteAsked"; readonly from: string }
  | { readonly type: "ended" };
