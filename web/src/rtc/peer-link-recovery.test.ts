import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeMediaStream } from "./testing/fake-media.js";
import { type End, LinkedPair } from "./testing/linked-pair.js";

let pair: LinkedPair;
let end: End;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("MediaStream", FakeMediaStream);
  pair = new LinkedPair();
  end = pair.impolite;
  pair.start();
  await pair.settle();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a link says how media reaches the other end, from connecting to failed and back", async () => {
  const path = () => end.link.path;
  expect(path()).toBe("connecting");
  end.connection.become("connected");
  expect(path()).toBe("connected");
  end.connection.become("disconnected");
  expect(path()).toBe("interrupted");
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(7_000);
  expect(path()).toBe("failed");
  expect(end.paths.at(-1)).toBe("failed");
  end.connection.become("connected");
  expect(path()).toBe("connected");
});

test("an ICE restart asks for fresh servers first", async () => {
  end.freshServers = [{ urls: "turn:fresh.test", username: "u", credential: "c" }];
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end.connection.configuration.iceServers).toEqual(end.freshServers);
  expect(end.connection.restarts).toBe(1);
});

test("an ICE restart keeps the servers there are when there are no fresh ones", async () => {
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(end.connection.configuration.iceServers).toEqual([{ urls: "stun:first.test" }]);
  expect(end.connection.restarts).toBe(1);
});

test("a restart reaches the other end and is answered", async () => {
  const before = pair.polite.connection.remoteDescription?.session.ufrag;
  end.connection.become("failed");
  await vi.advanceTimersByTimeAsync(1_000);
  await pair.settle();
  expect(pair.polite.connection.remoteDescription?.session.ufrag).not.toBe(before);
  expect(end.connection.signalingState).toBe("stable");
});

test("a closed link says and does nothing more", async () => {
  end.connection.become("failed");
  end.link.close();
  end.link.send("camera", null);
  const changes = end.paths.length;
  await vi.advanceTimersByTimeAsync(60_000);
  pair.polite.connection.restartIce();
  await pair.deliver();
  await pair.deliver();
  expect(end.connection.restarts).toBe(0);
  expect(end.paths).toHaveLength(changes);
  expect(end.outbox).toEqual([]);
  expect(end.errors).toEqual([]);
});
