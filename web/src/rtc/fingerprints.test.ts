import { expect, test } from "vitest";
import { fingerprintsIn } from "./fingerprints.js";

test("the fingerprints of a description are told once each, in lower case and in order", () => {
  const sdp =
    "v=0\r\na=fingerprint:sha-256 BB:01\r\nm=audio\r\na=fingerprint:sha-256 bb:01\r\na=fingerprint:sha-1 AA:02\r\n";
  expect(fingerprintsIn(sdp)).toEqual(["sha-1 aa:02", "sha-256 bb:01"]);
});

test("a line that was put in makes another list, and what is no fingerprint makes none", () => {
  expect(fingerprintsIn("a=fingerprint:sha-256 AA\r\na=fingerprint:sha-256 BB\r\n")).toHaveLength(2);
  expect(fingerprintsIn(`a=fingerprint:sha-256 ${"A".repeat(10_000)}\r\na=fingerprint:sha-256\r\n`)).toEqual([]);
});
