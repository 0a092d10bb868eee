import type { DeviceProblem } from "../../call/state.js";
import type { Words } from "./words.js";

const secure = (device: string): string =>
  `Browsers give ${device} only to https:// addresses, and to http://localhost on the server’s own computer. Open this room at its https:// address, or ask whoever runs the server for one.`;
const modern =
  "Use a current Chrome, Edge, Firefox or Safari. Inside another app, open the link in the browser itself.";

/** Why a device cannot be used, and the way on. `both`: microphone and camera fail alike. */
export const problems = {
  microphone: {
    denied: {
      title: "Microphone access is blocked",
      text: "Allow the microphone next to the address bar (or in the browser’s settings for this site), then turn it on again.",
    },
    dismissed: {
      title: "The microphone is not allowed yet",
      text: "Press “Unmute microphone” and choose “Allow”. If the browser does not ask, allow it next to the address bar.",
    },
    "denied-by-system": {
      title: "The system blocks the microphone",
      text: "This site may use it, but the browser may not. Allow the browser to use the microphone in the system’s privacy settings, then turn it on again.",
    },
    revoked: {
      title: "Microphone access was taken away",
      text: "The others no longer hear you. Allow the microphone next to the address bar; if it does not come back by itself, press “Unmute microphone”.",
    },
    "not-found": {
      title: "No microphone found",
      text: "Plug one in or switch it on, then turn the microphone on again.",
    },
    busy: {
      title: "The microphone is in use",
      text: "Another program seems to hold it. Close that program, then turn the microphone on again.",
    },
    overconstrained: {
      title: "This microphone cannot be used",
      text: "It offers nothing that suits a call. Choose another one, then turn the microphone on again.",
    },
    insecure: { title: "The microphone needs a secure page", text: secure("it") },
    unsupported: { title: "This browser offers no microphone", text: modern },
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
    dismissed: {
      title: "The camera is not allowed yet",
      text: "Press “Turn camera on” and choose “Allow”. If the browser does not ask, allow it next to the address bar.",
    },
    "denied-by-system": {
      title: "The system blocks the camera",
      text: "This site may use it, but the browser may not. Allow the browser to use the camera in the system’s privacy settings, then turn it on again.",
    },
    revoked: {
      title: "Camera access was taken away",
      text: "The others no longer see you. Allow the camera next to the address bar; if it does not come back by itself, press “Turn camera on”.",
    },
    "not-found": {
      title: "No camera found",
      text: "Plug one in or switch it on, then turn the camera on again.",
    },
    busy: {
      title: "The camera is in use",
      text: "Another program seems to hold it. Close that program, then turn the camera on again.",
    },
    overconstrained: {
      title: "This camera cannot be used",
      text: "It offers no picture that suits a call. Choose another one, then turn the camera on again.",
    },
    insecure: { title: "The camera needs a secure page", text: secure("it") },
    unsupported: { title: "This browser offers no camera", text: modern },
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
    dismissed: {
      title: "Camera and microphone are not allowed yet",
      text: "Turn them on and choose “Allow”. If the browser does not ask, allow them next to the address bar.",
    },
    "denied-by-system": {
      title: "The system blocks camera and microphone",
      text: "This site may use them, but the browser may not. Allow the browser to use them in the system’s privacy settings, then turn them on again.",
    },
    revoked: {
      title: "Camera and microphone access was taken away",
      text: "The others no longer see and hear you. Allow both next to the address bar; if they do not come back by themselves, turn them on again.",
    },
    "not-found": {
      title: "No camera and no microphone found",
      text: "Plug them in or switch them on, then turn them on again.",
    },
    busy: {
      title: "Camera and microphone are in use",
      text: "Another program seems to hold them. Close that program, then turn them on again.",
    },
    overconstrained: {
      title: "This camera and this microphone cannot be used",
      text: "They offer nothing that suits a call. Choose others, then turn them on again.",
    },
    insecure: { title: "Camera and microphone need a secure page", text: secure("them") },
    unsupported: { title: "This browser offers no camera and no microphone", text: modern },
    unknown: {
      title: "Camera and microphone did not start",
      text: "Unplug them and plug them in again, or choose others, then turn them on again.",
    },
  },
} satisfies Record<"microphone" | "camera" | "both", Record<DeviceProblem, Words>>;

