import { beforeEach, expect, test, vi } from "vitest";
import { Exchange, type Port } from "../exchange/exchange.js";
import { Recordings } from "./recordings.js";

let exchange: Exchange;
let recordings: Recordings;
let sent: unknown[][];

beforeEach(() => {
  exchange = new Exchange((error) => {
    throw error;
  });
  recordings = new Recordings(exchange);
  sent = [];
});

function port(id: string): Port {
  return {
    id,
    incarnation: 1,
    name: `${id}'s name`,
    post: (type, fields) => (sent.push([id, type, fields]), true),
    openChannel: () => null,
  };
}

test("everybody is told that one records, and those who come later, until it is over", () => {
  exchange.handleReady(port("ada"));
  recordings.tell(true);
  recordings.tell(true);
  exchange.handleReady(port("grace"));
  recordings.tell(false);
  exchange.handleReady(port("late"));
  expect(sent).toEqual([
    ["ada", "recording", { on: true }],
    ["grace", "recording", { on: true }],
    ["ada", "recording", { on: false }],
    ["grace", "recording", { on: false }],
  ]);
});

test("who records is known once, whatever comes from there, and no longer than they can be reached", () => {
  const heard = vi.fn();
  recordings.subscribe(heard);
  const ada = port("ada");
  exchange.handleReady(ada);
  for (const on of [true, true, "yes"]) exchange.handleMessage({ v: 1, type: "recording", on }, ada);
  // Anything but true is a no.
  expect(heard.mock.calls.map(([state]) => state as unknown)).toEqual([
    { own: false, others: [{ id: "ada", name: "ada's name" }] },
    { own: false, others: [] },
  ]);
  exchange.handleMessage({ v: 1, type: "recording", on: true }, ada);
  exchange.handleGone("ada");
  expect(recordings.state.others).toEqual([]);
});
