import {
  type Admission,
  type Candidate,
  type DiagnoseAnswer,
  type DiagnoseRefusal,
  type Doors,
  type ErrorCode,
  type IceServers,
  type Incarnations,
  type JoinAnswer,
  type JoinRefusal,
  type MediaState,
  type Participant,
  type Result,
  type ServerMessage,
  type Source,
  type Sources,
  type Waiting,
  protocolVersion,
} from "./messages.js";

/**
 * From whatever arrived to a message, or null when its shape is wrong. Peers are strangers: what they send passes the
 * server unread, so nothing is taken on trust here. Unknown fields are ignored.
 */

const maxSources = 32;
const maxMidLength = 32;
/** More than may wait for one room. */
const maxWaiting = 1_024;
const connectionPattern = /^[\w-]{1,64}$/;

export function parseServerMessage(event: string, payload: unknown): ServerMessage | null {
  if (!isRecord(payload)) return null;
  switch (event) {
    case "welcome": {
      const participant = parseParticipant(payload["participant"]);
      return participant && { type: "welcome", participant };
    }
    case "away": {
      const { id } = payload;
      return isText(id) ? { type: "away", id } : null;
    }
    case "displaced":
      return { type: "displaced" };
    case "offer":
    case "answer": {
      const { from, sdp, connection, number } = payload;
      const incarnations = parseIncarnations(payload["incarnations"]);
      const sources = parseSources(payload["sources"]);
      if (!isText(from) || !isText(sdp) || !incarnations || !sources) return null;
      if (!isConnection(connection) || !isCount(number)) return null;
      return { type: event, from, incarnations, connection, number, sdp, sources };
    }
    case "candidate": {
      const { from, connection } = payload;
      const incarnations = parseIncarnations(payload["incarnations"]);
      const candidate = parseCandidate(payload["candidate"]);
      if (!isText(from) || !isConnection(connection) || !incarnations || !candidate) return null;
      return { type: "candidate", from, incarnations, connection, candidate };
    }
    case "media": {
      const { id } = payload;
      const media = parseMediaState(payload["media"]);
      return isText(id) && media ? { type: "media", id, media } : null;
    }
    case "left": {
      const { id, reason } = payload;
      if (!isText(id)) return null;
      return { type: "left", id, reason: reason === "left" || reason === "removed" ? reason : "gone" };
    }
    case "doors": {
      const doors = parseDoors(payload["doors"]);
      return doors && { type: "doors", doors };
    }
    case "role": {
      const { id, role } = payload;
      return isText(id) ? { type: "role", id, role: parseRole(role) } : null;
    }
    case "hand": {
      const { id, hand } = payload;
      return isText(id) ? { type: "hand", id, hand: parseHand(hand) } : null;
    }
    case "waiting": {
      const waiting = parseWaiting(payload["waiting"]);
      return waiting && { type: "waiting", waiting };
    }
    case "door":
      return { type: "door", answer: parseJoinAnswer(payload) };
    case "seat": {
      const { seat } = payload;
      return isText(seat) ? { type: "seat", seat } : null;
    }
    case "removed":
      return { type: "removed", reason: payload["reason"] === "restored" ? "restored" : "removed" };
    case "muteAsked": {
      const { from } = payload;
      return isText(from) ? { type: "muteAsked", from } : null;
    }
    case "ended":
      return { type: "ended" };
    default:
      return null;
  }
}

export function parseJoinAnswer(answer: unknown): JoinAnswer {
  if (isRecord(answer)) {
    switch (answer["status"]) {
      case "admitted":
        return parseAdmission(answer) ?? { status: "unanswered" };
      case "waiting":
        return { status: "waiting" };
      case "refused":
        return {
          status: "refused",
          protocol: numberOr(answer["protocol"], protocolVersion),
          reason: parseRefusal(answer["reason"]),
          message: textOr(answer["message"], ""),
        };
    }
  }
  return { status: "unanswered" };
}

export function parseResult(answer: unknown): Result {
  if (isRecord(answer)) {
    if (answer["ok"] === true) return { ok: true };
    const error = answer["error"];
    if (isRecord(error)) {
      return { ok: false, error: { code: parseErrorCode(error["code"]), message: textOr(error["message"], "") } };
    }
  }
  return unanswered("the answer makes no sense");
}

export function parseIceServersAnswer(answer: unknown): IceServers | null {
  return isRecord(answer) && answer["ok"] === true ? parseIceServers(answer["iceServers"]) : null;
}

export function parseDiagnoseAnswer(answer: unknown): DiagnoseAnswer {
  if (isRecord(answer)) {
    const { iceServers, expires } = answer;
    if (answer["status"] === "ready" && Array.isArray(iceServers)) {
      return {
        status: "ready",
        iceServers: iceServers.map(parseIceServer).filter((server) => server !== null),
        expires: typeof expires === "number" && Number.isFinite(expires) ? expires : null,
      };
    }
    if (answer["status"] === "refused") {
      return {
        status: "refused",
        reason: parseDiagnoseRefusal(answer["reason"]),
        message: textOr(answer["message"], ""),
      };
    }
  }
  return { status: "unanswered" };
}

