import { expect, test } from "vitest";
import { endpointOf } from "./socket.js";

test.each([
  ["https://meet.test", "https://meet.test", "/socket.io/"],
  ["https://meet.test/", "https://meet.test", "/socket.io/"],
  ["http://localhost:8080/calls", "http://localhost:8080", "/calls/socket.io/"],
  ["https://meet.test/a/b//?x=1#y", "https://meet.test", "/a/b/socket.io/"],
])("a server at %s is reached at %s, path %s", (server, origin, path) => {
  expect(endpointOf(server)).toEqual({ origin, path });
});

test("an address that is none is refused", () => {
  expect(() => endpointOf("/calls")).toThrow(TypeError);
});
