import { describe, expect, it } from "vitest";
import type { CallPhase, CallState, RemoteParticipant } from "../../call/state.js";
import { en } from "../strings/en.js";
import { announcements, mediaNews, ownNews } from "./announcements.js";

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
    role: "participant",
    hand: null,
    camera: null,
    screen: null,
    speaking: false,
  };
}

function call(remotes: RemoteParticipant[], phase: CallPhase["kind"] = "joined", media = quiet): CallState {
  return {
    phase: { kind: phase } as CallPhase,
    room: "a",
    local: {
      id: "me",
      name: "Me",
      role: "participant",
      hand: null,
      media,
      camera: null,
      screen: null,
      speaking: false,
    },
    remotes,
    notices: [],
  };
}

describe("what is announced", () => {
  it("is who raises a hand, and who becomes host", () => {
    const [before, raised] = [remote("Ada"), { ...remote("Ada"), hand: 4 }];
    expect(announcements(call([before]), call([raised]), en)).toEqual(["Ada raised a hand"]);
    expect(announcements(call([raised]), call([before]), en)).toEqual([]);
    expect(announcements(call([before]), call([{ ...before, role: "host" }]), en)).toEqual(["Ada is the host now"]);
    const [guest, host] = [call([]), { ...call([]), local: { ...call([]).local, role: "host" as const } }];
    expect(ownNews(guest, host, en)).toEqual(["You are the host now"]);
    expect(ownNews(host, guest, en)).toEqual(["You are not the host any more"]);
    // Whoever opens a room is host from the first moment: that is no news.
    expect(ownNews(call([], "joining"), host, en)).toEqual([]);
  });

  it("is who comes and who goes", () => {
    expect(announcements(call([]), call([remote("Ada")]), en)).toEqual(["Ada joined"]);
    expect(announcements(call([remote("Ada")]), call([remote("Bo")]), en)).toEqual(["Bo joined", "Ada left"]);
  });

  it("is who starts and stops sharing, oneself too", () => {
    expect(announcements(call([remote("Ada")]), call([remote("Ada", sharing)]), en)).toEqual([
      "Ada is sharing a screen",
    ]);
    expect(announcements(call([remote("Ada", sharing)]), call([remote("Ada")]), en)).toEqual(["Ada stopped sharing"]);
    expect(ownNews(call([]), call([], "joined", sharing), en)).toEqual(["You are sharing your screen"]);
    expect(ownNews(call([], "joined", sharing), call([]), en)).toEqual(["You stopped sharing your screen"]);
  });

  it("is not who was there before, but what they share", () => {
    expect(announcements(call([], "joining"), call([remote("Ada"), remote("Bo", sharing)]), en)).toEqual([
      "Bo is sharing a screen",
    ]);
  });

  it("is that the server is back, not that everyone came back with it", () => {
    const renamed = { ...remote("Ada"), id: "another" };
    const step = [call([remote("Ada")], "reconnecting"), call([renamed]), en] as const;
    expect(announcements(...step)).toEqual([]);
    expect(ownNews(...step)).toEqual(["Connected again"]);
  });

  it("is who mutes, for those who want to hear everything", () => {
    const [silent, loud] = [remote("Ada", quiet), remote("Ada", { ...quiet, microphone: true, camera: true })];
    expect(mediaNews(call([silent]), call([loud]), en)).toEqual([
      "Ada is not muted any more",
      "Ada turned the camera on",
    ]);
    expect(mediaNews(call([loud]), call([silent]), en)).toEqual(["Ada is muted", "Ada turned the camera off"]);
    expect(mediaNews(call([]), call([loud]), en)).toEqual([]);
    expect(mediaNews(call([silent], "reconnecting"), call([loud]), en)).toEqual([]);
  });

  it("is nothing while nothing of it changes", () => {
    expect(announcements(call([remote("Ada")]), call([{ ...remote("Ada"), speaking: true }]), en)).toEqual([]);
  });
});