function parseDiagnoseRefusal(reason: unknown): DiagnoseRefusal {
  return reason === "full" || reason === "address" ? reason : "rate";
}

export function unanswered(message: string): Result & { ok: false } {
  return { ok: false, error: { code: "unanswered", message } };
}

function parseAdmission(answer: Record<string, unknown>): Admission | null {
  const { room, seat, grace, capacity, participants: others } = answer;
  const self = parseParticipant(answer["self"]);
  const iceServers = parseIceServers(answer["iceServers"]);
  if (!isText(room) || !self || !iceServers || !Array.isArray(others)) return null;
  const participants = others.map(parseParticipant);
  if (!participants.every((participant) => participant !== null)) return null;
  return {
    status: "admitted",
    room,
    self,
    seat: textOr(seat, ""),
    grace: numberOr(grace, 0),
    participants,
    capacity: numberOr(capacity, participants.length + 1),
    iceServers,
    doors: parseDoors(answer["doors"]) ?? { locked: false, waitingRoom: false, passcode: false },
    waiting: parseWaiting(answer["waiting"]) ?? [],
  };
}

function parseParticipant(value: unknown): Participant | null {
  if (!isRecord(value)) return null;
  const { id, name, incarnation } = value;
  const media = parseMediaState(value["media"]);
  return isText(id) && typeof name === "string" && isCount(incarnation) && media
    ? {
        id,
        name,
        incarnation,
        media,
        away: value["away"] === true,
        role: parseRole(value["role"]),
        hand: parseHand(value["hand"]),
      }
    : null;
}

function parseRole(value: unknown): "host" | "participant" {
  return value === "host" ? "host" : "participant";
}

function parseHand(value: unknown): number | null {
  return isCount(value) ? value : null;
}

function parseDoors(value: unknown): Doors | null {
  if (!isRecord(value)) return null;
  return {
    locked: value["locked"] === true,
    waitingRoom: value["waitingRoom"] === true,
    passcode: value["passcode"] === true,
  };
}

function parseWaiting(value: unknown): readonly Waiting[] | null {
  if (!Array.isArray(value) || value.length > maxWaiting) return null;
  return value.flatMap((each: unknown) => {
    if (!isRecord(each)) return [];
    const { id, name, since } = each;
    return isText(id) && typeof name === "string" ? [{ id, name, since: numberOr(since, 0) }] : [];
  });
}

function parseMediaState(value: unknown): MediaState | null {
  if (!isRecord(value)) return null;
  return {
    microphone: value["microphone"] === true,
    camera: value["camera"] === true,
    screen: value["screen"] === true,
  };
}

function parseIncarnations(value: unknown): Incarnations | null {
  if (!isRecord(value)) return null;
  const { from, to } = value;
  return isCount(from) && isCount(to) ? { from, to } : null;
}

function parseSources(value: unknown): Sources | null {
  if (!isRecord(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > maxSources) return null;
  // A source this version does not know is left out: a newer client may send more than this one can show.
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Source] => entry[0].length <= maxMidLength && isSource(entry[1])),
  );
}

function parseCandidate(value: unknown): Candidate | null {
  if (!isRecord(value)) return null;
  const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = value;
  if (typeof candidate !== "string") return null;
  return {
    candidate,
    sdpMid: typeof sdpMid === "string" ? sdpMid : null,
    sdpMLineIndex: typeof sdpMLineIndex === "number" ? sdpMLineIndex : null,
    usernameFragment: typeof usernameFragment === "string" ? usernameFragment : null,
  };
}

function parseIceServers(value: unknown): IceServers | null {
  if (!isRecord(value)) return null;
  const { servers, expiresAt } = value;
  if (!Array.isArray(servers)) return null;
  return {
    servers: servers.map(parseIceServer).filter((server) => server !== null),
    expiresAt: typeof expiresAt === "number" && Number.isFinite(expiresAt) ? expiresAt : null,
  };
}

function parseIceServer(value: unknown): RTCIceServer | null {
  if (!isRecord(value)) return null;
  const { username, credential } = value;
  const urls: unknown[] = Array.isArray(value["urls"]) ? value["urls"] : [value["urls"]];
  if (urls.length === 0 || !urls.every(isText)) return null;
  return {
    urls,
    ...(typeof username === "string" ? { username } : {}),
    ...(typeof credential === "string" ? { credential } : {}),
  };
}

function parseRefusal(value: unknown): JoinRefusal {
  switch (value) {
    case "protocol-unsupported":
    case "room-full":
    case "server-full":
    case "already-joined":
    case "removed":
    case "token-required":
    case "token-invalid":
    case "locked":
    case "passcode-required":
    case "passcode-wrong":
    case "rate":
    case "denied":
    case "ended":
      return value;
    default:
      return "invalid";
  }
}

function parseErrorCode(value: unknown): ErrorCode {
  switch (value) {
    case "not-joined":
    case "unknown-participant":
    case "stale":
    case "away":
    case "forbidden":
    case "room-full":
      return value;
    default:
      return "invalid";
  }
}

function isConnection(value: unknown): value is string {
  return typeof value === "string" && connectionPattern.test(value);
}

function isSource(value: unknown): value is Source {
  return value === "microphone" || value === "camera" || value === "screen" || value === "screen-audio";
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length > 0;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
}
