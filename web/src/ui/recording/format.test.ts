import { expect, test } from "vitest";
import { recordingFormat, recordingName } from "./format.js";

test("the format is the one that most players have, of those that the browser can write", () => {
  expect(recordingFormat(() => true)?.extension).toBe("mp4");
  expect(recordingFormat((type) => type.includes("vp8"))?.type).toBe("video/webm;codecs=vp8,opus");
  expect(recordingFormat(() => false)).toBeNull();
});

test("the file is called by the room and by when it began", () => {
  const format = { type: "video/webm", extension: "webm" } as const;
  expect(recordingName("team-lunch", new Date(2026, 0, 5, 9, 3), format)).toBe(
    "parley-team-lunch-2026-01-05-0903.webm",
  );
});
