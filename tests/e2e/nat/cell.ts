import { expect } from "vitest";
import type { BrowserKind } from "../harness/browsers.js";
import type { Participant } from "../harness/participant.js";
import { eventually } from "../harness/waiting.js";
import type { Delivered } from "./internet.js";
import type { Lab } from "./lab.js";
import type { NatKind } from "./nat-kind.js";
import { legOf, routeOf, type Leg } from "./path.js";
import { bestRoute, type Route } from "./theory.js";

/** How long a call may take to connect, and then to find the best route (milliseconds). */
export const connectsWithin = 15_000;

/** One call between two clients, and what was seen of it. */
export interface Call {
  readonly kinds: readonly [NatKind, NatKind];
  readonly browsers: readonly [BrowserKind, BrowserKind];
  readonly expected: Route;
  readonly route: Route | null;
  readonly legs: readonly [Leg, Leg];
  /** While pictures went both ways. */
  readonly delivered: readonly [Delivered, Delivered];
  /** By the relay's open sockets; `counted`: what is left by our own server's count. */
  readonly allocations: { readonly during: number; readonly after: number; readonly counted: number | null };
}

/** Holds a call: both see and hear each other by the route that is best, then leave. Fails only if there is no call at all. */
export async function call(
  lab: Lab,
  kinds: readonly [NatKind, NatKind],
  browsers: readonly [BrowserKind, BrowserKind],
): Promise<Call> {
  await lab.stand(...kinds);
  const room = lab.newRoom();
  const people: Participant[] = [];
  try {
    const ada = await lab.join("a", browsers[0], room, "Ada");
    people.push(ada);
    const grace = await lab.join("b", browsers[1], room, "Grace");
    people.push(grace);
    const expected = bestRoute(...kinds);
    await settle(ada, grace, expected);
    await ada.waitForMedia("Grace");
    await grace.waitForMedia("Ada");
    // The first pair that works is not always the one that stays.
    const legs = await settle(ada, grace, expected);
    const delivered = [await lab.internet.a.delivered(), await lab.internet.b.delivered()] as const;
    const during = await lab.meeting.relaySockets();
    for (const person of people) {
      await person.press("Leave");
    }
    const after = await allocationsLeft(lab);
    const counted = (await lab.meeting.metric("parley_turn_allocations ")) ?? null;
    const route = routeOf(legs[0].path, legs[1].path);
    return { kinds, browsers, expected, route, legs, delivered, allocations: { during, after, counted } };
  } finally {
    await Promise.all(people.map((person) => person.close()));
  }
}

/** Expects what RFC 8445 promises: the best route, soon, nothing around a relay, and nothing left of it afterwards. */
export function expectAsTheorySays({ expected, route, legs, delivered, allocations }: Call): void {
  expect(route, JSON.stringify(legs)).toBe(expected);
  for (const leg of legs) {
    expect(leg.connectedAfter).toBeLessThan(connectsWithin);
  }
  if (route !== "direct") {
    expect(allocations.during).toBeGreaterThan(0);
    expect(delivered.map(({ fromOthers }) => fromOthers)).toEqual([0, 0]);
  }
  expect(allocations.after).toBe(0);
  expect(allocations.counted ?? 0).toBe(0);
}

/** Waits until both ends are connected; then, as long as it may take, for the route that is expected. */
async function settle(ada: Participant, grace: Participant, expected: Route): Promise<readonly [Leg, Leg]> {
  const both = async (): Promise<readonly [Leg, Leg]> => [await legOf(ada), await legOf(grace)];
  let legs = await eventually(
    "both ends are connected",
    async () => {
      const now = await both();
      return now.every((leg) => leg.state === "connected" && leg.path !== null) && now;
    },
    async () => ({ legs: await both(), ada: await ada.describe(), grace: await grace.describe() }),
    2 * connectsWithin,
  );
  const end = Date.now() + connectsWithin;
  while (routeOf(legs[0].path, legs[1].path) !== expected && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    legs = await both();
  }
  return legs;
}

/** Those that are still there when all should long be gone. */
export async function allocationsLeft(lab: Lab): Promise<number> {
  const end = Date.now() + 10_000;
  let left = await lab.meeting.relaySockets();
  while (left > 0 && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = await lab.meeting.relaySockets();
  }
  return left;
}
