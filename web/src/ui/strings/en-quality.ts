import type { Culprit, Evidence, Suspect } from "../../call/quality/diagnosis.js";
import { Part } from "./part.js";
import type { Words, Wording } from "./words.js";

type Named = Record<Exclude<Culprit, "undecided">, (name: string) => Words>;

/** Everything about how well a call goes; loaded when it is looked at. Names are those of people; figures are ready to read. */
export const enQuality = {
  /** Said once, aloud. */
  keysChanged: (name: string) =>
    `The keys of the connection to ${name} have changed since you compared the code. Compare it again.`,

  // "Why is it bad?"
  ask: (name: string) => `Why is it bad? Connection to ${name}`,
  askSelf: "Why is it bad? My own connection",
  askShort: "Why is it bad?",
  asking: "Looking…",
  evidence: "What speaks for it",
  helps: "What helps",
  /** `name`: of whom it leads to; empty where it is about oneself. */
  culprits: {
    nothing: () => ({ title: "Nothing is wrong at the moment", text: "Sound and picture get through as they should." }),
    unknown: () => ({
      title: "Not known yet",
      text: "There is no connection, or nothing has been counted on it yet. Ask again in a few seconds.",
    }),
    "my-microphone": () => ({
      title: "Your microphone is silent",
      text: "Look for a switch on the device or its cable, check its level in the system’s sound settings, or choose another one.",
    }),
    "their-microphone": (name) => ({
      title: `The microphone of ${name} is silent`,
      text: "It is on, but gives no sound at all. They may have switched it off at the device, or need to choose another one.",
    }),
    "my-computer": () => ({
      title: "Your computer is too busy",
      text: "Close other programs and tabs, plug in the charger, turn off your camera, or switch to a view with fewer pictures.",
    }),
    "their-computer": (name) => ({
      title: `The computer of ${name} is too busy`,
      text: "It helps if they close other programs and tabs, plug in the charger, or turn off their camera.",
    }),
    "my-uplink": () => ({
      title: "Your upload is the bottleneck",
      text: "Move nearer to the Wi-Fi, or use a cable; stop other uploads, such as backups; turn off your camera. Sound goes first by itself.",
    }),
    "my-downlink": () => ({
      title: "Your download is the bottleneck",
      text: "Move nearer to the Wi-Fi, or use a cable; stop other downloads; turn off incoming video.",
    }),
    "their-uplink": (name) => ({
      title: `The upload of ${name} is the bottleneck`,
      text: "It helps if they move nearer to their Wi-Fi, use a cable, stop other uploads, or turn off their camera.",
    }),
    "their-downlink": (name) => ({
      title: `The download of ${name} is the bottleneck`,
      text: "It helps if they move nearer to their Wi-Fi, use a cable, stop other downloads, or turn off incoming video.",
    }),
    relay: () => ({
      title: "The way through the relay is the bottleneck",
      text: "Your networks do not let you through to each other, so everything goes through a relay. Another network, or switching off a VPN, may allow a direct way; the connection test shows what your network lets through.",
    }),
    path: () => ({
      title: "The way between you is the bottleneck",
      text: "Both ends are fine towards others, as far as is known. Another network at one end may help, or switching off a VPN; often it passes.",
    }),
  } satisfies Named as Named,
  /** Where it is one of several; `suspects` is a list of {@link suspects}, ready to read. */
  undecided: (suspects: string) => ({
    title: `The bottleneck is one of these: ${suspects}`,
    text: "What is counted does not tell them apart. Somebody else in the call would show it, or another network at one end. What often helps at either end: move nearer to the Wi-Fi, or use a cable; stop other transfers.",
  }),
  /** Within a list. `name` as above. */
  suspects: {
    "my-uplink": () => "your upload",
    "my-downlink": () => "your download",
    "my-line": () => "your connection to the internet",
    "their-uplink": (name) => (name === "" ? "the upload at the other end" : `the upload of ${name}`),
    "their-downlink": (name) => (name === "" ? "the download at the other end" : `the download of ${name}`),
    "their-line": (name) =>
      name === "" ? "the other end’s connection to the internet" : `the connection of ${name} to the internet`,
    relay: () => "the relay",
  } satisfies Record<Suspect, (name: string) => string> as Record<Suspect, (name: string) => string>,
  /** `value` and `of` are ready to read. */
  facts: {
    microphone: () => "The microphone gives no sound at all",
    /** `value`: its URL or address, if that is known. */
    relayed: (value) => (value === "" ? "It goes through a relay" : `It goes through the relay ${value}`),
    "others-relayed": (value, of) => `The same on ${value} of ${of} connections through your relay`,
    "others-beside": (value, of) => `Not so towards ${value} of ${of} others who are reached without your relay`,
    roundTripTime: (value) => `Round trip ${value}`,
    availableOutgoingBitrate: (value) => `${value} can be sent at most`,
    lostSent: (value) => `${value} of what is sent is lost`,
    lostReceived: (value) => `${value} of what should arrive is lost`,
    jitter: (value) => `Packets arrive up to ${value} apart from their time`,
    concealed: (value) => `${value} of the sound is filled in`,
    frozen: (value) => `The picture stands still ${value} of the time`,
    framesDropped: (value) => `${value} of the pictures cannot be shown in time`,
    cpuLimited: (value) => `Too busy for the picture ${value} of the time`,
    bandwidthLimited: (value) => `The picture is limited by the line ${value} of the time`,
    "others-losing-sent": (value, of) => `The same towards ${value} of ${of} others`,
    "others-losing-received": (value, of) => `The same from ${value} of ${of} others`,
  } satisfies Record<Evidence["fact"], (value: string, of: string) => string> as Record<
    Evidence["fact"],
    (value: string, of: string) => string
  >,
  seenHere: (fact: string) => `Here: ${fact}`,
  seenThere: (fact: string) => `There: ${fact}`,

  // The code
  code: "Security code",
  codeText: (name: string) =>
    `Read these digits to each other. If ${name} sees the same ones, nobody is in between, not even the server.`,
  noCode: "There is no code before you are connected.",
  verify: "Mark as verified",
  verifyName: (name: string) => `Mark as verified: the code of ${name}`,
  isVerified: "Verified: you have compared these digits.",
  hasChanged:
    "The keys have changed since you compared the digits. That is normal after a reload or a new connection, and it is what somebody in between would look like: compare them again.",

  // Statistics
  statistics: "Statistics",
  connectionTo: "Connection to",
  nobody: "As soon as somebody else is in the call, there is something to count.",
  collecting: "Counting begins. Figures appear in a few seconds.",
  lastMinutes: "The last two minutes, one point every two seconds.",
  plots: {
    bitrate: "Bitrate",
    loss: "Packets lost",
    roundTrip: "Round trip",
    frameRate: "Frame rate",
    resolution: "Resolution",
  },
  sent: "Sent",
  received: "Received",
  none: "–",
  frames: (count: string) => `${count} fps`,
  lines: (count: string) => `${count} lines`,
  percent: (count: string) => `${count} %`,
  /** What a plot says to who cannot see it. */
  plot: (title: string, values: string) => `${title}: ${values}`,
  series: (name: string, value: string) => `${name} ${value}`,

  // Settings
  sharing: "When you share your screen",
  content: {
    text: { name: "Text stays sharp", text: "For documents and slides. On a bad connection it moves less smoothly." },
    motion: { name: "Motion stays smooth", text: "For films and games. On a bad connection it gets less sharp." },
  },
};

export type QualityStrings = Wording<typeof enQuality>;

/** In all languages. */
export const qualityPart = new Part<QualityStrings>("quality", enQuality);
