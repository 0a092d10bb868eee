import { expect, test } from "vitest";
import { en } from "../strings/en.js";
import { tileActions } from "./tile-actions.js";
import { tileLabel } from "./tile-label.js";

const grace = { label: "Grace", peer: "Grace", manageable: false, pinned: false, full: false };

function names(changes: Partial<Omit<typeof grace, "peer"> & { peer: string | null }>): string[] {
  return tileActions({ ...grace, ...changes }, en).map(({ name }) => name);
}

test("a tile's menu says what pressing does, and with what", () => {
  expect(names({})).toEqual(["Pin Grace", "Full screen: Grace", "Connection to Grace"]);
  expect(names({ pinned: true })[0]).toBe("Unpin Grace");
  expect(names({ peer: null })).not.toContain("Connection to Grace");
  expect(names({ manageable: true }).at(-1)).toBe("Manage Grace");
  expect(names({ peer: null, manageable: true })).not.toContain("Manage Grace");
});

test("over everything else, there is no stage to be pinned on", () => {
  expect(names({ full: true })).toEqual(["Exit full screen", "Connection to Grace"]);
});

test("a tile is called by what stands on it", () => {
  const label = (own: boolean, source: "camera" | "screen") => tileLabel({ name: "Grace", own, source }, en);
  expect([label(false, "camera"), label(true, "camera")]).toEqual(["Grace", "Grace (You)"]);
  expect([label(false, "screen"), label(true, "screen")]).toEqual(["Grace’s screen", "Your screen"]);
});
