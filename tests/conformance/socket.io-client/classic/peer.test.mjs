import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Peer } from "../../../../samples/ClassicCall/wwwroot/shared/peer.js";

/** Refuses, as a browser does, a candidate for which there is no description; setting one takes until it is told to end. */
class FakeConnection {
  signalingState = "stable";
  iceGatheringState = "complete";
  remoteDescription = null;
  currentLocalDescription = null;
  pendingLocalDescription = null;
  candidates = [];

  constructor() {
    FakeConnection.last = this;
  }

  addTransceiver() {}

  async setLocalDescription() {
    const answers = this.signalingState === "have-remote-offer";
    this.currentLocalDescription = answers ? { type: "answer" } : this.currentLocalDescription;
    this.pendingLocalDescription = answers ? null : { type: "offer" };
    this.signalingState = answers ? "stable" : "have-local-offer";
  }

  async setRemoteDescription(description) {
    await new Promise((resolve) => (this.finishSetting = resolve));
    this.remoteDescription = description;
    this.signalingState = description.type === "offer" ? "have-remote-offer" : "stable";
  }

  async addIceCandidate(candidate) {
    if (this.remoteDescription === null) {
      throw new Error("There is no remote description.");
    }
    this.candidates.push(candidate);
  }
}

const stream = { getTracks: () => [] };
let told;

function meet(begins) {
  told = [];
  const tell = (name) => (what) => told.push([name, what.type]);
  return new Peer({
    iceServers: [],
    begins,
    stream,
    send: { offer: tell("offer"), answer: tell("answer"), candidate: tell("candidate") },
    show: () => {},
  });
}

/** Ends the setting of a description, as soon as it has begun. */
async function finishSetting() {
  await vi.waitFor(() => expect(FakeConnection.last.finishSetting).toBeDefined());
  FakeConnection.last.finishSetting();
}

beforeEach(() => vi.stubGlobal("RTCPeerConnection", FakeConnection));
afterEach(() => vi.unstubAllGlobals());

describe("closes the defect that", () => {
  test("candidates are lost that come before the description, or while it is being set", async () => {
    const peer = meet(false);
    await peer.receiveCandidate("before");
    const described = peer.receive({ type: "offer" });
    const during = peer.receiveCandidate("during");
    await finishSetting();
    await Promise.all([described, during]);
    await peer.receiveCandidate("after");
    expect(FakeConnection.last.candidates).toEqual(["before", "during", "after"]);
    expect(told).toEqual([["answer", "answer"]]);
  });

  test("candidates without a description pile up", async () => {
    const peer = meet(false);
    for (let i = 0; i < 1000; i += 1) {
      await peer.receiveCandidate(i);
    }
    const described = peer.receive({ type: "offer" });
    await finishSetting();
    await described;
    expect(FakeConnection.last.candidates).toHaveLength(100);
  });

  test("both offer at once and neither is answered: who has begun goes on, the other one answers", async () => {
    for (const begins of [true, false]) {
      const peer = meet(begins);
      const connection = FakeConnection.last;
      if (!begins) {
        const first = peer.receive({ type: "offer" });
        await finishSetting();
        await first;
        connection.finishSetting = undefined;
      }
      await connection.onnegotiationneeded();
      told.length = 0;
      const described = peer.receive({ type: "offer" });
      if (!begins) {
        await finishSetting();
      }
      await described;
      await peer.receiveCandidate("of that offer");
      expect(told).toEqual(begins ? [] : [["answer", "answer"]]);
      expect(connection.candidates).toEqual(begins ? [] : ["of that offer"]);
    }
  });
});
