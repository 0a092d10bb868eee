import { describe, expect, it } from "vitest";
import type { CallPhase, CallState, RemoteParticipant } from "../../call/state.js";
import { en } from "../strings/en.js";
import { announcements } from "./announcements.js";

const quiet = { microphone: false, camera: false, screen: false };
const sharing = { ...quiet, screen: true };

function remote(name: string, media = quiet): RemoteParticipant {
  return {
    id: name,
    name,
    media,
    away: false,
    path: "connected",
    relay: null,
    audio: [],
    camera: null,
    screen: null,
    speaking: false,
  };
}

function call(remotes: RemoteParticipant[], phase: CallPhase["kind"] = "joined", media = quiet): CallState {
  return {
    phase: { kind: phase } as CallPhase,
    room: "a",
    local: { id: "me", name: "Me", media, camera: null, screen: null, speaking: false },
    remotes,
    notices: [],
  };
}

describe("what is announced", () => {
  it("is who comes and who goes", () => {
    expect(announcements(call([]), call([remote("Ada")]), en)).toEqual(["Ada joined"]);
    expect(announcements(call([remote("Ada")]), call([remote("Bo")]), en)).toEqual(["Bo joined", "Ada left"]);
  });

  it("is who starts and stops sharing, oneself too", () => {
    expect(announcements(call([remote("Ada")]), call([remote("Ada", sharing)]), en)).toEqual([
      "Ada is sharing a screen",
    ]);
    expect(announcements(call([remote("Ada", sharing)]), call([remote("Ada")]), en)).toEqual(["Ada stopped sharing"]);
    expect(announcements(call([]), call([], "joined", sharing), en)).toEqual(["You are sharing your screen"]);
    expect(announcements(call([], "joined", sharing), call([]), en)).toEqual(["You stopped sharing your screen"]);
  });

  it("is not who was there before, but what they share", () => {
    expect(announcements(call([], "joining"), call([remote("Ada"), remote("Bo", sharing)]), en)).toEqual([
      "Bo is sharing a screen",
    ]);
  });

  it("is that the server is back, not that everyone came back with it", () => {
    const renamed = { ...remote("Ada"), id: "another" };
    expect(announcements(call([remote("Ada")], "reconnecting"), call([renamed]), en)).toEqual(["Connected again"]);
  });

  it("is nothing while nothing of it changes", () => {
    expect(announcements(call([remote("Ada")]), call([{ ...remote("Ada"), speaking: true }]), en)).toEqual([]);
  });
});
