import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Random } from "../../rtc/testing/random.js";
import type { LogLimits } from "./sources.js";
import type { Scope } from "./reconciliation.js";
import { Stranger } from "./testing/stranger.js";
import { Village } from "./testing/village.js";

// Long stories, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A log that a thousand messages overflow several times. */
const limits: Readonly<Record<Scope, LogLimits>> = {
  all: { messages: 80, length: 100_000 },
  one: { messages: 1_000, length: 500_000 },
};
/** Ada, Bob, Cleo and Mallory, each a source of what it says and of what it passes on. */
const share = limits.all.messages / 8;
const end = 2 ** 53 - 1;
const honest = ["ada", "bob", "cleo"] as const;

type Attack = (mallory: Stranger) => void;

/** What is asked for is answered with a thousand messages, as far on as they can be. */
function claims(author: (count: number) => string | undefined, fields: object = {}): Attack {
  return (mallory) => {
    mallory.say("chat-sum", { all: "1000.evil", one: "0.0" });
    const ask = mallory.last("chat-have")?.["ask"];
    expect(ask, "Nobody asked.").toBeDefined();
    const messages = Array.from({ length: 1_000 }, (_, count) => {
      const message = { series: "zzzzzzzz", number: count + 1, lamport: end, text: `junk ${count}`, age: 0 };
      return { ...message, author: author(count), name: "Somebody", ...fields };
    });
    for (let at = 0; at < 1_000; at += 250) {
      mallory.say("chat-log", { ask, messages: messages.slice(at, at + 250), end: at === 750 });
    }
  };
}

const inventedAuthors: Attack = claims((count) => `zz-${count}`);

const attacks: readonly (readonly [string, Attack])[] = [
  ["a thousand messages of invented authors", inventedAuthors],
  ["a thousand messages that are said to come from their authors", claims((count) => `zz-${count}`, { heard: true })],
  ["a thousand messages of somebody who is here", claims(() => "bob")],
  ["a thousand messages of its own", claims(() => undefined)],
];

class Siege {
  readonly village: Village;
  #strangers = new Map<string, Stranger>();

  constructor() {
    this.village = new Village(new Random(1), { limits });
    for (const id of honest) this.village.enter(id);
    this.village.settle(2_000);
    for (const id of honest) this.meet(id);
  }

  meet(id: string): Stranger {
    const stranger = new Stranger(this.village.person(id));
    this.#strangers.set(id, stranger);
    return stranger;
  }

  /** One after the other, as quickly as a page takes it. */
  write(author: string, name: string, count: number): readonly string[] {
    return Array.from({ length: count }, (_, at) => {
      const text = `${name} ${at} of ${author}`;
      expect(this.village.person(author).chat.send(text, null)).toBe("sent");
      this.village.pass(1_000);
      return text;
    });
  }

  attackAll(attack: Attack): void {
    for (const stranger of this.#strangers.values()) attack(stranger);
    this.village.pass(5_000);
  }

  expectEverywhere(texts: readonly string[], when: string): void {
    for (const { id, texts: found } of this.village.people.values()) {
      expect(
        texts.filter((text) => !found.includes(text)),
        `lost at ${id}, ${when}`,
      ).toEqual([]);
    }
  }

  reload(id: string): void {
    this.village.end(id, true);
    this.village.enter(id);
    this.meet(id);
  }
}

describe.each(attacks)("%s", (_, attack) => {
  test("push nothing out of a log with room, and keep nothing out that is written afterwards", () => {
    const siege = new Siege();
    const before = [...siege.write("ada", "before", 8), ...siege.write("bob", "before", 8)];
    siege.attackAll(attack);
    siege.expectEverywhere(before, "after the attack");
    const after = honest.flatMap((id) => siege.write(id, "after", 8));
    siege.attackAll(attack);
    siege.expectEverywhere([...before, ...after], "afterwards");
    // Somebody who comes now, whom Mallory tells first what it has told the others.
    siege.village.enter("dan");
    attack(siege.meet("dan"));
    siege.village.settle(60_000);
    siege.expectEverywhere([...before, ...after, ...siege.write("ada", "to Dan", 5)], "with a newcomer");
    for (const id of honest) siege.reload(id);
    siege.village.settle(60_000);
    siege.expectEverywhere([...before, ...after], "after reloads");
  });

  test("take a share of a full log, and not the last that others have written", () => {
    const siege = new Siege();
    for (let round = 0; round < 5; round += 1) {
      for (const id of ["ada", "bob"]) siege.write(id, `before ${round}`, 10);
    }
    const last = ["ada", "bob"].flatMap((id) =>
      siege.village
        .person(id)
        .entries.filter(({ author }) => author === id)
        .slice(-share)
        .map(({ text }) => text),
    );
    expect(last).toHaveLength(2 * share);
    siege.attackAll(attack);
    siege.expectEverywhere(last, "after the attack");
    const after = honest.flatMap((id) => siege.write(id, "after", share - 1));
    siege.expectEverywhere(after, "afterwards");
    siege.village.settle(60_000);
    siege.village.arrived.clear();
    siege.village.pass(60_000);
    expect([...siege.village.arrived]).toEqual([]);
  });
});

test("messages said as often as it is allowed, as far on as they can be, take a share only", () => {
  const siege = new Siege();
  const before = siege.write("ada", "before", 4);
  const strangers = honest.map((id) => siege.meet(id));
  for (let number = 1; number <= 200; number += 1) {
    for (const mallory of strangers) {
      mallory.say("chat", { series: "zzzzzzzz", number, lamport: end, text: `junk ${number}` });
    }
    vi.advanceTimersByTime(500);
    while (siege.village.step());
  }
  siege.expectEverywhere([...before, ...honest.flatMap((id) => siege.write(id, "after", share - 4))], "afterwards");
  expect(siege.village.person("ada").texts.filter((text) => text.startsWith("junk")).length).toBeGreaterThan(share);
});

test("what was invented is all that goes from a newcomer's log, not what those have said who left", () => {
  const siege = new Siege();
  siege.village.enter("eve");
  siege.village.settle(2_000);
  const parting = siege.write("eve", "parting", 12);
  siege.village.end("eve", true);
  siege.attackAll(inventedAuthors);
  siege.expectEverywhere(parting, "after the attack");
  siege.village.enter("dan");
  siege.village.settle(60_000);
  const after = honest.flatMap((id) => siege.write(id, "after", 12));
  siege.expectEverywhere([...parting, ...after], "afterwards");
});

test("who is alone finds after a reload what was said, not only what was invented", () => {
  const siege = new Siege();
  const said = honest.flatMap((id) => siege.write(id, "said", 10));
  siege.attackAll(inventedAuthors);
  for (const id of honest) siege.village.end(id, true);
  siege.village.enter("ada");
  siege.expectEverywhere(said, "after the reload");
});

test("a message from the far future does not take the order from those that follow", () => {
  const siege = new Siege();
  siege.attackAll(inventedAuthors);
  const said: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (const id of honest) said.push(...siege.write(id, `round ${round}`, 1));
    // A page that has lost its series and its clock with the load before goes on behind what it has written.
    siege.reload("cleo");
    siege.village.settle(10_000);
  }
  for (const { texts } of siege.village.people.values()) {
    expect(texts.filter((text) => text.startsWith("round"))).toEqual(said);
  }
});
