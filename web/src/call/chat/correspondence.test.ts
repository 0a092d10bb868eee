import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Random } from "../../rtc/testing/random.js";
import { FakeStorage } from "../testing/fake-devices.js";
import { longestText } from "./state.js";
import { Stranger } from "./testing/stranger.js";
import { Village, Villager } from "./testing/village.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

function villageOf(...ids: readonly string[]): Village {
  const village = new Village(new Random(1));
  for (const id of ids) village.enter(id);
  village.settle(2_000);
  return village;
}

const message = { series: "aaaaaaaa", number: 1, lamport: 1, text: "Hello" };

describe("a chat", () => {
  test("brings a message to everybody, with its author's name and the time at which it came", () => {
    const village = villageOf("ada", "bob");
    expect(village.person("ada").chat.send("  Hello,\r\nBob!\u0007 ", null)).toBe("sent");
    vi.advanceTimersByTime(40);
    village.pass(0);
    expect(village.person("bob").entries).toMatchObject([
      {
        text: "Hello,\nBob!",
        name: "Name of ada",
        author: "ada",
        mine: false,
        other: null,
        vouched: true,
        at: Date.now(),
      },
    ]);
    expect(village.person("ada").entries).toMatchObject([{ mine: true, vouched: true }]);
  });

  test("brings a private message to one, and tells nobody else that there is one", () => {
    const village = villageOf("ada", "bob", "cleo");
    const before = village.person("cleo").chat.state;
    village.person("ada").chat.send("Psst", { id: "bob", name: "Name of bob" });
    village.pass(60_000);
    expect(village.person("bob").entries).toMatchObject([{ text: "Psst", other: { id: "ada", name: "Name of ada" } }]);
    expect(village.person("ada").entries).toMatchObject([{ text: "Psst", other: { id: "bob", name: "Name of bob" } }]);
    expect(village.person("cleo").chat.state).toBe(before);
  });

  test("keeps what was written while nobody was there for those who come", () => {
    const village = villageOf("ada");
    village.person("ada").chat.send("Anybody here?", null);
    vi.advanceTimersByTime(60_000);
    village.enter("bob");
    village.settle(5_000);
    const [entry] = village.person("bob").entries;
    expect(entry).toMatchObject({ text: "Anybody here?", name: "Name of ada", vouched: true });
    // By the age that was told, whatever Ada's clock says.
    expect(Date.now() - (entry?.at ?? 0)).toBeGreaterThan(59_000);
    expect(Date.now() - (entry?.at ?? 0)).toBeLessThan(70_000);
  });

  test("keeps what somebody wrote who has left, with the name, and says that it comes from others", () => {
    const village = villageOf("ada", "bob");
    village.person("ada").chat.send("Bye", null);
    village.pass(2_000);
    village.end("ada", true);
    village.enter("cleo");
    village.settle(5_000);
    expect(village.person("cleo").entries).toMatchObject([{ text: "Bye", name: "Name of ada", vouched: false }]);
    expect(village.person("bob").entries).toMatchObject([{ text: "Bye", name: "Name of ada", vouched: true }]);
  });

  test("asks those who are there for their own words", () => {
    const village = villageOf("ada", "bob");
    village.person("ada").chat.send("My words", null);
    village.pass(2_000);
    village.enter("cleo");
    village.connect("bob", "cleo");
    village.pass(5_000);
    expect(village.person("cleo").entries).toMatchObject([{ vouched: false }]);
    village.connect("ada", "cleo");
    village.pass(5_000);
    expect(village.person("cleo").entries).toMatchObject([{ text: "My words", vouched: true }]);
  });

  test("comes back after a reload: from the tab's storage if nobody else is there, and with what was read", () => {
    const village = villageOf("ada", "bob");
    village.person("bob").chat.send("One", null);
    village.pass(1_000);
    village.person("ada").chat.send("Two", { id: "bob", name: "Name of bob" });
    village.pass(2_000);
    expect(village.person("ada").chat.state.unread).toBe(1);
    village.person("ada").chat.attended = true;
    village.end("bob", true);
    village.end("ada", true);
    const { chat } = village.enter("ada");
    expect(chat.state.entries).toMatchObject([
      { text: "One", mine: false, name: "Name of bob" },
      { text: "Two", mine: true, other: { id: "bob", name: "Name of bob" } },
    ]);
    expect(chat.state.unread).toBe(0);
  });

  test("is not read by the copy of the tab, which has another seat", () => {
    const village = villageOf("ada");
    village.person("ada").chat.send("Mine", null);
    village.person("ada").chat.rest();
    const copy = new FakeStorage(village.storages.get("ada")?.values);
    const twin = new Villager("twin", 9, { storage: copy });
    expect(twin.entries).toEqual([]);
    expect([...copy.values.values()].join()).not.toContain("Mine");
    // What is written is bounded, and what is read is checked.
    copy.setItem(
      "parley.chat https://meet.test room",
      '{"self":"twin","kept":[{"entry":{"text":5}},null,{"other":3}]}',
    );
    expect(new Villager("twin", 10, { storage: copy }).entries).toEqual([]);
  });

  test("writes no more into the tab's storage than is good for it", () => {
    const storage = new FakeStorage();
    const { chat } = new Villager("ada", 1, { storage });
    for (let number = 0; number < 200; number += 1) {
      chat.send(`${number} ${"x".repeat(3_900)}`, null);
      vi.advanceTimersByTime(1_100);
    }
    chat.rest();
    const [stored = ""] = [...storage.values.values()];
    expect(stored.length).toBeLessThanOrEqual(201_000);
    expect(new Villager("ada", 2, { storage }).texts.at(-1)).toMatch(/^199 /);
  });

  test("forgets what the tab has kept when the call is left", () => {
    const storage = new FakeStorage();
    const { chat } = new Villager("ada", 1, { storage });
    chat.send("Secret", null);
    chat.close();
    expect([...storage.values.values()].join()).toContain("Secret");
    chat.forget();
    expect(storage.values.size).toBe(0);
  });

  test("is sent to one who cannot be reached as soon as it can", () => {
    const village = villageOf("ada", "bob");
    village.cut("ada", "bob");
    village.person("ada").chat.send("Are you back?", { id: "bob", name: "Name of bob" });
    village.settle(5_000);
    expect(village.person("bob").texts).toEqual(["Are you back?"]);
  });

  test("is made good where a channel took nothing for a while", () => {
    const village = new Village(new Random(2));
    village.refusing = 1;
    for (const id of ["ada", "bob"]) village.enter(id);
    village.person("ada").chat.send("Lost?", null);
    village.settle(3_000);
    expect(village.person("bob").texts).toEqual([]);
    village.refusing = 0;
    village.pass(5_000);
    expect(village.person("bob").texts).toEqual(["Lost?"]);
  });

  test("is made good where the first word between two pages got lost", () => {
    const village = villageOf("ada");
    village.person("ada").chat.send("Hello", null);
    village.pass(10_000);
    village.enter("bob");
    village.refusing = 1;
    village.settle(3_000);
    expect(village.person("bob").texts).toEqual([]);
    village.refusing = 0;
    village.pass(5_000);
    expect(village.person("bob").texts).toEqual(["Hello"]);
  });

  test("of the longest messages in the longest characters fits into messages that a channel takes", () => {
    const village = villageOf("ada");
    // A lone surrogate is six characters in JSON. The village throws at a message that is too long.
    for (let number = 0; number < 40; number += 1) {
      village.person("ada").chat.send(`${number}${"\ud800".repeat(longestText - 2)}`, null);
      vi.advanceTimersByTime(1_100);
    }
    village.enter("bob");
    village.settle(5_000);
    expect(village.person("bob").texts).toHaveLength(40);
  });

  test("counts what was not seen, and not what one wrote oneself", () => {
    const village = villageOf("ada", "bob");
    const { chat } = village.person("bob");
    village.person("ada").chat.send("1", null);
    chat.send("mine", null);
    village.person("ada").chat.send("2", { id: "bob", name: "" });
    village.pass(2_000);
    expect(chat.state.unread).toBe(2);
    chat.attended = true;
    expect(chat.state.unread).toBe(0);
    village.person("ada").chat.send("3", null);
    village.pass(2_000);
    expect(chat.state.unread).toBe(0);
    chat.attended = false;
    village.person("ada").chat.send("4", null);
    village.pass(2_000);
    expect(chat.state.unread).toBe(1);
  });

  test("makes news of what is written while one is there, once, and not of the past", () => {
    const village = villageOf("ada");
    village.person("ada").chat.send("Long ago", null);
    vi.advanceTimersByTime(60_000);
    const bob = village.enter("bob");
    village.settle(5_000);
    village.person("ada").chat.send("Now", null);
    bob.chat.send("Mine", null);
    village.pass(30_000);
    expect(bob.texts).toHaveLength(3);
    expect(bob.news).toEqual(["Now"]);
  });

  test("refuses what is empty, too long, or too much at once", () => {
    const { chat } = new Villager("ada", 1);
    expect(chat.send(" \n\t ", null)).toBe("empty");
    expect(chat.send("x".repeat(longestText + 1), null)).toBe("too-long");
    expect(Array.from({ length: 11 }, () => chat.send("x", null)).at(-1)).toBe("too-fast");
    vi.advanceTimersByTime(1_000);
    expect(chat.send("x", null)).toBe("sent");
  });
});

