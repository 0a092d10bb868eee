import { afterEach, describe, expect, it, vi } from "vitest";
import { createBrowserConnection } from "./browser-connection.js";

/** A browser that takes no `stuns:`, as Firefox. */
class Connection {
  constructor(readonly configuration: RTCConfiguration = {}) {
    if (configuration.iceServers?.some((server) => String(server.urls).startsWith("stuns:"))) {
      throw new DOMException("stuns", "NotSupportedError");
    }
  }
  close(): void {
    // Nothing to close.
  }
}

const create = (configuration: RTCConfiguration): Connection =>
  createBrowserConnection(configuration, Connection as unknown as typeof RTCPeerConnection) as unknown as Connection;

describe("the browser's connection", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("gets all ICE servers", () => {
    const iceServers = [{ urls: "stun:a.test" }, { urls: "turn:b.test", username: "u", credential: "c" }];
    expect(create({ iceServers }).configuration.iceServers).toEqual(iceServers);
  });

  it("does without the ICE servers that it refuses, and tells the console", () => {
    const told = vi.spyOn(console, "error").mockReturnValue();
    const connection = create({
      iceServers: [{ urls: "stuns:a.test" }, { urls: "stun:b.test" }],
      bundlePolicy: "balanced",
    });
    expect(connection.configuration).toEqual({ iceServers: [{ urls: "stun:b.test" }], bundlePolicy: "balanced" });
    expect(told).toHaveBeenCalledOnce();
  });
});
