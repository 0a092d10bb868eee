import { expect, test } from "vitest";
import { placed } from "./picture.js";

const place = { x: 10, y: 20, width: 200, height: 100 };

test("a camera fills its place with the middle of what it sees", () => {
  expect(placed({ width: 640, height: 480 }, place, false)).toEqual({
    from: { x: 0, y: 80, width: 640, height: 320 },
    to: place,
  });
});

test("a screen is seen whole, with margins", () => {
  expect(placed({ width: 400, height: 400 }, place, true)).toEqual({
    from: { x: 0, y: 0, width: 400, height: 400 },
    to: { x: 60, y: 20, width: 100, height: 100 },
  });
});