describe("what a stranger says", () => {
  test("counts only if it keeps the rules", () => {
    const ada = new Villager("ada", 1);
    const mallory = new Stranger(ada);
    for (const wrong of [
      {},
      { text: "" },
      { text: "  " },
      { text: 5 },
      { text: "bell\u0007" },
      { text: "x".repeat(longestText + 1) },
      { series: "short" },
      { series: "aaaa aaa" },
      { number: 0 },
      { number: 1.5 },
      { number: 1e9 },
      { lamport: 0 },
      { lamport: 2 ** 53 },
      { lamport: "1" },
      { lamport: null },
    ]) {
      mallory.say("chat", Object.keys(wrong).length === 0 ? {} : { ...message, ...wrong });
    }
    expect(ada.entries).toEqual([]);
    mallory.say("chat", message);
    expect(ada.texts).toEqual(["Hello"]);
  });

  test("is its own word, whomever it names", () => {
    const ada = new Villager("ada", 1);
    const mallory = new Stranger(ada);
    mallory.say("chat", { ...message, author: "bob", name: "Bob" });
    expect(ada.entries).toMatchObject([{ author: "mallory", name: "Mallory" }]);
  });

  test("counts once, however often and however differently it is said", () => {
    const ada = new Villager("ada", 1);
    const mallory = new Stranger(ada);
    for (const text of ["Hello", "Hello", "Good bye"]) mallory.say("chat", { ...message, text });
    expect(ada.texts).toEqual(["Hello"]);
  });

  test("is not heard when nobody asked for it", () => {
    const ada = new Villager("ada", 1);
    const mallory = new Stranger(ada);
    const claim = { ...message, author: "bob", name: "Bob", age: 5 };
    mallory.say("chat-log", { ask: 0, messages: [claim], end: true });
    mallory.say("chat-log", { ask: 1, messages: [claim], end: true });
    expect(ada.entries).toEqual([]);
    mallory.say("chat-sum", { all: "1.x", one: "0.0" });
    expect(mallory.last("chat-have")).toMatchObject({ ask: 1 });
    mallory.say("chat-log", { ask: 2, messages: [claim], end: true });
    expect(ada.entries).toEqual([]);
    mallory.say("chat-log", { ask: 1, messages: [claim], end: true });
    expect(ada.entries).toMatchObject([{ author: "bob", name: "Bob", vouched: false }]);
    // That was the end of the answer.
    mallory.say("chat-log", { ask: 1, messages: [{ ...claim, number: 2 }], end: true });
    expect(ada.entries).toHaveLength(1);
  });

  test("of somebody who is there gives way to what that one says", () => {
    const village = villageOf("ada", "bob");
    village.person("bob").chat.send("I agree", null);
    village.pass(100);
    const [said] = village.person("ada").entries;
    const [author = "", series = "", number = ""] = said?.id.split(" ") ?? [];
    const cleo = village.enter("cleo");
    const mallory = new Stranger(cleo);
    mallory.say("chat-sum", { all: "1.x", one: "0.0" });
    mallory.say("chat-log", {
      ask: 1,
      messages: [{ author, series, number: Number(number), lamport: 7, text: "I object", name: "Bob", age: 0 }],
      end: true,
    });
    expect(cleo.entries).toMatchObject([{ text: "I object", vouched: false }]);
    village.settle(5_000);
    expect(cleo.entries).toMatchObject([{ text: "I agree", vouched: true, name: "Name of bob" }]);
  });

  test("of a third one in private is nobody's word", () => {
    const ada = new Villager("ada", 1);
    const mallory = new Stranger(ada);
    mallory.say("chat-sum", { all: "0.0", one: "2.x" });
    const claim = { ...message, private: true, age: 0 };
    mallory.say("chat-log", {
      ask: 1,
      messages: [
        { ...claim, author: "bob" },
        { ...claim, author: "ada", number: 2 },
      ],
      end: true,
    });
    // What oneself is said to have said may be so: this page may have forgotten. It is marked.
    expect(ada.entries).toMatchObject([{ author: "ada", mine: true, vouched: false, other: { id: "mallory" } }]);
  });

  test("of when something was written is believed as far as it is past", () => {
    const ada = new Villager("ada", 1);
    const mallory = new Stranger(ada);
    mallory.say("chat-sum", { all: "3.x", one: "0.0" });
    const ages = [-5_000, 1e18, "x"];
    mallory.say("chat-log", {
      ask: 1,
      messages: ages.map((age, at) => ({ ...message, number: at + 1, age })),
      end: true,
    });
    expect(ada.entries.map(({ at }) => Date.now() - at)).toEqual([0, 7 * 24 * 3_600_000, 0]);
  });

  test("is dropped when it is too much at once, and made good later where it is honest", () => {
    const ada = new Villager("ada", 1);
    const mallory = new Stranger(ada);
    for (let number = 1; number <= 60; number += 1) mallory.say("chat", { ...message, number, lamport: number });
    expect(ada.entries).toHaveLength(20);
    mallory.say("chat-sum", { all: "60.x", one: "0.0" });
    const have = mallory.posted.find(({ type }) => type === "chat-have");
    expect(have).toMatchObject({ all: { have: ["mallory aaaaaaaa 1-20"] } });
  });

  test("fills no more than the log holds, and the newest stay", () => {
    const ada = new Villager("ada", 1, {
      limits: { all: { messages: 10, length: 100_000 }, one: { messages: 3, length: 100_000 } },
    });
    const mallory = new Stranger(ada);
    for (let number = 1; number <= 30; number += 1) {
      vi.advanceTimersByTime(1_000);
      mallory.say("chat", { ...message, number, lamport: number, text: `public ${number}` });
      vi.advanceTimersByTime(1_000);
      mallory.say("chat", { ...message, number, lamport: number, text: `private ${number}`, private: true });
    }
    expect(ada.texts.filter((text) => text.startsWith("public"))).toHaveLength(10);
    expect(ada.texts.filter((text) => text.startsWith("private"))).toHaveLength(3);
    expect(ada.texts.at(-1)).toMatch(/ 30$/);
    expect(ada.chat.state.unread).toBe(13);
  });

  test("under ever new names pushes out the oldest private conversations only", () => {
    const ada = new Villager("ada", 1);
    ada.chat.send("Public", null);
    for (let count = 0; count < 50; count += 1)
      new Stranger(ada, `m${count}`).say("chat", { ...message, private: true });
    expect(ada.entries).toHaveLength(33);
  });

  test("that makes no sense is not answered, and hurts nobody", () => {
    const ada = new Villager("ada", 1);
    ada.chat.send("Hello", null);
    const mallory = new Stranger(ada);
    const before = mallory.posted.length;
    for (const type of ["chat", "chat-sum", "chat-have", "chat-log"]) {
      for (const value of [
        null,
        5,
        "x",
        [],
        {},
        [null],
        { have: 5 },
        { have: [null, "x", "a b 1-"], after: { lamport: {} } },
      ]) {
        mallory.say(type, { ask: value, all: value, one: value, messages: value, end: value });
      }
    }
    mallory.say("chat-have", {
      ask: 1,
      all: { have: Array.from({ length: 5_000 }, () => "ada aaaaaaaa 1") },
      one: null,
    });
    const answers = mallory.posted.slice(before).filter(({ type }) => type === "chat-log");
    const answered = answers.flatMap(({ messages }) => messages as unknown[]);
    expect(answered).toEqual([]);
    expect(ada.texts).toEqual(["Hello"]);
  });

  test("is asked again now and then while it promises what it does not give, and not more often", () => {
    const ada = new Villager("ada", 1);
    const mallory = new Stranger(ada);
    mallory.say("chat-sum", { all: "9.x", one: "0.0" });
    vi.advanceTimersByTime(200_000);
    const asked = mallory.posted.filter(({ type }) => type === "chat-have").length;
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(12);
  });

  test("cannot make others send the whole log again and again", () => {
    const ada = new Villager("ada", 1);
    ada.chat.send("Hello", null);
    const mallory = new Stranger(ada);
    for (let ask = 1; ask <= 100; ask += 1) mallory.say("chat-have", { ask, all: null, one: null });
    expect(mallory.posted.filter(({ type }) => type === "chat-log").length).toBe(12);
  });
});
