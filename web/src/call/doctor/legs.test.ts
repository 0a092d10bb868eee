import { expect, test } from "vitest";
import { legsOf } from "./legs.js";

const credentials = { username: "u", credential: "c" };

test("every address is a leg of its own, STUN first and then the relays by how they are reached", () => {
  const servers = [
    { urls: ["turns:a.test", "turn:a.test?transport=tcp", "turn:a.test"], ...credentials },
    { urls: "stun:a.test" },
  ];
  expect(legsOf(servers).map(({ kind, url }) => [kind, url])).toEqual([
    ["stun", "stun:a.test"],
    ["relay-udp", "turn:a.test"],
    ["relay-tcp", "turn:a.test?transport=tcp"],
    ["relay-tls", "turns:a.test"],
  ]);
  expect(legsOf(servers)[2]?.server).toEqual({ urls: "turn:a.test?transport=tcp", ...credentials });
});

test.each([
  ["turn:a.test:443?transport=udp", "relay-udp"],
  ["turns:a.test:443?transport=tcp", "relay-tls"],
  ["TURN:[2001:db8::1]:3478?transport=TCP", "relay-tcp"],
])("%s is %s", (url, kind) => {
  expect(legsOf([{ urls: url }])[0]?.kind).toBe(kind);
});

test("what no browser speaks, or nobody understands, is left out", () => {
  expect(legsOf([{ urls: ["turns:a.test?transport=udp", "stuns:a.test", "http://a.test", "turn"] }])).toEqual([]);
});

test("the same address twice is tried once, and too many are not tried at all", () => {
  expect(legsOf([{ urls: ["turn:a.test", "turn:a.test"] }, { urls: "turn:a.test" }])).toHaveLength(1);
  expect(legsOf([{ urls: Array.from({ length: 99 }, (_, n) => `turn:${n}.test`) }])).toHaveLength(12);
});
