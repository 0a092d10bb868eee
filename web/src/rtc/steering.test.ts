import { describe, expect, test } from "vitest";
import type { Source } from "./source.js";
import { Steering, scaleFor, unlimited } from "./steering.js";
import { FakeTrack } from "./testing/fake-media.js";
import { FakeSender } from "./testing/fake-transceiver.js";

const camera = (height = 720) => new FakeTrack("video", { width: (height * 16) / 9, height }).asTrack();
const settled = () => new Promise((resolve) => setTimeout(resolve));

function steer(sender: FakeSender): Steering {
  return new Steering((source) => (source === "camera" ? (sender as unknown as RTCRtpSender) : undefined));
}

describe("how much smaller a picture is sent", () => {
  test.each([
    [720, Infinity, 1],
    [720, 700, 1],
    [720, 480, 1.5],
    [720, 300, 2],
    [720, 200, 3],
    [720, 170, 4],
    [720, 100, 6],
    [720, 10, 8],
    [180, 40, 2],
    [120, 40, 1],
    [720, 0, 1],
    [undefined, 100, 1],
  ])("%s lines where %s are shown: by %s", (height, lines, scale) => {
    expect(scaleFor(height, lines)).toBe(scale);
  });
});

describe("a sender", () => {
  test("is set to all that was asked of it, and only when that has changed", async () => {
    const sender = new FakeSender(camera());
    const steering = steer(sender);
    steering.limit("camera", { maxBitrate: 300_000, lines: 170, maxFramerate: 15, degradationPreference: "balanced" });
    await settled();
    expect(sender.encoding).toEqual({ active: true, scaleResolutionDownBy: 4, maxBitrate: 300_000, maxFramerate: 15 });
    expect(sender.degradationPreference).toBe("balanced");
    sender.refusals = 1;
    steering.renew();
    await settled();
    expect(sender.refusals).toBe(1);
  });

  test("sends nothing where nothing is shown, and everything again afterwards", async () => {
    const sender = new FakeSender(camera());
    const steering = steer(sender);
    steering.limit("camera", { ...unlimited, lines: 0 });
    await settled();
    expect(sender.encoding.active).toBe(false);
    steering.limit("camera", unlimited);
    await settled();
    expect(sender.encoding).toEqual({ active: true, scaleResolutionDownBy: 1 });
  });

  test("is asked again when a negotiation came in between", async () => {
    const sender = new FakeSender(camera());
    sender.refusals = 1;
    const steering = steer(sender);
    steering.limit("camera", { ...unlimited, maxBitrate: 100_000 });
    await settled();
    expect(sender.maxBitrate).toBeUndefined();
    steering.renew();
    await settled();
    expect(sender.maxBitrate).toBe(100_000);
  });

  test.each<[Source, RTCPriorityType]>([
    ["microphone", "high"],
    ["screen-audio", "high"],
    ["screen", "medium"],
    ["camera", "low"],
  ])(
    "of %s has the priority %s before anything was asked of it, where the browser has priorities",
    async (source, priority) => {
      const sender = new FakeSender(camera());
      sender.encoding = { active: true, priority: "very-low" };
      new Steering((each) => (each === source ? (sender as unknown as RTCRtpSender) : undefined)).renew();
      await settled();
      expect(sender.encoding).toEqual({ active: true, priority });
      const old = new FakeSender(camera());
      const steering = steer(old);
      steering.limit("camera", { ...unlimited, lines: 0 });
      await settled();
      expect(old.encoding).not.toHaveProperty("priority");
    },
  );

  test("of sound is never limited, and asked again for its priority when a browser has refused it", async () => {
    const sender = new FakeSender(new FakeTrack("audio").asTrack());
    sender.encoding = { active: true, priority: "low" };
    sender.refusals = 1;
    const steering = new Steering((source) =>
      source === "microphone" ? (sender as unknown as RTCRtpSender) : undefined,
    );
    steering.limit("camera", { ...unlimited, lines: 0 });
    steering.renew();
    await settled();
    expect(sender.encoding).toEqual({ active: true, priority: "low" });
    steering.renew();
    await settled();
    expect(sender.encoding).toEqual({ active: true, priority: "high" });
    expect(sender.degradationPreference).toBeUndefined();
  });

  test("gets the newest of limits that come faster than it takes them, and another scale with another camera", async () => {
    const sender = new FakeSender(camera());
    const steering = steer(sender);
    for (const maxBitrate of [1, 2, 3]) steering.limit("camera", { ...unlimited, lines: 360, maxBitrate });
    await settled();
    expect(sender.encoding).toMatchObject({ maxBitrate: 3, scaleResolutionDownBy: 2 });
    sender.track = camera(1080);
    steering.renew();
    await settled();
    expect(sender.encoding.scaleResolutionDownBy).toBe(3);
  });
});
