import type { ReactionKind } from "../../call/reactions/reactions.js";
import type { RefusalReason, RelayPart, SeatNotice, WayReading } from "../../call/state.js";
import type { Verbosity } from "../room/preferences.js";
import { deviceNews, problems, screenProblems, speakerProblems } from "./en-devices.js";
import { layout } from "./en-layout.js";
import { recording } from "./en-recording.js";
import type { Language } from "./languages.js";
import type { Words } from "./words.js";

/** Everything the interface says, in English. Another language is another object of the same type. */
export const en = {
  language: "en" as Language,
  /** Beside the names of languages in themselves. */
  languageChoice: "Language",

  // The page around a call
  product: "Parley",
  tagline: "Face to face, on a server of your own.",
  pitch: "Open a room, send the link, talk. Sound and picture go straight from browser to browser.",
  newCall: "New call",
  roomNameOrLink: "Room name or link",
  roomNameExample: "amber-otter-cedar-48213",
  enterRoom: "Go to room",
  roomNameEmpty: "Type the name of a room, or paste its link.",
  roomNameTooLong: "That name is too long: a room name has at most 64 characters.",
  roomNameForbidden: (characters: string) =>
    `A room name cannot contain ${characters}. Use letters, digits, “-” and “_”.`,
  foreignLink: "That link leads to another address. Open it in the browser directly.",
  badRoomLink: "This link does not name a room. Check it, or start a new call.",
  phoneTitle: "Join from your phone",
  phoneText: "Scan the code with its camera, or open",
  phoneSelfSigned:
    "It has to be on the same network. It will warn you once, because this server made its certificate itself.",
  phoneCode: (address: string) => `QR code that opens ${address}`,
  phonePossible: "For phones on your network, start the server with",

  // The connection test
  testConnection: "Test connection",
  connectionTest: "Connection test",
  connectionTestText:
    "Which ways sound and picture can take from this browser, tried one by one. It needs no camera, no microphone, and nobody else.",

  // Before the call
  lobbyTitle: "Ready to join?",
  lobbyRoom: (room: string) => `Room ${room}`,
  yourName: "Your name",
  nameExample: "How others will see you",
  nameEmpty: "Type your name, so that the others know who you are.",
  nameTooLong: "Your name can have at most 64 characters.",
  join: "Join",
  preview: "Camera preview",
  cameraIsOff: "Your camera is off",
  cameraStarting: "Starting the camera…",
  microphoneChoice: "Microphone",
  cameraChoice: "Camera",
  speakerChoice: "Speaker",
  defaultSpeaker: "System default",
  fixedSpeaker: "Chosen in the system’s sound settings",
  moreSpeakers: "More speakers…",
  testSound: "Play a test sound",
  testSoundPlaying: "Playing a test sound",
  testSoundFailed: "The sound did not start. Check the loudspeaker, or choose another one.",
  noDevice: "None available",
  microphoneLevel: "Microphone level",
  joinWithNeither: "You will join without camera and microphone. You can still see and hear everyone.",
  joinWithoutCamera: "You will join without camera. The others hear you and see your initials.",
  joinWithoutMicrophone: "You will join without microphone. The others see you but cannot hear you.",

  // In the call
  tiles: "People in the call",
  controls: "Call controls",
  withYou: (name: string) => `${name} (You)`,
  mute: "Mute microphone",
  unmute: "Unmute microphone",
  cameraOff: "Turn camera off",
  cameraOn: "Turn camera on",
  shareScreen: "Share screen",
  stopSharing: "Stop sharing",
  copyLink: "Copy link",
  participants: "Participants",
  settings: "Settings",
  shortcuts: "Keyboard shortcuts",
  announcements: "Announcements",
  verbosities: {
    all: "Everything, also who mutes",
    usual: "Who comes and goes, hands, messages",
    few: "Only what concerns me",
  } satisfies Record<Verbosity, string> as Record<Verbosity, string>,
  chat: "Chat",
  unread: (count: number) => (count === 1 ? "1 unread message" : `${count} unread messages`),
  messageFrom: (name: string, text: string) => `Message from ${name}: ${text}`,
  privateMessageFrom: (name: string) => `Private message from ${name}`,
  reactions: "Reactions",
  reactionNames: {
    "thumbs-up": "Thumbs up",
    heart: "Heart",
    laughing: "Laughing",
    surprised: "Surprised",
    applause: "Applause",
  } satisfies Record<ReactionKind, string> as Record<ReactionKind, string>,
  raiseHand: "Raise hand",
  lowerHand: "Lower hand",
  /** `place`: in the order of raised hands. */
  handRaised: (place: string) => `Hand raised, number ${place}`,
  raisedHand: (name: string) => `${name} raised a hand`,
  host: "Host",
  hostControls: "Host controls",
  /** Opens what a host can do about somebody. */
  manage: (name: string) => `Manage ${name}`,
  youAreHost: "You are the host now",
  youAreNoHost: "You are not the host any more",
  isHost: (name: string) => `${name} is the host now`,
  waitsOutside: (name: string) => `${name} is waiting to be let in`,
  peopleWait: (count: number) => (count === 1 ? "1 person is waiting" : `${count} people are waiting`),
  /** `names`: a list of people as the language has it. */
  reacted: (names: string, reaction: string) => `${names}: ${reaction}`,
  you: "You",
  others: (count: number) => (count === 1 ? "1 other" : `${count} others`),
  files: "Files",
  filesOffered: (count: number) => (count === 1 ? "1 file offered" : `${count} files offered`),
  filesNotLoaded: "The server is out of reach: send the file when it is back",
  incomingOff: "Turn off incoming video",
  incomingOn: "Turn on incoming video",
  incomingIsOff: "Incoming video is off, and so is your camera",
  incomingIsOn: "Incoming video is on",
  statistics: "Statistics",
  ownConnection: "Your own connection",
  story: "How this call works",
  storyText: "The messages, the path and the keys of this call, as they happen.",
  storyLoading: "Loading…",
  storyFailed:
    "This part of the page could not be loaded. Once the server is in reach again, try again; if that does not help, reload the page: you come back to this call.",
  more: "More",
  leave: "Leave",
  ...layout,
  ...recording,
  close: "Close",
  /** Begins with what the button does; several may be shown at once. */
  dismiss: (title: string) => `Dismiss: ${title}`,
  startAudio: "Start audio",
  audioRefused: "Your browser keeps the sound off until you ask for it.",
  screenOf: (name: string) => `${name}’s screen`,
  yourScreen: "Your screen",
  muted: "Microphone off",
  unmuted: "Microphone on",
  cameraIsOn: "Camera on",
  cameraNotOn: "Camera off",
  sharing: "Sharing a screen",
  speaking: "Speaking",
  connecting: "Connecting…",
  interrupted: "Reconnecting…",
  unreachable: {
    "not-offered": "No connection, and no relay. Still trying…",
    "not-reached": "No connection. Still trying…",
    reached: "No connection, even by relay. Still trying…",
  } satisfies Record<RelayPart, string> as Record<RelayPart, string>,
  joiningCall: "Joining the call…",
  returning: "Returning to the call…",
  reconnecting: "The server is out of reach. The call goes on; trying to return…",
  overdue: (seconds: string) =>
    `The server has been out of reach for more than ${seconds} seconds, so your place in the call may be lost. ` +
    "Still trying… You can go on talking to everyone you see and hear.",
  aloneTitle: "You are the only one here",
  aloneText: "Send this link to the people you want to talk to.",
  linkCopied: "Link copied",
  linkTitle: "The link to this call",
  linkText: "The browser does not let us copy it. Here it is, selected: press Ctrl+C, or ⌘C on a Mac.",
  linkLabel: "Link",
  joined: (name: string) => `${name} joined`,
  left: (name: string) => `${name} left`,
  lostConnection: (name: string) => `${name} lost the connection`,
  isBack: (name: string) => `${name} is back`,
  mutedNow: (name: string) => `${name} is muted`,
  unmutedNow: (name: string) => `${name} is not muted any more`,
  cameraOnNow: (name: string) => `${name} turned the camera on`,
  cameraOffNow: (name: string) => `${name} turned the camera off`,
  startedSharing: (name: string) => `${name} is sharing a screen`,
  stoppedSharing: (name: string) => `${name} stopped sharing`,
  youShare: "You are sharing your screen",
  youStoppedSharing: "You stopped sharing your screen",
  backAgain: "Connected again",

  // After the call
  goodbyeTitle: "You left the call",
  goodbyeText: "The room stays open as long as someone is in it.",
  rejoin: "Rejoin",
  waitingTitle: "Waiting to be let in",
  waitingText: "The host has been told that you are here. The call begins as soon as you are let in.",
  stopWaiting: "Stop waiting",
  over: {
    removed: {
      title: "You were removed from the call",
      text: "A host has ended it for you. If that was a mistake, ask them to let you in again.",
    },
    ended: { title: "The call has ended", text: "A host has ended it for everyone." },
  },
  displacedTitle: "This call goes on in another window or tab",
  displacedText: "You are in it there. If you like, go on here instead.",
  useHere: "Use it here",
  tryAgain: "Try again",
  reload: "Reload page",
  back: "Back",

  // document.title
  titleLobby: (room: string) => `Join ${room} – Parley`,
  titleCall: (room: string, people: number) => `${room} (${people}) – Parley`,
  titleDoctor: "Connection test – Parley",
  titleGoodbye: (room: string) => `Left ${room} – Parley`,

  refusals: {
    "room-full": {
      title: "This room is full",
      text: "Everyone who fits is already here. Try again when someone has left, or meet in another room.",
    },
    "server-full": {
      title: "The server is full",
      text: "It holds as many rooms as it can right now. Try again in a few minutes.",
    },
    "page-outdated": {
      title: "Please reload this page",
      text: "The server has been updated since you opened it. Reload, and you can join.",
    },
    "server-outdated": {
      title: "The server is too old for this page",
      text: "They speak different versions, and nothing on your side can change that. Tell whoever runs the server to update it.",
    },
    "server-unreachable": {
      title: "The server does not answer",
      text: "Check that you are online, then try again. If it stays like this, the server may be down.",
    },
    locked: {
      title: "This room is locked",
      text: "Nobody new can enter at the moment. Ask someone who is in it to unlock it, then try again.",
    },
    "passcode-required": {
      title: "This room has a passcode",
      text: "Whoever invited you knows it.",
    },
    "passcode-wrong": {
      title: "That is not the passcode",
      text: "Check it and try again.",
    },
    rate: {
      title: "Too many attempts",
      text: "From your network somebody has tried to enter too often. Wait a minute, then try again.",
    },
    denied: {
      title: "You were not let in",
      text: "A host has said no. If that was a mistake, ask them, and try again.",
    },
    removed: {
      title: "You were removed from this room",
      text: "You cannot return to your place in it. Try again to ask for a new one.",
    },
    ended: {
      title: "The call has ended",
      text: "A host has ended it for everyone while you were waiting.",
    },
    "token-required": {
      title: "You need an invitation",
      text: "On this server another page decides who enters a room. Open the call from there.",
    },
    "token-invalid": {
      title: "This invitation does not work",
      text: "It may have expired, or be one for another room. Open the call again from the page that invited you.",
    },
    "already-joined": {
      title: "You are already in this call",
      text: "This page has a place in the room. Go back and join once more.",
    },
    "invalid-name": {
      title: "The server does not accept this name",
      text: "Go back and type another one: 1 to 64 characters, and not only invisible ones.",
    },
    invalid: {
      title: "Something went wrong",
      text: "The server did not accept the request to join. Try again; if it happens again, reload the page.",
    },
  } satisfies Record<RefusalReason, Words> as Record<RefusalReason, Words>,

  seat: {
    renewed: {
      title: "You came back as a new participant",
      text: "The server did not know your place in the call any more. To the others you have just arrived.",
    },
  } satisfies Record<SeatNotice["seat"], Words> as Record<SeatNotice["seat"], Words>,

  problems,
  screenProblems,
  speakerProblems,
  deviceNews,

  peerUnreachable: {
    "not-offered": (name) =>
      unreachable(
        name,
        "A relay would help, and this server offers none: whoever runs it can switch its relay (TURN) on, or name one.",
      ),
    "not-reached": (name) =>
      unreachable(
        name,
        "A relay would help, but the one this server offers could not be reached from here: whoever runs the server can find out why with the connection test.",
      ),
    reached: (name) =>
      unreachable(
        name,
        "The relay that this server offers was reached, and did not help: the other side may not reach it.",
      ),
  } satisfies Record<RelayPart, (name: string) => Words> as Record<RelayPart, (name: string) => Words>,

  // How a participant is connected
  details: (name: string) => `Connection to ${name}`,
  ways: {
    direct: "Direct",
    local: "Direct, over the local network",
    relayed: "Relayed",
    "relayed-there": "Relayed, on the other side",
  } satisfies Record<WayReading["kind"], string> as Record<WayReading["kind"], string>,
  relayedThrough: (protocol: string) => `Relayed through ${protocol}`,
  roundTrip: (time: string) => `Round trip ${time}`,
  noWay: "Not connected at the moment",
};

function unreachable(name: string, relay: string): Words {
  return {
    title: `No connection to ${name}`,
    text: `One of your networks does not let you through to each other. ${relay} Parley goes on trying. Another network often helps, or switching off a VPN.`,
  };
}

export type { Words } from "./words.js";
export type Strings = typeof en;
