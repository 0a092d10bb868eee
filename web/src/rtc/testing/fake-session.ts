/** What the descriptions of {@link FakePeerConnection} say, written as lines that look like SDP. */
export interface FakeSession {
  /** Another one for each description that is made (RFC 8829, section 5.2.1). */
  readonly version?: number;
  readonly ufrag: string;
  readonly setup: "actpass" | "active" | "passive";
  /** Of the certificate that the connection has for its life. */
  readonly fingerprint?: string;
  readonly sections: readonly FakeSection[];
}

export interface FakeSection {
  readonly kind: "audio" | "video" | "application";
  readonly mid: string;
  readonly direction: RTCRtpTransceiverDirection;
}

export function writeSession({ version = 0, ufrag, setup, fingerprint = "any", sections }: FakeSession): string {
  return [
    "v=0",
    `o=- 1 ${String(version)} IN IP4 0.0.0.0`,
    `a=ice-ufrag:${ufrag}`,
    `a=fingerprint:${fingerprint}`,
    `a=setup:${setup}`,
  ]
    .concat(sections.flatMap(({ kind, mid, direction }) => [`m=${kind} 9`, `a=mid:${mid}`, `a=${direction}`]))
    .map((line) => `${line}\r\n`)
    .join("");
}

export function readSession(sdp: string): FakeSession {
  const lines = sdp.split("\r\n");
  const value = (prefix: string) => lines.find((line) => line.startsWith(prefix))?.slice(prefix.length);
  const ufrag = value("a=ice-ufrag:");
  const setup = value("a=setup:") as FakeSession["setup"] | undefined;
  const fingerprint = value("a=fingerprint:");
  if (!ufrag || !setup || !fingerprint) throw new DOMException("not a description", "OperationError");
  const sections = lines.flatMap((line, at) => {
    const kind = /^m=(\w+)/.exec(line)?.[1];
    const [mid, direction] = [lines[at + 1]?.slice("a=mid:".length), lines[at + 2]?.slice("a=".length)];
    return kind ? [{ kind, mid, direction } as FakeSection] : [];
  });
  return { ufrag, setup, fingerprint, sections };
}

const sends = (direction: RTCRtpTransceiverDirection) => direction === "sendrecv" || direction === "sendonly";
const receives = (direction: RTCRtpTransceiverDirection) => direction === "sendrecv" || direction === "recvonly";

/** The direction of an answer: what this end wants, as far as the offer allows. */
export function answerTo(
  offered: RTCRtpTransceiverDirection,
  wanted: RTCRtpTransceiverDirection,
): RTCRtpTransceiverDirection {
  return directionOf(sends(wanted) && receives(offered), receives(wanted) && sends(offered));
}

/** A direction as the other end sees it. */
export function reversed(direction: RTCRtpTransceiverDirection): RTCRtpTransceiverDirection {
  return directionOf(receives(direction), sends(direction));
}

function directionOf(send: boolean, receive: boolean): RTCRtpTransceiverDirection {
  if (send) return receive ? "sendrecv" : "sendonly";
  return receive ? "recvonly" : "inactive";
}
