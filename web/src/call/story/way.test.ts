import { expect, test } from "vitest";
import type { EndReport } from "../../rtc/journal/inspection.js";
import { wayOf } from "./way.js";

function end(type: EndReport["type"], address: string | null, relayProtocol: string | null = null): EndReport {
  return { type, protocol: "udp", address, port: 5_000, relayProtocol };
}

const numbers = { roundTrip: 12, sent: null, received: null, changes: null };

test.each<[string, EndReport, EndReport]>([
  ["local", end("host", "192.168.1.2"), end("host", "192.168.1.3")],
  ["local", end("host", "192.168.1.2"), end("host", null)],
  ["local", end("host", "192.168.1.2"), end("prflx", "192.168.1.3")],
  ["direct", end("host", "192.168.1.2"), end("prflx", null)],
  ["direct", end("host", "192.168.1.2"), end("srflx", "203.0.113.7")],
  ["direct", end("srflx", "203.0.113.7"), end("srflx", "198.51.100.7")],
  ["direct", end("host", "2001:db8::1"), end("host", "2001:db8::2")],
  ["relayed", end("relay", "203.0.113.9", "tcp"), end("host", "192.168.1.3")],
  ["relayed-there", end("host", "192.168.1.2"), end("relay", "203.0.113.9")],
])("%s: %j to %j", (kind, local, remote) => {
  expect(wayOf({ local, remote, ...numbers })).toMatchObject({ kind, roundTrip: 12 });
});

test.each([
  ["udp", "udp"],
  ["tls", "tls"],
  ["quic", null],
  [null, null],
])("a relay that is reached by %s", (told, protocol) => {
  const path = { local: end("relay", "203.0.113.9", told), remote: end("host", null), ...numbers };
  expect(wayOf(path)).toMatchObject({ kind: "relayed", protocol });
});
