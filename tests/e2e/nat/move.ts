import { expect } from "vitest";
import type { BrowserKind } from "../harness/browsers.js";
import type { Participant } from "../harness/participant.js";
import { eventually } from "../harness/waiting.js";
import { allocationsLeft } from "./cell.js";
import type { Internet } from "./internet.js";
import type { Lab } from "./lab.js";
import type { NatKind } from "./nat-kind.js";
import { legOf, routeOf } from "./path.js";

/** How long a picture may stand still when a network changes (milliseconds). */
export const backWithin = 15_000;

/** What becomes of A's network in the middle of a call. */
export interface Move {
  readonly name: string;
  readonly kinds: readonly [NatKind, NatKind];
  /** A's; B's is Chromium. */
  readonly browser: BrowserKind;
  readonly before: RegExp;
  /** Which relay it becomes, and whether both ends use one, depends on which answers first. */
  readonly after: RegExp;
  readonly happen: (internet: Internet) => Promise<void>;
}

const homes = ["port-restricted", "port-restricted"] as const;

/** Leaves one network, and then enters another one. */
const changeOver =
  (kind: NatKind): Move["happen"] =>
  async ({ a, secondLine }) => {
    await a.unplug();
    await secondLine.become(kind);
  };

export const moveToSymmetric: Move = {
  name: "one network goes, and another one comes, behind a symmetric NAT",
  kinds: homes,
  browser: "chromium",
  before: /^direct$/u,
  after: /^relay\/udp$/u,
  happen: changeOver("symmetric"),
};

export const moves: readonly Move[] = [
  {
    name: "the device gets another address",
    kinds: homes,
    browser: "chromium",
    before: /^direct$/u,
    after: /^direct$/u,
    happen: ({ a }) => a.changeAddress(),
  },
  moveToSymmetric,
  {
    name: "another network comes, behind a symmetric NAT, and then the one goes",
    kinds: homes,
    browser: "chromium",
    before: /^direct$/u,
    after: /^relay\/udp$/u,
    happen: async ({ a, secondLine }) => {
      await secondLine.become("symmetric");
      await a.unplug();
    },
  },
  {
    name: "one network goes, and another one comes that lets out TCP to port 443 only",
    kinds: homes,
    browser: "chromium",
    before: /^direct$/u,
    after: /relay\/tls/u,
    happen: changeOver("TCP 443 only"),
  },
  {
    name: "the network goes on without UDP",
    kinds: homes,
    browser: "chromium",
    before: /^direct$/u,
    after: /relay\/t(?:cp|ls)/u,
    happen: async ({ a }) => void (await a.become("UDP blocked")),
  },
  {
    name: "a relayed call changes over to a network without UDP",
    kinds: ["symmetric", "symmetric"],
    browser: "chromium",
    before: /^relay\/udp$/u,
    after: /relay\/t(?:cp|ls)/u,
    happen: changeOver("UDP blocked"),
  },
  { ...moveToSymmetric, browser: "firefox" },
  {
    name: "the network goes on without UDP",
    kinds: homes,
    browser: "firefox",
    before: /^direct$/u,
    after: /relay\/t(?:cp|ls)/u,
    happen: async ({ a }) => void (await a.become("UDP blocked")),
  },
];

/** What was seen of a move. */
export interface Moved {
  readonly name: string;
  readonly browser: BrowserKind;
  readonly before: string;
  readonly after: string;
  /** The longest time without a new picture, at each end (milliseconds). */
  readonly pauses: readonly [number, number];
  /** Left at the relay when both had gone. */
  readonly allocationsLeft: number;
}

/** Holds a call through a change of networks: both see and hear each other afterwards, by the very connection they had. */
export async function move(lab: Lab, { name, kinds, browser, before, after, happen }: Move): Promise<Moved> {
  await lab.stand(...kinds);
  const room = lab.newRoom();
  const people: Participant[] = [];
  try {
    const ada = await lab.join("a", browser, room, "Ada");
    people.push(ada);
    const grace = await lab.join("b", "chromium", room, "Grace");
    people.push(grace);
    const first = await routeThatIs(before, ada, grace);
    await ada.waitForMedia("Grace");
    await grace.waitForMedia("Ada");
    const made = [await ada.connectionsMade(), await grace.connectionsMade()];
    await ada.watchFrames();
    await grace.watchFrames();

    await happen(lab.internet);
    const then = await routeThatIs(after, ada, grace);
    await ada.waitForMedia("Grace");
    await grace.waitForMedia("Ada");
    expect([await ada.connectionsMade(), await grace.connectionsMade()]).toEqual(made);
    const pauses = [await longestPause(ada), await longestPause(grace)] as const;
    for (const person of people) {
      await person.press("Leave");
    }
    return { name, browser, before: first, after: then, pauses, allocationsLeft: await allocationsLeft(lab) };
  } finally {
    await Promise.all(people.map((person) => person.close()));
  }
}

export function expectToBeBackSoon({ pauses, allocationsLeft: left }: Moved): void {
  expect(Math.max(...pauses)).toBeLessThan(backWithin);
  expect(left).toBe(0);
}

/** Waits until both ends are connected by a route like this. */
async function routeThatIs(wanted: RegExp, ada: Participant, grace: Participant): Promise<string> {
  const legs = async () => [await legOf(ada), await legOf(grace)] as const;
  return eventually(
    `the route of the call is like ${String(wanted)}`,
    async () => {
      const now = await legs();
      const route = routeOf(now[0].path, now[1].path);
      return now.every(({ state }) => state === "connected") && route !== null && wanted.test(route) && route;
    },
    async () => ({ legs: await legs(), ada: await ada.describe(), grace: await grace.describe() }),
    4 * backWithin,
  );
}

async function longestPause(participant: Participant): Promise<number> {
  return Math.round(Math.max(...(await participant.pauses()).map(({ longest }) => longest)));
}
