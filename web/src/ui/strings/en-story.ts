import type { CandidateType, Direction, Machine, Milestone, SignallingStep } from "../../call/story/reading.js";
import type { Wording, Words } from "./words.js";
import type { Language } from "./languages.js";
import { Part } from "./part.js";

const other = (name: string): string => `${name}’s end`;

/**
 * What the panel "How this call works" says, in English. It is loaded with the panel, which is why it does not stand in en.ts.
 * `guide` names sections of docs/guides/how-a-call-works.md.
 */
export const enStory = {
  language: "en" as Language,
  intro:
    "Everything here is this very call, as this browser sees it. Times are in milliseconds since you pressed Join; what happened before has a minus.",
  guide: (section: string) => `Guide “How a call works”: ${section}`,
  notTold: "not told by this browser",
  notYet: "not yet",
  none: "none",

  server: "You and the server",
  serverText:
    "Signalling: the server brings messages from one page to the other, so that the two browsers can find each other. Sound and picture never pass through it.",
  serverGuide: "2. Meeting at the server",
  pressedJoin: { title: "You pressed Join", text: "The clock of this page starts here." },
  signalling: {
    polling: {
      title: "Connected by HTTP long-polling",
      text: "Socket.IO begins with ordinary requests: they get through wherever a web page does.",
    },
    websocket: {
      title: "Connected by WebSocket",
      text: "One connection that stays open in both directions, so nothing has to wait for a request.",
    },
    join: { title: "Asked to come in", text: "The message join says which room, who comes, and what is being sent." },
    admitted: {
      title: "Let in",
      text: "The answer says who is here, and which STUN and TURN servers may be used.",
    },
    refused: { title: "Refused", text: "The answer says why." },
    lost: {
      title: "Server out of reach",
      text: "What flows from browser to browser goes on. The page knocks again by itself.",
    },
    closed: { title: "Connection to the server closed", text: "This page asked for it." },
  } satisfies Record<SignallingStep, Words> as Record<SignallingStep, Words>,
  nobody: "Nobody else has been here yet. The rest begins when somebody joins: an offer, an answer, and a path.",

  connection: (number: number) => `Connection ${number}`,
  current: "in use",
  ended: (at: string) => `ended at ${at}`,
  earlier: "Earlier connections",
  earlierText:
    "A page that was reloaded, or a connection beyond repair, gets a new RTCPeerConnection; the old one is dropped.",

  sketch: (name: string, signalling: string, way: string) =>
    `You reach the server (${signalling}), the server reaches ${name}; and straight between you and ${name}: ${way}`,
  serverNode: "Server",
  youNode: "You",
  relayNode: "TURN",
  transports: { polling: "long-polling", websocket: "WebSocket", none: "out of reach" },

  steps: "Step by step",
  stepsGuide: "sections 3 to 7",
  opened: {
    title: "RTCPeerConnection made",
    text: "There is one for each of the others. It finds paths, agrees on keys, encrypts, sends and receives.",
  },
  offerSent: {
    title: "Sent an offer",
    text: "A session description: what this browser can send and receive, and the fingerprint of its certificate. Those already in the room offer.",
  },
  offerReceived: {
    title: "Received an offer",
    text: "A session description: what the other browser can send and receive, and the fingerprint of its certificate. Newcomers wait for it.",
  },
  answerSent: { title: "Sent the answer", text: "It keeps of the offer what both can do. Codecs are settled now." },
  answerReceived: {
    title: "Received the answer",
    text: "It keeps of our offer what both can do. Codecs are settled now.",
  },
  milestones: {
    candidate: {
      title: "First ICE candidate",
      text: "An address at which one of the two may be reached. Each travels as soon as it is found: trickle ICE.",
    },
    checking: {
      title: "ICE checks paths",
      text: "Each of our candidates is paired with each of theirs, and small STUN packets try the pairs, over UDP if possible.",
    },
    path: { title: "ICE found a path", text: "A check came back. A better pair may still take over." },
    keys: {
      title: "DTLS agreed on keys",
      text: "A handshake over that path. Each browser checks the other’s certificate against the fingerprint in its description.",
    },
    channel: {
      title: "Data channel open",
      text: "SCTP inside DTLS: messages of the page itself, in order and without loss.",
    },
    audio: { title: "First packet of sound", text: "SRTP: each packet encrypted with keys from the handshake." },
    video: { title: "First packet of video", text: "A picture is many packets; it can be shown once all have come." },
    frame: { title: "First picture shown", text: "Decoded, and on the screen." },
  } satisfies Record<Exclude<Milestone, "offer" | "answer">, Words> as Record<
    Exclude<Milestone, "offer" | "answer">,
    Words
  >,

  path: "The path",
  pathGuide: "5. Finding a path: ICE",
  pathText: "The pair of candidates that carries everything: sound, picture and data.",
  noPath: "No pair has been chosen yet.",
  yourEnd: "Your end",
  otherEnd: other,
  theOtherEnd: "The other end",
  candidateTypes: {
    host: "an address of the device itself",
    srflx: "server reflexive: the address that a STUN server saw, outside of a router",
    prflx: "peer reflexive: an address that only the other end’s check brought to light",
    relay: "relayed: an address on a TURN server, which passes everything on, still encrypted",
  } satisfies Record<CandidateType, string> as Record<CandidateType, string>,
  way: "Way",
  direct: "direct",
  directText: "From device to device. No server of ours sees these packets.",
  relayed: "through a relay",
  relayedText: "No direct path was found. A TURN server passes the packets on and cannot read them.",
  roundTrip: "Round trip",
  roundTripText: "There and back, as the newest check of the path measured it.",
  traffic: "Sent, received",
  candidates: "Candidates",
  candidatesText: "How many each end has told the other so far, by type.",
  candidatesOf: (direction: Direction) => (direction === "sent" ? "sent" : "received"),
  iceServers: "STUN, TURN",
  noIceServers: "none: only addresses of the devices themselves can be candidates",
  states: "States",
  statesText: "ICE, DTLS and the connection as a whole, in the words of the W3C.",
  role: "On a collision",
  polite: "you give way (polite)",
  impolite: "the other end gives way (you are impolite)",
  roleText: "If both offer at the same moment, one offer has to go. The ids decide whose, once for all.",

  keys: "The keys",
  keysGuide: "6. Agreeing on keys: DTLS",
  keysText: "Nobody between the two browsers can read along: not the server, not a relay.",
  dtls: "DTLS",
  dtlsText: "TLS for datagrams: the handshake, and what encrypts the data channel.",
  dtlsRole: "Your part",
  dtlsRoles: { client: "client: began the handshake", server: "server: waited for it" } as Readonly<
    Record<string, string>
  >,
  srtp: "SRTP",
  srtpText: "What encrypts each packet of sound and picture, with keys out of the handshake.",
  ownFingerprint: "Your certificate",
  otherFingerprint: (name: string) => `${name}’s certificate`,
  fingerprintText: "Made for this connection only. The same fingerprint stands in the description.",

  flows: "What flows",
  flowsGuide: "7. The first picture",
  flowsText: "Each line is a stream of RTP packets, with a codec that both know.",
  noFlows: "Nothing flows yet.",
  sources: {
    microphone: "Microphone",
    camera: "Camera",
    screen: "Screen",
    "screen-audio": "Screen sound",
    audio: "Sound",
    video: "Video",
  } as Readonly<Record<string, string>>,
  flowSent: "you send",
  flowReceived: "you receive",
  framesPerSecond: (frames: number) => `${frames} pictures a second`,
  lost: (packets: number) => (packets === 1 ? "1 packet lost" : `${packets} packets lost`),
  madeBy: (implementation: string) => `by ${implementation}`,
  noPackets: "nothing at the moment",

  channel: "The data channel",
  channelGuide: "8. The data channel",
  channelText: "For messages of the page itself. It was part of the first offer, so chat needs no new negotiation.",
  noChannel: "There is none yet.",
  channelState: "State",
  messages: "Messages",
  messagesCounted: (sent: string, received: string) => `${sent} sent, ${received} received`,

  log: "Every message and state",
  logText: "The newest first. Descriptions and candidates open to their full text.",
  forgotten: (entries: number) => `${entries} older ones are no longer kept.`,
  textForgotten: (length: number) => `The text (${length} characters) is no longer kept: only the newest few are.`,
  textCut: (length: number) => `Cut here; it had ${length} characters.`,
  entryOffer: (direction: Direction) => (direction === "sent" ? "Offer sent" : "Offer received"),
  entryAnswer: (direction: Direction) => (direction === "sent" ? "Answer sent" : "Answer received"),
  entryCandidate: (direction: Direction) => (direction === "sent" ? "Candidate sent" : "Candidate received"),
  endOfCandidates: "that was the last one",
  again: "once more, because something may be lost",
  restarts: "restarts ICE",
  yielded: "both offered at once; ours gave way",
  ignored: "both offered at once; dropped, because the other end gives way",
  machines: {
    connection: "Connection",
    signaling: "Negotiation",
    gathering: "Gathering of candidates",
    ice: "ICE",
    dtls: "DTLS",
    channel: "Data channel",
  } satisfies Record<Machine, string> as Record<Machine, string>,
  pair: "Chosen pair",
  firstPacket: (media: "audio" | "video") => (media === "audio" ? "First packet of sound" : "First packet of video"),
  firstFrame: "First picture shown",
  characters: (length: number) => `${length} characters`,
  fieldsOfCandidate: (type: string, priority: string) => `${type}; priority ${priority}`,

  /** What a line of a session description says, by how it begins; the first that fits. */
  sdp: [
    ["v=", "Version of SDP: always 0."],
    ["o=", "Who made this description: a random number, and a count that grows with each new one."],
    ["s=", "Name of the session: none."],
    ["t=", "From when to when: always."],
    ["a=group:BUNDLE", "All these sections share one path and one set of keys."],
    ["a=extmap-allow-mixed", "RTP header extensions may be short or long ones in one stream."],
    ["a=msid-semantic", "How streams are named below; of no more use today."],
    ["a=ice-options:", "trickle: candidates may come later, one by one."],
    ["m=audio", "A section of sound. Port 9 means: see the candidates. Then the codecs, best first, by number."],
    ["m=video", "A section of video, with its codecs by number."],
    ["m=application", "The data channel: SCTP inside DTLS."],
    ["c=", "An address from the time before ICE; the candidates count."],
    ["a=rtcp:", "The same for RTCP; not used, because RTCP shares the port."],
    ["a=candidate:", "A candidate that was known when this was written."],
    ["a=end-of-candidates", "No more candidates will come."],
    ["a=ice-ufrag:", "Name for the ICE checks. Another one in a later description restarts ICE."],
    ["a=ice-pwd:", "Password for the ICE checks: only who has read this can send one that counts."],
    ["a=fingerprint:", "Hash of the certificate that the DTLS handshake must show."],
    ["a=setup:actpass", "Either end may begin the DTLS handshake; the answer chooses."],
    ["a=setup:active", "This end begins the DTLS handshake."],
    ["a=setup:passive", "This end waits for the DTLS handshake."],
    ["a=mid:", "Name of this section. What it carries is told beside the description."],
    ["a=extmap:", "An RTP header extension: a small fact that travels with the packets."],
    ["a=sendrecv", "Sends and receives."],
    ["a=sendonly", "Sends only."],
    ["a=recvonly", "Receives only."],
    ["a=inactive", "Neither sends nor receives."],
    ["a=msid:", "Names of the stream and the track."],
    ["a=rtcp-mux", "RTCP, the reports about the stream, shares the port with RTP."],
    ["a=rtcp-rsize", "Reports may be short ones."],
    ["a=rtcp-xr:", "Extended reports that this end understands."],
    ["a=rtpmap:", "A codec: its number, name, and clock rate in hertz."],
    [
      "a=rtcp-fb:",
      "How the receiver may complain: nack (lost packet), pli (send a whole picture), transport-cc (delays).",
    ],
    ["a=fmtp:", "Settings of a codec; apt: this one repeats lost packets of that number."],
    ["a=ssrc-group:", "Streams that belong together: a stream and its repetitions."],
    ["a=ssrc:", "Number of a stream in its packets, and a name of its sender."],
    ["a=sctp-port:", "SCTP’s own port, inside DTLS: of no consequence."],
    ["a=max-message-size:", "The longest message that this end takes, in bytes."],
  ] as readonly (readonly [start: string, words: string])[],
};

export type StoryStrings = Wording<typeof enStory>;

/** In all languages. */
export const storyPart = new Part<StoryStrings>("story", enStory);
