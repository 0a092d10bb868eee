/**
 * The messages of docs/signalling.md, protocol version 2, in its own words.
 */

export const protocolVersion = 2;

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
}

export type JoinRefusal = "protocol-unsupported" | "invalid" | "room-full" | "server-full" | "already-joined";

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
}

export type JoinAnswer =
  | Admission
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

export type DiagnoseRefusal = "full" | "rate";

export type ErrorCode =
  | "invalid"
  | "not-joined"
  | "unknown-participant"
  | "stale"
  | "away"
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
  | { readonly type: "left"; readonly id: string; readonly reason: "left" | "gone" };
