import { expect, test } from "vitest";
import { nextIncarnation } from "./incarnation.js";
import { FakeStorage } from "./testing/fake-devices.js";

test("an incarnation is the time, or larger than any before it", () => {
  const storage = new FakeStorage();
  expect(nextIncarnation(storage, 1_000)).toBe(1_000);
  expect(nextIncarnation(storage, 2_000)).toBe(2_000);
  expect(nextIncarnation(storage, 1_500)).toBe(2_001);
  expect(nextIncarnation(storage, 2_001)).toBe(2_002);
});

test.each(["nonsense", "-1", "1e300", String(Number.MAX_SAFE_INTEGER)])("a stored %s does no harm", (stored) => {
  const storage = new FakeStorage();
  storage.setItem("parley.incarnation", stored);
  expect(nextIncarnation(storage, 1_000)).toBe(1_000);
});

test("without storage the clock has to do", () => {
  const refuse = () => {
    throw new DOMException("no storage here", "SecurityError");
  };
  expect(nextIncarnation(undefined, 1_000)).toBe(1_000);
  expect(nextIncarnation({ getItem: refuse, setItem: refuse }, 1_000)).toBe(1_000);
});
