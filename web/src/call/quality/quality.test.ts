import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import chromium from "../../rtc/testing/stats-chromium-156.json";
import type { SendLimits } from "../../rtc/index.js";
import { Exchange, type Port } from "../exchange/exchange.js";
import { FakeStorage } from "../testing/fake-devices.js";
import type { MicrophoneState } from "./digest.js";
import { type PairLink, Quality } from "./quality.js";
// Read before the clock stands still: a busy machine takes its time.
import "./watch.js";

/** A connection of which a test says what it counts. */
class FakeLink {
  path: PairLink["path"] = "connected";
  readonly limits: { camera?: SendLimits; screen?: SendLimits } = {};
  fingerprints: PairLink["fingerprints"] = { own: ["sha-256 aa"], other: ["sha-256 bb"] };
  readonly flows = {
    sent: { "0": "microphone", "1": "camera" },
    received: { "0": "microphone", "1": "camera" },
  } as const;
  /** What is lost of a hundred packets that are sent between two samples. */
  lost = 0;
  /** It goes through the own relay, in so many seconds there and back. */
  relayed: number | null = null;
  #asked = 0;
  #lost = 0;

  stats(): Promise<RTCStatsReport> {
    this.#asked += 1;
    this.#lost += this.lost;
    const report = new Map<string, unknown>(
      chromium.map((stats) => [
        stats.id,
        {
          ...stats,
          timestamp: stats.timestamp + this.#asked * 2_000,
          ...(stats.type === "outbound-rtp" ? { packetsSent: this.#asked * 100, bytesSent: this.#asked * 25_000 } : {}),
          ...(stats.type === "remote-inbound-rtp" ? { packetsLost: this.#lost } : {}),
          ...(this.relayed !== null && stats.type === "candidate-pair" ? { currentRoundTripTime: this.relayed } : {}),
          ...(this.relayed !== null && stats.type === "local-candidate"
            ? { candidateType: "relay", url: "turn:turn.example.org:3478" }
            : {}),
        },
      ]),
    );
    return Promise.resolve(report as unknown as RTCStatsReport);
  }

  limit(source: "camera" | "screen", limits: SendLimits): void {
    this.limits[source] = limits;
  }
}

class World {
  readonly exchange = new Exchange((error) => this.errors.push(error));
  readonly errors: unknown[] = [];
  readonly links = new Map<string, FakeLink>();
  readonly posted: { to: string; type: string; fields: Readonly<Record<string, unknown>> }[] = [];
  readonly storage = new FakeStorage();
  camera = true;
  screen = false;
  /** Those whose channel is full, or not ready: nothing can be said to them. */
  readonly deaf = new Set<string>();
  microphone: MicrophoneState = "on";
  readonly contents: string[] = [];
  quality = this.makeQuality();

  makeQuality(): Quality {
    return new Quality(
      this.exchange,
      {
        links: () => [...this.links].map(([id, link]) => ({ id, link })),
        sending: () => ({ camera: this.camera, screen: this.screen }),
        microphone: () => this.microphone,
        wantsCamera: () => this.camera,
        setCamera: (on) => (this.camera = on),
        setContent: (content) => this.contents.push(content),
      },
      this.storage,
      (error) => this.errors.push(error),
    );
  }

  async reach(id: string): Promise<FakeLink> {
    const link = new FakeLink();
    this.links.set(id, link);
    this.exchange.handleReady(this.#port(id));
    this.quality.handleChange();
    // What is loaded when it is needed comes in its own time.
    await this.quality.code(id);
    await this.pass(200);
    return link;
  }

  lose(id: string): void {
    this.links.delete(id);
    this.exchange.handleGone(id);
    this.quality.handleChange();
  }

  tell(from: string, type: string, fields: Readonly<Record<string, unknown>>): void {
    this.exchange.handleMessage({ v: 1, type, ...fields }, { id: from, incarnation: 1, name: from });
  }

  sent(type: string): Readonly<Record<string, unknown>>[] {
    return this.posted.filter((each) => each.type === type).map(({ to, fields }) => ({ to, ...fields }));
  }

  async pass(milliseconds: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }

  #port(id: string): Port {
    return {
      id,
      incarnation: 1,
      name: id,
      post: (type, fields = {}) => !this.deaf.has(id) && this.posted.push({ to: id, type, fields }) > 0,
      openChannel: () => null,
    };
  }
}

let world: World;

beforeEach(() => {
  vi.useFakeTimers();
  world = new World();
});
afterEach(() => {
  world.quality.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("how large a picture is shown", () => {
  test("is told to whose it is, once, and to who comes later", async () => {
    await world.reach("bob");
    const sizes = new Map([
      ["bob", { camera: 180, screen: 0 }],
      ["eve", { camera: 90, screen: 0 }],
    ]);
    world.quality.handleShown(sizes);
    world.quality.handleShown(new Map(sizes));
    expect(world.sent("quality-shown")).toEqual([{ to: "bob", camera: 180, screen: 0 }]);
    await world.reach("eve");
    expect(world.sent("quality-shown").at(-1)).toEqual({ to: "eve", camera: 90, screen: 0 });
    world.lose("bob");
    await world.reach("bob");
    expect(world.sent("quality-shown").at(-1)).toEqual({ to: "bob", camera: 180, screen: 0 });
  });

  test("is told until it was: a channel that takes nothing for a while makes nobody send too much for good", async () => {
    await world.reach("bob");
    await world.reach("eve");
    world.deaf.add("bob");
    world.quality.handleShown(
      new Map([
        ["bob", { camera: 180, screen: 0 }],
        ["eve", { camera: 90, screen: 0 }],
      ]),
    );
    await world.pass(10_000);
    expect(world.sent("quality-shown")).toEqual([{ to: "eve", camera: 90, screen: 0 }]);
    // What is due is how it is then, not how it was.
    world.quality.handleShown(new Map([["bob", { camera: 360, screen: 0 }]]));
    world.deaf.delete("bob");
    await world.pass(1_000);
    expect(world.sent("quality-shown").slice(1)).toEqual([{ to: "bob", camera: 360, screen: 0 }]);
    await world.pass(60_000);
    expect(world.sent("quality-shown")).toHaveLength(2);
  });

  test("is told at once to who comes back, and no longer due to who has gone", async () => {
    await world.reach("bob");
    world.deaf.add("bob");
    world.quality.handleShown(new Map([["bob", { camera: 180, screen: 0 }]]));
    world.lose("bob");
    await world.pass(2_000);
    expect(vi.getTimerCount()).toBe(0);
    world.deaf.delete("bob");
    await world.reach("bob");
    expect(world.sent("quality-shown")).toEqual([{ to: "bob", camera: 180, screen: 0 }]);
  });

  test("makes the other end send as much, and nothing where it is not shown", async () => {
    const link = await world.reach("bob");
    expect(link.limits.camera).toMatchObject({ lines: Infinity, maxBitrate: 1_200_000 });
    world.tell("bob", "quality-shown", { camera: 120, screen: 0 });
    await world.pass(200);
    expect(link.limits.camera).toMatchObject({ lines: 120, maxBitrate: 300_000 });
    expect(link.limits.screen).toMatchObject({ lines: 0 });
    world.tell("bob", "quality-shown", { camera: 0, screen: 0 });
    await world.pass(200);
    expect(link.limits.camera?.lines).toBe(0);
  });

  test("holds for the connection that takes the place of another one", async () => {
    await world.reach("bob");
    world.tell("bob", "quality-shown", { camera: 120, screen: 0 });
    await world.pass(200);
    const next = new FakeLink();
    world.links.set("bob", next);
    world.quality.handleChange();
    await world.pass(200);
    expect(next.limits.camera?.lines).toBe(120);
  });

  test.each([{}, { camera: "1" }, { camera: -1 }, { camera: 1.5 }, { camera: 1e9 }, { camera: NaN }, { screen: null }])(
    "is not believed where it is no number of lines: %j",
    async (fields) => {
      const link = await world.reach("bob");
      world.tell("bob", "quality-shown", {
        camera: 100,
        screen: 100,
        ...(Object.keys(fields).length ? fields : { screen: [] }),
      });
      await world.pass(5_000);
      expect(link.limits.camera?.lines).toBe(Infinity);
    },
  );

  test("changes as often as somebody likes, and is followed now and then", async () => {
    const link = await world.reach("bob");
    const limit = vi.spyOn(link, "limit");
    for (let lines = 1; lines <= 1_000; lines += 1) world.tell("bob", "quality-shown", { camera: lines, screen: 0 });
    await world.pass(200);
    expect(limit).toHaveBeenCalledTimes(2);
    expect(link.limits.camera?.lines).toBe(1_000);
  });
});

describe("sound alone", () => {
  test("asks the others for no camera, turns the own one off, and is remembered", async () => {
    await world.reach("bob");
    world.quality.handleShown(new Map([["bob", { camera: 180, screen: 700 }]]));
    world.quality.setAudioOnly(true);
    expect(world.sent("quality-shown").at(-1)).toEqual({ to: "bob", camera: 0, screen: 700 });
    expect(world.camera).toBe(false);
    world.camera = true;
    const next = world.makeQuality();
    next.begin();
    expect([next.state.audioOnly, world.camera]).toEqual([true, false]);
    next.close();
  });

  test("is asked for until it was: nobody sends a camera to somebody who wants none", async () => {
    await world.reach("bob");
    world.quality.handleShown(new Map([["bob", { camera: 180, screen: 700 }]]));
    world.deaf.add("bob");
    world.quality.setAudioOnly(true);
    await world.pass(5_000);
    expect(world.sent("quality-shown")).toHaveLength(1);
    world.deaf.delete("bob");
    await world.pass(1_000);
    expect(world.sent("quality-shown").at(-1)).toEqual({ to: "bob", camera: 0, screen: 700 });
    // And wanted again before it was ever said: there is nothing to say.
    world.deaf.add("bob");
    world.quality.setAudioOnly(false);
    world.quality.setAudioOnly(true);
    world.deaf.delete("bob");
    await world.pass(5_000);
    expect(world.sent("quality-shown")).toHaveLength(2);
  });

  test("is asked for by nobody who has left", async () => {
    await world.reach("bob");
    world.deaf.add("bob");
    world.quality.handleShown(new Map([["bob", { camera: 180, screen: 0 }]]));
    world.quality.close();
    expect(vi.getTimerCount()).toBe(0);
    world.quality.setAudioOnly(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("gives back what it took, and nothing else", () => {
    world.quality.setAudioOnly(true);
    world.quality.setAudioOnly(false);
    expect(world.camera).toBe(true);
    world.camera = false;
    world.quality.setAudioOnly(true);
    world.quality.setAudioOnly(false);
    expect(world.camera).toBe(false);
  });
});

test("what a shared screen shows is remembered and told to its track", async () => {
  const link = await world.reach("bob");
  world.quality.setContent("motion");
  await world.pass(200);
  expect(link.limits.screen?.degradationPreference).toBe("maintain-framerate");
  const next = world.makeQuality();
  next.begin();
  expect(world.contents).toEqual(["motion", "motion"]);
  next.close();
});

describe("what is counted", () => {
  test("is kept for two minutes, once every two seconds", async () => {
    await world.reach("bob");
    await world.pass(300_000);
    expect(world.quality.history("bob")).toHaveLength(60);
    expect(world.quality.history("bob").at(-1)?.sent.camera).toMatchObject({ bitrate: 100_000, packets: 100 });
    expect(world.quality.history("nobody")).toEqual([]);
  });

  test("begins anew with another connection, and ends with the last", async () => {
    await world.reach("bob");
    await world.pass(20_000);
    world.lose("bob");
    expect(world.quality.history("bob")).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is told to the other end every four seconds", async () => {
    await world.reach("bob");
    await world.pass(12_000);
    expect(world.sent("quality-digest")).toHaveLength(3);
    expect(world.sent("quality-digest").at(-1)).toMatchObject({ microphone: "on", others: 0, lostSent: 0 });
  });

  test("is nothing before there is a path", async () => {
    const link = await world.reach("bob");
    link.path = "connecting";
    const stats = vi.spyOn(link, "stats");
    await world.pass(20_000);
    expect(stats).not.toHaveBeenCalled();
  });

  test("goes on where a browser refuses to tell", async () => {
    const link = await world.reach("bob");
    vi.spyOn(link, "stats").mockRejectedValue(new Error("closed"));
    await world.pass(6_000);
    expect(world.errors).toHaveLength(3);
    expect(await world.quality.diagnose("bob")).toMatchObject({ culprit: "unknown" });
  });
});

describe("a bad uplink", () => {
  test("makes the picture step back and pause; the other end is told, and a mark stands", async () => {
    const link = await world.reach("bob");
    link.lost = 60;
    await world.pass(8_000);
    expect(world.quality.state.marks.get("bob")).toBe("bad");
    await world.pass(8_000);
    expect(link.limits.camera?.lines).toBe(0);
    expect(world.sent("quality-paused")).toEqual([{ to: "bob", paused: true, screen: false }]);
    link.lost = 0;
    await world.pass(120_000);
    expect(link.limits.camera?.lines).toBe(Infinity);
    expect(world.sent("quality-paused").at(-1)).toEqual({ to: "bob", paused: false, screen: false });
    expect(world.quality.state.marks.get("bob")).toBe("good");
  });

  test("makes a shared screen step back after the camera and pause last; the other end is told of both, until it was", async () => {
    world.screen = true;
    const link = await world.reach("bob");
    link.lost = 60;
    await world.pass(10_000);
    expect(link.limits.screen?.maxFramerate).toBe(2);
    expect(link.limits).toMatchObject({ camera: { lines: 0 }, screen: { lines: 540 } });
    expect(world.sent("quality-paused")).toEqual([{ to: "bob", paused: true, screen: false }]);
    world.deaf.add("bob");
    await world.pass(8_000);
    expect(link.limits.screen?.lines).toBe(0);
    world.deaf.delete("bob");
    await world.pass(2_000);
    expect(world.sent("quality-paused").slice(1)).toEqual([{ to: "bob", paused: true, screen: true }]);
    link.lost = 0;
    await world.pass(120_000);
    expect(link.limits.screen).toMatchObject({ lines: Infinity, maxFramerate: Infinity });
    expect(world.sent("quality-paused").at(-1)).toEqual({ to: "bob", paused: false, screen: false });
  });

  test("is named, with the other end's word for it", async () => {
    const links = [await world.reach("bob"), await world.reach("eve"), await world.reach("dan")];
    for (const link of links) link.lost = 10;
    await world.pass(8_000);
    expect((await world.quality.diagnose("bob")).culprit).toBe("my-uplink");
    expect((await world.quality.diagnose(null)).culprit).toBe("my-uplink");
    world.tell("bob", "quality-digest", {
      microphone: "silent",
      others: 0,
      othersLosingSent: 0,
      othersLosingReceived: 0,
    });
    expect((await world.quality.diagnose("bob")).culprit).toBe("their-microphone");
    world.tell("bob", "quality-digest", { microphone: "silent" });
    expect((await world.quality.diagnose("bob")).culprit).toBe("my-uplink");
  });

  test("is no uplink where only what goes through the own relay is bad, and the relay is named to everybody who asks", async () => {
    const [bob, eve] = [await world.reach("bob"), await world.reach("eve")];
    await world.reach("dan");
    bob.relayed = eve.relayed = 0.9;
    await world.pass(8_000);
    const relay = [
      { at: "here", fact: "roundTripTime", value: 0.9 },
      { at: "here", fact: "relayed", value: 1, address: "turn:turn.example.org:3478" },
      { at: "here", fact: "others-beside", value: 1, of: 1 },
    ];
    expect(await world.quality.diagnose("bob")).toEqual({ culprit: "relay", evidence: relay });
    expect((await world.quality.diagnose("dan")).culprit).toBe("nothing");
    expect(await world.quality.diagnose(null)).toEqual({
      culprit: "relay",
      evidence: [...relay, { at: "here", fact: "others-relayed", value: 2, of: 2 }],
    });
  });

  test("of somebody else makes no frozen picture, as long as that one can be reached", async () => {
    await world.reach("bob");
    world.tell("bob", "quality-paused", { paused: "yes" });
    expect(world.quality.state.paused.size).toBe(0);
    world.tell("bob", "quality-paused", { paused: true });
    expect([...world.quality.state.paused]).toEqual(["bob"]);
    // As a page says it that knows nothing of screens.
    expect(world.quality.state.pausedScreens.size).toBe(0);
    world.tell("bob", "quality-paused", { paused: false, screen: 1 });
    expect([...world.quality.state.paused]).toEqual(["bob"]);
    world.tell("bob", "quality-paused", { paused: false, screen: true });
    expect([world.quality.state.paused.size, [...world.quality.state.pausedScreens]]).toEqual([0, ["bob"]]);
    world.lose("bob");
    expect(world.quality.state.pausedScreens.size).toBe(0);
  });
});

describe("keys that were verified", () => {
  test("stay so until there are others, which is told at once and not again", async () => {
    const link = await world.reach("bob");
    await world.quality.verify("bob", "12345");
    expect(world.quality.state.verified.size).toBe(0);
    await world.quality.verify("bob", await world.quality.code("bob"));
    expect(world.quality.state.verified.get("bob")).toBe("verified");
    await world.pass(10_000);
    expect(world.quality.state.verified.get("bob")).toBe("verified");
    link.fingerprints = { own: ["sha-256 aa"], other: ["sha-256 ee"] };
    world.quality.handleChange();
    await world.pass(200);
    expect(world.quality.state.verified.get("bob")).toBe("changed");
    await world.quality.verify("bob", await world.quality.code("bob"));
    expect(world.quality.state.verified.get("bob")).toBe("verified");
  });

  test("are forgotten by nobody who is lost for a while", async () => {
    await world.reach("bob");
    await world.quality.verify("bob", await world.quality.code("bob"));
    world.lose("bob");
    const next = await world.reach("bob");
    expect(world.quality.state.verified.get("bob")).toBe("verified");
    next.fingerprints = { own: ["sha-256 cc"], other: ["sha-256 bb"] };
    world.quality.handleChange();
    await world.pass(200);
    expect(world.quality.state.verified.get("bob")).toBe("changed");
  });

  test("have no code without a connection", async () => {
    expect(await world.quality.code("nobody")).toBeNull();
  });
});

test("of no more than 64 people it is kept what they said", () => {
  for (let count = 0; count < 200; count += 1)
    world.tell(`p${String(count)}`, "quality-paused", { paused: true, screen: true });
  expect([world.quality.state.paused.size, world.quality.state.pausedScreens.size]).toEqual([64, 64]);
});
