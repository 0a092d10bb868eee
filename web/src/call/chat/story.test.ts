import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Random } from "../../rtc/testing/random.js";
import type { ChatEntry } from "./state.js";
import type { LogLimits } from "./sources.js";
import type { Scope } from "./reconciliation.js";
import { Village, nameOf } from "./testing/village.js";

// Long stories, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const houses = ["ada", "bob", "cleo", "dan", "eve"] as const;

const small: Readonly<Record<Scope, LogLimits>> = {
  all: { messages: 24, length: 100_000 },
  one: { messages: 4, length: 1_200 },
};

/** Anything that can happen, happens. `keeping`: each page load finds what the last has left. Answers what each author had read. */
function live(village: Village, steps: number, keeping = false): ReadonlyMap<string, readonly string[]> {
  const { random } = village;
  const seen = new Map<string, readonly string[]>();
  let written = 0;
  for (let step = 0; step < steps; step += 1) {
    const here = [...village.people.keys()];
    const [one, other] = [random.pick(houses), random.pick(houses)];
    switch (random.below(12)) {
      case 0:
        if (!village.people.has(one)) village.enter(one);
        break;
      case 1:
        if (village.people.has(one) && here.length > 1 && random.chance(0.3))
          village.end(one, keeping || random.chance(0.7));
        break;
      case 2:
        // A reload, in a browser that keeps something or not.
        if (!village.people.has(one)) break;
        village.end(one, keeping || random.chance(0.7));
        if (!keeping && random.chance(0.5)) village.storages.delete(one);
        village.enter(one);
        break;
      case 3:
      case 4:
        if (one !== other && village.people.has(one) && village.people.has(other)) village.connect(one, other);
        break;
      case 5:
        village.cut(one, other);
        break;
      case 6:
        vi.advanceTimersByTime(random.below(4_000));
        break;
      case 7:
      case 8: {
        written += 1;
        const to = random.chance(0.3) && one !== other ? other : null;
        const text = to === null ? `#${written}` : `#${written} private ${one} ${to}`;
        seen.set(text, village.people.get(one)?.texts ?? []);
        village.people.get(one)?.chat.send(text, to === null ? null : { id: to, name: nameOf(to) });
        break;
      }
      default:
        for (let arriving = random.below(8); arriving > 0; arriving -= 1) village.step();
    }
  }
  return seen;
}

function isPublic({ other }: ChatEntry): boolean {
  return other === null;
}

function between(entries: readonly ChatEntry[], other: string): readonly string[] {
  return entries.filter((entry) => entry.other?.id === other).map(({ text }) => text);
}

/** No message twice, each behind what its author had read, and nobody's that is not meant for it. */
function checkEach(village: Village, seed: number, seen: ReadonlyMap<string, readonly string[]>): void {
  for (const { id, entries, texts } of village.people.values()) {
    expect(texts, `seed ${seed}: doubled at ${id}`).toEqual([...new Set(texts)]);
    for (const [at, text] of texts.entries()) {
      const later = texts.slice(at);
      expect(
        seen.get(text)?.filter((earlier) => later.includes(earlier)),
        `seed ${seed}: before ${text}`,
      ).toEqual([]);
    }
    for (const { text, other } of entries) {
      if (other === null) expect(text).not.toContain("private");
      else expect(text.split(" ").slice(2), `seed ${seed}: overheard by ${id}`).toContain(id);
    }
  }
}

