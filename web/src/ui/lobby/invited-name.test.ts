import { expect, test } from "vitest";
import { invitedName } from "./invited-name.js";

const tokenOf = (payload: string): string =>
  `e30.${btoa(String.fromCharCode(...new TextEncoder().encode(payload)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "")}.AA`;

test.each(["Ada", "Æsa Þórsdóttir 🙋", "???>>>"])("a token's name is read: %s", (name) => {
  expect(invitedName(tokenOf(JSON.stringify({ room: "a", name })))).toBe(name);
});

test.each([
  ["", "no token"],
  ["Ada", "no token at all"],
  ["e30..AA", "an empty payload"],
  ["e30.%%%.AA", "no base64"],
  [tokenOf("{"), "no JSON"],
  [tokenOf("null"), "no object"],
  [tokenOf("{}"), "no name"],
  [tokenOf('{"name":["Ada"]}'), "another kind of name"],
  [tokenOf(JSON.stringify({ name: " \u200b " })), "a name that nobody sees"],
  [tokenOf(JSON.stringify({ name: "A".repeat(65) })), "a name that is too long"],
])("a token without a name that can be read gives none: %s (%s)", (token) => {
  expect(invitedName(token)).toBe("");
});
