import { expect, test } from "vitest";
import { withSpeechOpus } from "./opus.js";

const section = (mid: string, fmtp: string | null, type = "111") =>
  [
    `m=audio 9 UDP/TLS/RTP/SAVPF ${type}`,
    `a=mid:${mid}`,
    `a=rtpmap:${type} opus/48000/2`,
    ...(fmtp === null ? [] : [`a=fmtp:${type} ${fmtp}`]),
    "a=sendrecv",
    "",
  ].join("\r\n");
const start = "v=0\r\ns=-\r\n";
const video = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n";
const sources = { "0": "microphone", "1": "camera" } as const;

test.each([
  ["Chromium's", "minptime=10;useinbandfec=1", "minptime=10;useinbandfec=1;usedtx=1"],
  [
    "Firefox's",
    "maxplaybackrate=48000;stereo=1;useinbandfec=1",
    "maxplaybackrate=48000;stereo=1;useinbandfec=1;usedtx=1",
  ],
  ["one that has both", "usedtx=1;useinbandfec=1", "usedtx=1;useinbandfec=1"],
  ["one that says no", "useinbandfec=0;usedtx=0", "useinbandfec=0;usedtx=0"],
  ["one without a line", null, "useinbandfec=1;usedtx=1"],
])("speech is sent with FEC and DTX by a description: %s", (_, given, expected) => {
  const sdp = `${start}${section("0", given)}${video}`;
  expect(withSpeechOpus(sdp, sources)).toBe(
    `${start}${section("0", expected).replace(/(a=rtpmap.*\r\n)(a=fmtp.*\r\n)/, "$1$2")}${video}`,
  );
});

test("what a shared screen plays is left alone, and so is a section that nobody named", () => {
  const sdp = `${start}${section("0", "useinbandfec=1")}${section("2", "useinbandfec=1")}`;
  expect(withSpeechOpus(sdp, { "0": "screen-audio" })).toBe(sdp);
});

test.each(["", "m=audio", "m=audio 9 x\r\na=mid:0\r\na=rtpmap:1 PCMU/8000\r\n", "nonsense\nm=\n"])(
  "what is no description of Opus stays as it is: %j",
  (sdp) => {
    expect(withSpeechOpus(sdp, sources)).toBe(sdp);
  },
);