/** Likewise; what is not listed here is `unknown`. */
export const screenProblems: Partial<Record<DeviceProblem, Words>> & { readonly unknown: Words } = {
  denied: {
    title: "The screen is not shared",
    text: "Sharing was cancelled or is blocked. On a Mac, allow screen recording for the browser in the system settings.",
  },
  "not-found": { title: "Nothing to share", text: "The browser found no screen or window that it can share." },
  busy: {
    title: "The screen cannot be captured",
    text: "Another program or the system prevents it. Try another window or the whole screen.",
  },
  insecure: { title: "Sharing needs a secure page", text: secure("a screen") },
  unsupported: {
    title: "This browser cannot share a screen",
    text: "Use Chrome, Edge, Firefox or Safari on a computer.",
  },
  unknown: { title: "The screen could not be shared", text: "Try again, or choose another window." },
};

/** Likewise. */
export const speakerProblems: Partial<Record<DeviceProblem, Words>> & { readonly unknown: Words } = {
  denied: {
    title: "The speaker cannot be changed here",
    text: "The browser does not allow it, so the system’s default is used. Choose the loudspeaker in the system’s sound settings.",
  },
  unknown: { title: "The sound did not start", text: "Check the loudspeaker, or choose another one." },
};

const quoted = (name: string, otherwise: string): string => (name === "" ? otherwise : `“${name}”`);
const gone = (name: string, otherwise: string): string => `${quoted(name, otherwise)} was disconnected`;

/** What happens to devices in the middle of a call. Names are what people call a device, or empty. */
export const deviceNews = {
  microphone: {
    replaced: (old: string, now: string): Words => ({
      title: gone(old, "Your microphone"),
      text: `The others now hear you through ${quoted(now, "another one")}.`,
    }),
    replacedOff: (old: string, now: string): Words => ({
      title: gone(old, "Your microphone"),
      text: `You are still muted. When you unmute, ${quoted(now, "another one")} is used.`,
    }),
    lost: (old: string): Words => ({
      title: gone(old, "Your microphone"),
      text: "There is no other microphone, so the others cannot hear you. Plug it in again, then press “Unmute microphone”.",
    }),
    returned: (now: string): Words => ({
      title: `${quoted(now, "Your microphone")} is back`,
      text: "The others hear you through it again.",
    }),
    returnedOff: (now: string): Words => ({
      title: `${quoted(now, "Your microphone")} is back`,
      text: "You are still muted. It is used when you press “Unmute microphone”.",
    }),
    silenced: {
      title: "Your microphone is muted by the system",
      text: "The others cannot hear you. A phone call, another app or a switch on the device may be the reason; when that ends, they hear you again.",
    },
    talking: {
      title: "You are talking while muted",
      text: "The others cannot hear you. Press “Unmute microphone” if they should.",
    },
    unheard: {
      title: "Your microphone is silent",
      text: "It is on, but no sound at all comes from it. Look for a switch on the device or its cable, check the level in the system’s sound settings, or choose another microphone in the settings of this call.",
    },
  },
  camera: {
    replaced: (old: string, now: string): Words => ({
      title: gone(old, "Your camera"),
      text: `The others now see you through ${quoted(now, "another one")}.`,
    }),
    replacedOff: (old: string, now: string): Words => ({
      title: gone(old, "Your camera"),
      text: `Your camera is still off. When you turn it on, ${quoted(now, "another one")} is used.`,
    }),
    lost: (old: string): Words => ({
      title: gone(old, "Your camera"),
      text: "There is no other camera, so the others do not see you. Plug it in again, then press “Turn camera on”.",
    }),
    returned: (now: string): Words => ({
      title: `${quoted(now, "Your camera")} is back`,
      text: "The others see you through it again.",
    }),
    returnedOff: (now: string): Words => ({
      title: `${quoted(now, "Your camera")} is back`,
      text: "Your camera is still off. It is used when you press “Turn camera on”.",
    }),
    silenced: {
      title: "Your camera is paused by the system",
      text: "The others do not see you. Another app, a closed lid or a cover on the camera may be the reason; when that ends, they see you again.",
    },
  },
  both: {
    silenced: {
      title: "Camera and microphone are paused by the system",
      text: "The others neither see nor hear you. A phone call, another app or a closed lid may be the reason; when that ends, all goes on by itself.",
    },
  },
  speaker: {
    replaced: (old: string): Words => ({
      title: gone(old, "Your speaker"),
      text: "You now hear the others through the system’s default.",
    }),
    returned: (now: string): Words => ({
      title: `${quoted(now, "Your speaker")} is back`,
      text: "You hear the others through it again.",
    }),
  },
};

export interface DevicesStrings {
  readonly problems: typeof problems;
  readonly screenProblems: typeof screenProblems;
  readonly speakerProblems: typeof speakerProblems;
  readonly deviceNews: typeof deviceNews;
}
