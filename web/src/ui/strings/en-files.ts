import type { DeclineReason } from "../../call/files/wire.js";
import type { FailureReason } from "../../call/files/transfer.js";
import type { Language } from "./languages.js";
import { Part } from "./part.js";
import type { Wording } from "./words.js";

/** Everything about files; loaded with their panel. Names are those of files and of people, sizes and rates are ready to read. */
export const enFiles = {
  language: "en" as Language,
  to: "To",
  everyone: "Everyone in the call",
  /** Chosen, and out of reach at the moment. */
  absent: (name: string) => `${name} (out of reach)`,
  send: "Send file",
  intro: "Files go straight from browser to browser. Everyone decides for themselves whether to take one.",
  nobody: "As soon as somebody else is in the call, you can send them files.",
  outOfReach: (name: string) => `${name} cannot be reached at the moment.`,
  insecure: "Files need a secure page, so that what arrives can be checked. Open this room at an https:// address.",
  list: "Files sent and received",
  none: "No files yet. You can also drop them onto the call.",

  places: {
    chosen: "You choose where a file goes, and it is written there as it arrives.",
    disk: "What you accept is written to disk as it arrives, and saved by your browser when it is complete.",
    memory: (limit: string) =>
      `This browser has to keep a file in memory until it is complete, so it takes at most ${limit}.`,
  },

  toWhom: (name: string) => `To ${name}`,
  fromWhom: (name: string) => `From ${name}`,
  accept: "Accept",
  acceptName: (file: string) => `Accept ${file}`,
  decline: "Decline",
  cancel: "Cancel",
  cancelName: (file: string) => `Cancel ${file}`,
  save: "Save",
  saveName: (file: string) => `Save ${file}`,
  remove: (file: string) => `Remove ${file} from the list`,
  progress: (file: string) => `Progress of ${file}`,
  ofSize: (moved: string, size: string) => `${moved} of ${size}`,
  perSecond: (rate: string) => `${rate} per second`,
  secondsLeft: (seconds: string) => `${seconds} s left`,
  minutesLeft: (minutes: string) => `${minutes} min left`,
  tooLarge: (limit: string) =>
    `Too large for this browser: it would have to fit into memory, and at most ${limit} do. Open the call in Chrome, Edge or Firefox on a computer, in a window that is not private.`,

  sending: {
    queued: "Waits for its turn",
    offered: "Offered, not yet accepted",
    waiting: "The connection is lost. It goes on as soon as it is back.",
    done: "Sent, and checked on arrival",
    declined: {
      declined: "Declined",
      "too-many": "Not offered: too many files wait there already. Try again later.",
      unable: "Not possible: the other page is not a secure one, so it cannot check what arrives.",
    } satisfies Record<DeclineReason, string> as Record<DeclineReason, string>,
    cancelled: { self: "Cancelled", other: "Cancelled by the other side" },
    failed: {
      unreadable: "The file cannot be read any more. Was it changed, moved or deleted?",
      unsaved: "The other side could not store it.",
      full: "The other side has no room for it.",
      damaged: "It arrived damaged, so it was not kept. Send it once more.",
      violation: "The other page did not keep to the rules, so this was broken off.",
      left: "The other page is gone: they left the call or loaded the page again.",
      lost: "The connection broke off again and again. Send it once more.",
    } satisfies Record<FailureReason, string> as Record<FailureReason, string>,
  },
  receiving: {
    offered: "Do you want it?",
    preparing: "Making room for it…",
    waiting: "The connection is lost. It goes on as soon as it is back.",
    done: "Complete and checked",
    kept: "Complete, checked, and saved where you wanted it",
    declined: "Declined",
    cancelled: { self: "Cancelled", other: "Cancelled by the other side" },
    failed: {
      unreadable: "The sender cannot read the file any more.",
      unsaved: "It could not be stored here. Try again, or choose another place.",
      full: "There is not enough room for it here. Make room, then ask for it again.",
      damaged: "What arrived was damaged, so it was not kept. Ask for it again.",
      violation: "The sender did not keep to what was offered, so this was broken off.",
      left: "The sender’s page is gone: they left the call or loaded the page again.",
      lost: "The sender did not come back to it. Ask for it again.",
    } satisfies Record<FailureReason, string> as Record<FailureReason, string>,
  },

  // Said aloud, politely
  news: {
    offered: (name: string, file: string, size: string) => `${name} offers you ${file}, ${size}`,
    received: (file: string) => `${file} has arrived`,
    sent: (name: string, file: string) => `${name} has received ${file}`,
    declined: (name: string, file: string) => `${name} does not take ${file}`,
    cancelled: (name: string, file: string) => `${name} has cancelled ${file}`,
    failed: (file: string) => `${file} has failed`,
    folders: "Folders cannot be sent. Pack them into an archive first.",
  },

  // While something is dragged over the call
  drop: {
    everyone: "Drop to offer it to everyone in the call",
    one: (name: string) => `Drop to offer it to ${name}`,
    nobody: "There is nobody here to send it to",
  },
};

export type FilesStrings = Wording<typeof enFiles>;

/** In all languages. */
export const filesPart = new Part<FilesStrings>("files", enFiles);
