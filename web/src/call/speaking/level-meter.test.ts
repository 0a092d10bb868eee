import { expect, test, vi } from "vitest";
import { type AudioContextLike, LevelMeter } from "./level-meter.js";

function meterThatHears(signal: (sample: number) => number, state: AudioContextState = "running") {
  const context = {
    state,
    resume: vi.fn(() => Promise.reject(new Error("not allowed yet"))),
    close: vi.fn(() => Promise.resolve()),
    createMediaStreamSource: () => ({ connect: () => {}, disconnect: () => {} }),
    createAnalyser: () => ({
      fftSize: 0,
      getFloatTimeDomainData: (samples: Float32Array) => {
        for (let index = 0; index < samples.length; index += 1) samples[index] = signal(index);
      },
    }),
  };
  const meter = new LevelMeter({} as MediaStream, () => context as unknown as AudioContextLike);
  return { meter, context };
}

test("silence is 0, and so is what is below the floor", () => {
  expect(meterThatHears(() => 0).meter.level()).toBe(0);
  expect(meterThatHears(() => 0.0005).meter.level()).toBe(0);
});

test("full scale is 1", () => {
  const { meter } = meterThatHears((sample) => (sample % 2 === 0 ? 1 : -1));
  expect(meter.amplitude()).toBeCloseTo(1);
  expect(meter.level()).toBeCloseTo(1);
});

test("steps are as even as people hear them", () => {
  const level = (amplitude: number) => meterThatHears(() => amplitude).meter.level();
  expect(level(0.1) - level(0.01)).toBeCloseTo(level(1) - level(0.1));
});

test("a page that may not start audio yet tries again at every reading", () => {
  const { meter, context } = meterThatHears(() => 0, "suspended");
  meter.level();
  meter.level();
  expect(context.resume).toHaveBeenCalledTimes(3);
  meter.close();
  expect(context.close).toHaveBeenCalledOnce();
});
