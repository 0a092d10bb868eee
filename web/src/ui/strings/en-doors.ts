import type { HostingProblem } from "../../call/doors/hosting.js";
import { Part } from "./part.js";
import type { Wording } from "./words.js";

/** What hosts see and do, and what guests are asked by them; loaded when it is first needed. */
export const enDoors = {
  // Host controls
  doors: "Who may enter",
  lock: "Lock the room",
  lockText: "Nobody new can enter. Who is here stays, and whoever loses the connection can come back.",
  waitingRoom: "Waiting room",
  waitingRoomText: "Whoever comes waits until you let them in.",
  passcode: "Passcode",
  passcodeText: "Whoever comes has to know it. Who was let in once is not asked again.",
  passcodeSet: "A passcode is set. Nobody can read it again, you can only set another one.",
  newPasscode: "New passcode",
  passcodeEmpty: "Type a passcode of 1 to 64 characters.",
  setPasscode: "Set passcode",
  removePasscode: "Remove passcode",
  everybody: "For everyone",
  muteAll: "Ask everyone to mute",
  muteAllDone: "Everyone was asked to mute",
  endForAll: "End call for everyone",

  // Who waits
  waiting: "Waiting to be let in",
  nobodyWaits: "Nobody is waiting.",
  wantsIn: (name: string) => `${name} wants to come in`,
  others: (count: number) => (count === 1 ? "1 more is waiting" : `${count} more are waiting`),
  admit: "Admit",
  admitName: (name: string) => `Admit ${name}`,
  deny: "Refuse",
  denyName: (name: string) => `Refuse ${name}`,
  admitAll: "Admit everyone",

  // One participant
  askToMute: "Ask to mute",
  asked: (name: string) => `${name} was asked to mute`,
  lowerHand: "Lower hand",
  makeHost: "Make host",
  remove: "Remove",

  // A host asks
  muteAsked: (name: string) => `${name} asks you to mute your microphone`,
  mute: "Mute",
  notNow: "Not now",

  // Are you sure?
  cancel: "Cancel",
  confirmRemove: {
    title: (name: string) => `Remove ${name}?`,
    text: (name: string) =>
      `${name} leaves the call at once. With the link they can come again: lock the room if they should not.`,
    action: (name: string) => `Remove ${name}`,
  },
  confirmHandOver: {
    title: (name: string) => `Make ${name} the host?`,
    text: (name: string) => `${name} decides from then on who enters, and you are a participant.`,
    action: (name: string) => `Make ${name} host`,
  },
  confirmEnd: {
    title: "End the call for everyone?",
    text: "Everybody leaves the call, you too.",
    action: "End call",
  },

  problems: {
    "room-full": "The room is full: there is no place for anyone else.",
    forbidden: "Only a host can do that.",
    gone: "They are not there any more.",
    unreachable: "The server is out of reach. Try again in a moment.",
  } satisfies Record<HostingProblem, string> as Record<HostingProblem, string>,

  // At the door
  enterPasscode: "This room has a passcode",
  enterPasscodeText: "Whoever invited you knows it.",
  passcodeWrong: "That is not the passcode. Check it and try again.",
  enter: "Enter",
  back: "Back",
};

export type DoorsStrings = Wording<typeof enDoors>;

/** In all languages. */
export const doorsPart = new Part<DoorsStrings>("doors", enDoors);
