import { expect, test } from "vitest";
import { safetyCode } from "./safety-code.js";

const ada = ["sha-256 aa:bb:cc"];
const bob = ["sha-256 dd:ee:ff"];

test("both ends read the same six groups of five digits", async () => {
  const code = await safetyCode({ own: ada, other: bob });
  expect(code).toMatch(/^\d{5}( \d{5}){5}$/);
  expect(await safetyCode({ own: bob, other: ada })).toBe(code);
});

// By an implementation of its own: python3's hashlib.
test("the digits are those of SHA-256 over both, five bytes to a group", async () => {
  expect(await safetyCode({ own: ada, other: bob })).toBe("72638 28759 41046 62650 78121 01006");
});

test("somebody in between, or a fingerprint put beside the true one, makes other digits", async () => {
  const code = await safetyCode({ own: ada, other: bob });
  const others = await Promise.all([
    safetyCode({ own: ada, other: ["sha-256 dd:ee:fe"] }),
    safetyCode({ own: ada, other: [...bob, "sha-256 11:22:33"] }),
  ]);
  expect(others).not.toContain(code);
});

test("without fingerprints there is no code", async () => {
  expect(await safetyCode({ own: [], other: bob })).toBeNull();
  expect(await safetyCode({ own: ada, other: [] })).toBeNull();
});