function check(village: Village, seed: number, seen: ReadonlyMap<string, readonly string[]>): void {
  const before = [...village.people.values()].map(({ entries }) => entries);
  village.refusing = 0;
  village.settle();
  checkEach(village, seed, seen);
  const people = [...village.people.values()];
  const [first] = people;
  for (const { id, entries } of people) {
    expect(
      entries.filter(isPublic).map(({ text }) => text),
      `seed ${seed}: ${id} and ${first?.id ?? ""}`,
    ).toEqual(first?.entries.filter(isPublic).map(({ text }) => text));
    for (const other of people) {
      if (other.id === id) continue;
      expect(between(entries, other.id), `seed ${seed}: ${id} with ${other.id}`).toEqual(between(other.entries, id));
    }
  }
  // Whatever anybody here had, everybody has.
  const known = new Set(before.flatMap((entries) => entries.filter(isPublic).map(({ text }) => text)));
  expect(new Set(first?.entries.filter(isPublic).map(({ text }) => text)), `seed ${seed}: lost`).toEqual(known);
  for (const [at, { id, entries }] of people.entries()) {
    const kept = new Set(entries.map(({ text }) => text));
    for (const { text } of before[at] ?? []) expect(kept.has(text), `seed ${seed}: ${id} lost ${text}`).toBe(true);
  }
}

test("all that are connected end with the same messages in the same order, none lost and none doubled", () => {
  let messages = 0;
  for (let seed = 1; seed <= 100; seed += 1) {
    const village = new Village(new Random(seed));
    village.refusing = seed % 3 === 0 ? 0.3 : 0;
    for (const id of houses.slice(0, 3)) village.enter(id);
    check(village, seed, live(village, 160));
    messages += [...village.people.values()][0]?.entries.length ?? 0;
  }
  // It was not silence that they agreed on.
  expect(messages).toBeGreaterThan(500);
});

test("logs that are full come to rest, and hold everywhere what each has said last", () => {
  // Five people, each a source of what it says and of what it passes on.
  const share = Math.floor(small.all.messages / (2 * houses.length));
  let full = 0;
  let compared = 0;
  for (let seed = 1_001; seed <= 1_024; seed += 1) {
    const keeping = seed % 2 === 0;
    const village = new Village(new Random(seed), { limits: small });
    village.refusing = seed % 3 === 0 ? 0.3 : 0;
    for (const id of houses.slice(0, 3)) village.enter(id);
    const seen = live(village, 300, keeping);
    village.refusing = 0;
    village.settle();
    checkEach(village, seed, seen);
    village.arrived.clear();
    village.pass(60_000);
    expect([...village.arrived], `seed ${seed}: not at rest`).toEqual([]);
    const people = [...village.people.values()];
    for (const { id, entries } of people) {
      const open = entries.filter(isPublic);
      expect(open.length).toBeLessThanOrEqual(small.all.messages);
      if (open.length === small.all.messages) full += 1;
      // A page that has lost its memory does not know what it has said, nor after what.
      if (!keeping) continue;
      const last = open.filter(({ author }) => author === id).slice(-share);
      compared += last.length;
      for (const { texts, id: other } of people) {
        expect(texts, `seed ${seed}: what ${id} said, at ${other}`).toEqual(
          expect.arrayContaining(last.map(({ text }) => text)),
        );
      }
    }
  }
  expect(full).toBeGreaterThan(24);
  expect(compared).toBeGreaterThan(36);
});

test("who cannot reach an author reads it through somebody who can", () => {
  const village = new Village(new Random(5));
  for (const id of ["ada", "bob", "cleo"]) village.enter(id);
  village.connect("ada", "bob");
  village.connect("bob", "cleo");
  village.pass(5_000);
  village.person("ada").chat.send("Can anybody hear me?", null);
  village.pass(5_000);
  const [entry] = village.person("cleo").entries;
  expect(entry).toMatchObject({ text: "Can anybody hear me?", author: "ada", vouched: false });
  village.connect("ada", "cleo");
  village.pass(5_000);
  expect(village.person("cleo").entries).toMatchObject([{ text: "Can anybody hear me?", vouched: true }]);
});

test("nothing is said any more once all have the same", () => {
  const village = new Village(new Random(6));
  for (const id of houses) village.enter(id);
  village.settle(10_000);
  village.person("ada").chat.send("Hello", null);
  village.settle(30_000);
  vi.advanceTimersByTime(600_000);
  expect(village.step()).toBe(false);
});
