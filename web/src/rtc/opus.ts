import type { Sources } from "./source.js";

/**
 * A remote description that lets this end send speech as it should be sent: with the redundancy that repairs single lost packets
 * (in-band FEC), and next to nothing while nobody speaks (DTX). Both are the receiver's to allow (RFC 7587, section 6.1), every
 * browser can receive both, and none asks for DTX. Read by this end only: nothing of it goes over the wire.
 *
 * Not for what a shared screen plays: music is no speech, and its pauses are part of it.
 */
export function withSpeechOpus(sdp: string, sources: Sources): string {
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => (isSpeech(section, sources) ? withParameters(section) : section))
    .join("");
}

function isSpeech(section: string, sources: Sources): boolean {
  const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
  return section.startsWith("m=audio ") && mid !== undefined && sources[mid] === "microphone";
}

function withParameters(section: string): string {
  const type = /^a=rtpmap:(\d+) opus\/48000\/2\r?$/im.exec(section)?.[1];
  if (type === undefined) return section;
  const line = new RegExp(`^a=fmtp:${type} (.*?)(\\r?)$`, "m");
  const [, given] = line.exec(section) ?? [];
  if (given === undefined) {
    // Without a line of its own the codec's defaults hold, and both are off by default.
    return section.replace(
      new RegExp(`^(a=rtpmap:${type} .*?)(\\r?)$`, "m"),
      `$1$2\na=fmtp:${type} ${wanted.join(";")}$2`,
    );
  }
  const names = new Set(given.split(";").map((parameter) => parameter.trim().split("=")[0]?.toLowerCase()));
  const missing = wanted.filter((parameter) => !names.has(parameter.split("=")[0]));
  return missing.length === 0 ? section : section.replace(line, `a=fmtp:${type} ${[given, ...missing].join(";")}$2`);
}

/** What somebody has said already is left as it is, also a "no". */
const wanted = ["useinbandfec=1", "usedtx=1"];
