import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeMediaStream, FakeTrack, streamOf } from "../../rtc/testing/fake-media.js";
import { MutedEar, MutedTalk } from "./muted-talk.js";
import { SilentMicrophone } from "./silent-microphone.js";

const reading = 120;

/** Tells a level for some time (milliseconds), at the usual rhythm; answers when it became true first. */
function hear(talk: MutedTalk, clock: { now: number }, level: number, time: number): boolean {
  let began = false;
  for (let passed = 0; passed < time; passed += reading) {
    clock.now += reading;
    began = (talk.handleLevel(level, clock.now) && talk.talking) || began;
  }
  return began;
}

describe("talking while muted", () => {
  test("is told once somebody has talked for some seconds", () => {
    const [talk, clock] = [new MutedTalk(), { now: 0 }];
    expect(hear(talk, clock, 0.1, 2_000)).toBe(false);
    expect(hear(talk, clock, 0.1, 2_000)).toBe(true);
  });

  test("is not told of a cough, of two, or of a door", () => {
    const [talk, clock] = [new MutedTalk(), { now: 0 }];
    for (let times = 0; times < 20; times += 1) {
      expect(hear(talk, clock, 0.4, 480)).toBe(false);
      expect(hear(talk, clock, 0.001, 400)).toBe(false);
      expect(hear(talk, clock, 0.4, 360)).toBe(false);
      expect(hear(talk, clock, 0.001, 3_000)).toBe(false);
    }
  });

  test("is told of words with pauses between them", () => {
    const [talk, clock] = [new MutedTalk(), { now: 0 }];
    const told = Array.from({ length: 8 }, () => [hear(talk, clock, 0.08, 360), hear(talk, clock, 0.002, 400)]);
    expect(told.flat()).toContain(true);
  });

  test("ends with the silence after it, and is told again at most once a minute", () => {
    const [talk, clock] = [new MutedTalk(), { now: 0 }];
    hear(talk, clock, 0.1, 5_000);
    hear(talk, clock, 0, 9_000);
    expect(talk.talking).toBe(true);
    hear(talk, clock, 0, 3_000);
    expect(talk.talking).toBe(false);
    expect(hear(talk, clock, 0.1, 20_000)).toBe(false);
    hear(talk, clock, 0, 5_000);
    clock.now += 60_000;
    expect(hear(talk, clock, 0.1, 5_000)).toBe(true);
  });

  test("ends when the microphone is turned on", () => {
    const [talk, clock] = [new MutedTalk(), { now: 0 }];
    hear(talk, clock, 0.1, 5_000);
    expect([talk.stop(), talk.talking, talk.stop()]).toEqual([true, false, false]);
  });
});

describe("the ear for a muted microphone", () => {
  beforeEach(() => void vi.stubGlobal("MediaStream", FakeMediaStream));
  afterEach(() => void vi.unstubAllGlobals());

  test("listens to a copy of its own, and lets it go", () => {
    const copy = new FakeTrack("audio");
    copy.enabled = false;
    const track = Object.assign(new FakeTrack("audio"), { clone: () => copy.asTrack() });
    track.enabled = false;
    const heard: MediaStream[] = [];
    const close = vi.fn();
    const ear = new MutedEar((stream) => {
      heard.push(stream);
      return { amplitude: () => 0.2, close };
    });
    ear.follow(streamOf(track));
    for (let now = 0; now < 5_000; now += reading) ear.listen(now);
    expect(ear.talking).toBe(true);
    expect(heard.map((stream) => stream.getTracks()[0])).toEqual([copy]);
    expect([track.enabled, copy.enabled]).toEqual([false, true]);
    ear.follow(null);
    expect(ear.listening).toBe(true);
    expect(ear.listen(6_000)).toBe(true);
    expect([copy.readyState, track.readyState]).toEqual(["ended", "live"]);
    expect([close.mock.calls.length, ear.listening, ear.talking]).toEqual([1, false, false]);
  });
});

describe("a silent microphone", () => {
  const listen = (it: SilentMicrophone, level: number | null, from: number, to: number): boolean => {
    for (let now = from; now <= to; now += reading) it.handleLevel(level, now);
    return it.silent;
  };

  test("is told when nothing ever comes of it, and no more once something does", () => {
    const it = new SilentMicrophone();
    expect(listen(it, 0, 0, 9_000)).toBe(false);
    expect(listen(it, 0, 9_000, 11_000)).toBe(true);
    expect(it.handleLevel(0.00001, 12_000)).toBe(true);
    expect(it.silent).toBe(false);
  });

  test("is given more time once it was heard, and all the time while nobody can tell", () => {
    const it = new SilentMicrophone();
    listen(it, 0.01, 0, 1_000);
    expect(listen(it, 0, 1_000, 35_000)).toBe(false);
    expect(listen(it, null, 35_000, 90_000)).toBe(false);
    expect(listen(it, 0, 90_000, 125_000)).toBe(false);
    expect(listen(it, 0, 125_000, 132_000)).toBe(true);
    expect([it.stop(), it.silent]).toEqual([true, false]);
  });

  test("is none where a room is quiet", () => {
    expect(listen(new SilentMicrophone(), 0.00005, 0, 300_000)).toBe(false);
  });
});
