import type { DeviceProblem, RefusalReason } from "../../call/state.js";

/** A headline and what to do about it. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** `both`: microphone and camera fail alike. */
type Device = "microphone" | "camera" | "both" | "screen" | "speaker";

/** Everything the interface says, in English. Another language is another object of the same type. */
export const en = {
  language: "en",

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
  leave: "Leave",
  close: "Close",
  dismiss: "Dismiss",
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
  unreachable: "No connection yet. Still trying…",
  joiningCall: "Joining the call…",
  reconnecting: "The server is out of reach. Trying to return…",
  aloneTitle: "You are the only one here",
  aloneText: "Send this link to the people you want to talk to.",
  linkCopied: "Link copied",
  linkTitle: "The link to this call",
  linkText: "The browser does not let us copy it. Here it is, selected: press Ctrl+C, or ⌘C on a Mac.",
  linkLabel: "Link",
  joined: (name: string) => `${name} joined`,
  left: (name: string) => `${name} left`,
  startedSharing: (name: string) => `${name} is sharing a screen`,
  stoppedSharing: (name: string) => `${name} stopped sharing`,
  youShare: "You are sharing your screen",
  youStoppedSharing: "You stopped sharing your screen",
  backAgain: "Connected again",

  // After the call
  goodbyeTitle: "You left the call",
  goodbyeText: "The room stays open as long as someone is in it.",
  rejoin: "Rejoin",
  tryAgain: "Try again",
  reload: "Reload page",
  back: "Back",

  // document.title
  titleLobby: (room: string) => `Join ${room} – Parley`,
  titleCall: (room: string, people: number) => `${room} (${people}) – Parley`,
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
    "protocol-unsupported": {
      title: "Please reload this page",
      text: "The server has been updated since you opened it. Reload, and you can join.",
    },
    "server-unreachable": {
      title: "The server does not answer",
      text: "Check that you are online, then try again. If it stays like this, the server may be down.",
    },
    "already-joined": {
      title: "You are already in this call",
      text: "This page has a place in the room. Go back and join once more.",
    },
    invalid: {
      title: "Something went wrong",
      text: "The server did not accept the request to join. Try again; if it happens again, reload the page.",
    },
  } satisfies Record<RefusalReason, Words> as Record<RefusalReason, Words>,

  problems: {
    microphone: {
      denied: {
        title: "Microphone access is blocked",
        text: "Allow the microphone next to the address bar (or in the browser’s settings for this site), then turn it on again.",
      },
      "not-found": {
        title: "No microphone found",
        text: "Plug one in or switch it on, then turn the microphone on again.",
      },
      busy: {
        title: "The microphone is in use",
        text: "Another program holds it. Close that program, then turn the microphone on again.",
      },
      insecure: {
        title: "The microphone needs a secure page",
        text: "Browsers allow it only on https:// addresses and on localhost. Open this room through https.",
      },
      unsupported: {
        title: "This browser offers no microphone",
        text: "Use a current Chrome, Edge, Firefox or Safari.",
      },
      unknown: {
        title: "The microphone did not start",
        text: "Unplug it and plug it in again, or choose another one, then turn it on again.",
      },
    },
    camera: {
      denied: {
        title: "Camera access is blocked",
        text: "Allow the camera next to the address bar (or in the browser’s settings for this site), then turn it on again.",
      },
      "not-found": {
        title: "No camera found",
        text: "Plug one in or switch it on, then turn the camera on again.",
      },
      busy: {
        title: "The camera is in use",
        text: "Another program holds it. Close that program, then turn the camera on again.",
      },
      insecure: {
        title: "The camera needs a secure page",
        text: "Browsers allow it only on https:// addresses and on localhost. Open this room through https.",
      },
      unsupported: {
        title: "This browser offers no camera",
        text: "Use a current Chrome, Edge, Firefox or Safari.",
      },
      unknown: {
        title: "The camera did not start",
        text: "Unplug it and plug it in again, or choose another one, then turn it on again.",
      },
    },
    both: {
      denied: {
        title: "Camera and microphone are blocked",
        text: "Allow them next to the address bar (or in the browser’s settings for this site), then turn them on again.",
      },
      "not-found": {
        title: "No camera and no microphone found",
        text: "Plug them in or switch them on, then turn them on again.",
      },
      busy: {
        title: "Camera and microphone are in use",
        text: "Another program holds them. Close that program, then turn them on again.",
      },
      insecure: {
        title: "Camera and microphone need a secure page",
        text: "Browsers allow them only on https:// addresses and on localhost. Open this room through https.",
      },
      unsupported: {
        title: "This browser offers no camera and no microphone",
        text: "Use a current Chrome, Edge, Firefox or Safari.",
      },
      unknown: {
        title: "Camera and microphone did not start",
        text: "Unplug them and plug them in again, or choose others, then turn them on again.",
      },
    },
    screen: {
      denied: {
        title: "The screen is not shared",
        text: "Sharing was cancelled or is blocked. On a Mac, allow screen recording for the browser in the system settings.",
      },
      "not-found": { title: "Nothing to share", text: "The browser found no screen or window that it can share." },
      busy: {
        title: "The screen cannot be captured",
        text: "Another program or the system prevents it. Try another window or the whole screen.",
      },
      insecure: {
        title: "Sharing needs a secure page",
        text: "Browsers allow it only on https:// addresses and on localhost.",
      },
      unsupported: {
        title: "This browser cannot share a screen",
        text: "Use Chrome, Edge, Firefox or Safari on a computer.",
      },
      unknown: { title: "The screen could not be shared", text: "Try again, or choose another window." },
    },
    speaker: {
      denied: {
        title: "The sound is off",
        text: "The browser does not let this page play sound. Press “Start audio”.",
      },
      "not-found": { title: "No speaker found", text: "Plug in a headset or loudspeaker." },
      busy: { title: "The speaker is in use", text: "Another program holds it. Close that program." },
      insecure: { title: "The speaker needs a secure page", text: "Open this room through https." },
      unsupported: {
        title: "The speaker cannot be changed here",
        text: "Choose the loudspeaker in the system’s sound settings.",
      },
      unknown: { title: "The sound did not start", text: "Check the loudspeaker, then reload the page." },
    },
  } satisfies Record<Device, Record<DeviceProblem, Words>> as Record<Device, Record<DeviceProblem, Words>>,
};

export type Strings = typeof en;
