import { expect, test } from "vitest";
import { scopeOf } from "./address.js";

test.each([
  [null, "hidden"],
  ["", "hidden"],
  ["9f0c1c2e-6c39-4d0e-9c2c-9d7d3f8d2f10.local", "hidden"],
  ["0.0.0.0", "unspecified"],
  ["::", "unspecified"],
  ["127.0.0.1", "loopback"],
  ["::1", "loopback"],
  ["::ffff:127.0.0.1", "loopback"],
  ["10.1.2.3", "private"],
  ["172.15.0.1", "public"],
  ["172.16.0.1", "private"],
  ["172.31.0.1", "private"],
  ["172.32.0.1", "public"],
  ["192.168.0.1", "private"],
  ["169.254.1.1", "private"],
  ["100.63.0.1", "public"],
  ["100.64.0.1", "private"],
  ["100.127.0.1", "private"],
  ["100.128.0.1", "public"],
  ["203.0.113.5", "public"],
  ["fd00::1", "private"],
  ["fe80::1", "private"],
  ["FE80::1", "private"],
  ["2001:db8::1", "public"],
  ["::ffff:192.168.1.1", "private"],
] as const)("%s is %s", (address, scope) => {
  expect(scopeOf(address)).toBe(scope);
});
