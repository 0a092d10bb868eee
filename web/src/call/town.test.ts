import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeMediaStream } from "../rtc/testing/fake-media.js";
import { Random } from "../rtc/testing/random.js";
import { type Resident, Town } from "./testing/town.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal("MediaStream", FakeMediaStream);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Sees exactly the others, hears that they are there, and receives what each of them sends, on the connection that both mean. */
function expectToMeet(one: Resident, others: readonly Resident[]): void {
  expect(one.phase).toBe("joined");
  expect(one.errors).toEqual([]);
  expect(one.others.map(({ id }) => id).sort()).toEqual(others.map(({ id }) => id).sort());
  expect(one.open).toHaveLength(others.length);
  for (const other of others) {
    const seen = one.others.find(({ id }) => id === other.id);
    expect(seen).toMatchObject({ name: other.name, away: false, path: "connected" });
    expect(seen?.media.screen).toBe(other.screen !== null);
    expect(seen?.screen !== null, `${other.name}'s screen at ${one.name}`).toBe(other.screen !== null);
    const near = one.open.find(({ remoteDescription }) =>
      other.open.some(({ fingerprint }) => fingerprint === remoteDescription?.session.fingerprint),
    );
    const far = other.open.find(({ fingerprint }) => fingerprint === near?.remoteDescription?.session.fingerprint);
    expect(far?.remoteDescription?.session.fingerprint).toBe(near?.fingerprint);
    if (!other.screen) continue;
    const sent = far?.getTransceivers().find(({ sender }) => sender.track === other.screen?.asTrack());
    const received = near?.getTransceivers().find(({ receiver }) => receiver.track === seen?.screen?.getTracks()[0]);
    expect(sent?.currentDirection).toBe("sendonly");
    expect(received?.mid).toBe(sent?.mid);
  }
}

test.each(Array.from({ length: 40 }, (_, block) => block))(
  "whatever goes wrong, in the end everybody meets everybody (block %i)",
  async (block) => {
    for (let seed = block * 5; seed < (block + 1) * 5; seed += 1) {
      const town = new Town(new Random(seed));
      try {
        await town.live(160);
        await town.calmDown();
        for (const one of town.residents) {
          expectToMeet(
            one,
            town.residents.filter((other) => other !== one),
          );
          expect(one.renewals).toBe(0);
        }
      } catch (error) {
        throw new Error(`seed ${String(seed)}`, { cause: error });
      }
      for (const resident of town.residents) resident.end();
    }
  },
);
