import { expect, test } from "vitest";
import { protocolVersion } from "../signalling/index.js";
import { refusalOf } from "./refusal.js";

test("a server that is newer asks for a reload, one that is older cannot be helped from here", () => {
  const refusal = { reason: "protocol-unsupported", message: "no" } as const;
  expect(refusalOf({ ...refusal, protocol: protocolVersion + 1 })).toBe("page-outdated");
  expect(refusalOf({ ...refusal, protocol: protocolVersion - 1 })).toBe("server-outdated");
  expect(refusalOf(refusal)).toBe("page-outdated");
});

test("a name that the server does not take is told apart from what the person cannot mend", () => {
  expect(refusalOf({ reason: "invalid", message: "name must have a visible character" })).toBe("invalid-name");
  expect(refusalOf({ reason: "invalid", message: "room must be a room name" })).toBe("invalid");
  expect(refusalOf({ reason: "invalid", message: "names nothing" })).toBe("invalid");
});

test("everything else is what it is", () => {
  expect(refusalOf({ reason: "room-full", message: "name" })).toBe("room-full");
});
