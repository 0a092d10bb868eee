import { expect, test } from "vitest";
import { ActiveSpeaker } from "./active-speaker.js";

/** People who speak at times (seconds), and who is shown, looked at as often as a call tells and when asked to come back. */
class Talk {
  readonly speaker = new ActiveSpeaker();
  readonly shown: string[] = [];
  #now = 0;
  #next = 0;

  constructor(readonly people: readonly string[]) {
    this.speak(1);
  }

  /** From now on these speak; until so many seconds have passed. */
  speak(seconds: number, ...names: readonly string[]): void {
    const end = this.#now + seconds * 1_000;
    const voices = this.people.map((id) => ({ id, speaking: names.includes(id) }));
    for (; this.#now <= end; this.#now = this.#next) {
      this.speaker.handle(voices, this.#now);
      const { current, nextTimeout } = this.speaker;
      if (current !== null && this.shown.at(-1) !== current) this.shown.push(current);
      this.#next = Math.max(this.#now + 1, Math.min(nextTimeout ?? Infinity, end + 1));
    }
  }
}

test("before anybody has spoken, the first to come is shown", () => {
  const talk = new Talk(["ada", "grace"]);
  talk.speak(10);
  expect(talk.shown).toEqual(["ada"]);
});

test("whoever speaks for a while is shown", () => {
  const talk = new Talk(["ada", "grace"]);
  talk.speak(1.4, "grace");
  expect(talk.shown).toEqual(["ada"]);
  talk.speak(0.2, "grace");
  expect(talk.shown).toEqual(["ada", "grace"]);
});

test("a cough, or an mm, changes nothing, however many there are", () => {
  const talk = new Talk(["ada", "grace", "edsger"]);
  talk.speak(4, "ada");
  for (let cough = 0; cough < 10; cough++) {
    // As told: a short sound and the hold after it.
    talk.speak(1.3, "ada", "grace");
    talk.speak(1, "ada");
    talk.speak(1.3, "edsger");
    talk.speak(0.5);
  }
  expect(talk.shown).toEqual(["ada"]);
});

test("who has finished stays until somebody else speaks", () => {
  const talk = new Talk(["ada", "grace"]);
  talk.speak(3, "grace");
  talk.speak(60);
  expect(talk.speaker.current).toBe("grace");
});

test("who interrupts has to insist, longer than after a pause", () => {
  const talk = new Talk(["ada", "grace"]);
  talk.speak(5, "ada");
  talk.speak(2.4, "ada", "grace");
  expect(talk.shown).toEqual(["ada"]);
  talk.speak(0.2, "ada", "grace");
  expect(talk.shown).toEqual(["ada", "grace"]);
});

test("two who never stop do not change places for ever", () => {
  const talk = new Talk(["ada", "grace"]);
  talk.speak(5, "ada");
  talk.speak(120, "ada", "grace");
  expect(talk.shown).toEqual(["ada", "grace"]);
});

test("in a noisy room the next one still gets the place, and then the one after", () => {
  const talk = new Talk(["noise", "ada", "grace"]);
  talk.speak(5, "noise");
  talk.speak(5, "noise", "ada");
  talk.speak(0.3, "noise");
  talk.speak(5, "noise", "grace");
  expect(talk.shown).toEqual(["noise", "ada", "noise", "grace"]);
});

test("of several, the one who began first is shown", () => {
  const talk = new Talk(["ada", "grace", "edsger"]);
  talk.speak(0.3, "edsger");
  talk.speak(3, "edsger", "grace");
  expect(talk.shown).toEqual(["ada", "edsger"]);
});

test("who speaks already when the first is to be shown, is shown at once", () => {
  const speaker = new ActiveSpeaker();
  speaker.handle(
    ["ada", "grace"].map((id) => ({ id, speaking: id === "grace" })),
    0,
  );
  expect(speaker.current).toBe("grace");
});

test("when the one who is shown leaves, another takes the place at once", () => {
  const speaker = new ActiveSpeaker();
  speaker.handle([{ id: "ada", speaking: true }], 0);
  expect(
    speaker.handle(
      [
        { id: "grace", speaking: false },
        { id: "edsger", speaking: true },
      ],
      10,
    ),
  ).toBe(true);
  expect(speaker.current).toBe("edsger");
  expect(speaker.handle([], 20)).toBe(true);
  expect(speaker.current).toBeNull();
  expect(speaker.nextTimeout).toBeNull();
});
