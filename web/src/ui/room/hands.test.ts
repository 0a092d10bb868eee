import { expect, test } from "vitest";
import { handPlace } from "./hands.js";

const everyone = [{ hand: 12 }, { hand: null }, { hand: 3 }, { hand: 7 }];

test("a hand's place is by when it was raised, whatever the numbers are", () => {
  expect(everyone.map(({ hand }) => handPlace(hand, everyone))).toEqual(["3", null, "1", "2"]);
});
