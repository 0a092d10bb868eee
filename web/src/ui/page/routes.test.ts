import { describe, expect, it } from "vitest";
import { doctorLink, parseDestination, parseRoute, roomLink } from "./routes.js";

const root = new URL("https://meet.example/");
const below = new URL("https://meet.example/talk/");

function route(address: string, base = root) {
  return parseRoute(new URL(address, base), base);
}

describe("an address", () => {
  it("of the site itself is the landing page", () => {
    expect(route("/")).toEqual({ kind: "landing" });
    expect(route("/talk/index.html", below)).toEqual({ kind: "landing" });
  });

  it("may be the connection test", () => {
    expect(route("/doctor")).toEqual({ kind: "doctor" });
    expect(route("/talk/doctor/", below)).toEqual({ kind: "doctor" });
    expect(parseRoute(doctorLink(below), below)).toEqual({ kind: "doctor" });
    expect(route("/r/doctor")).toMatchObject({ kind: "room", room: "doctor" });
  });

  it("names a room", () => {
    expect(route("/r/Team-Lunch")).toEqual({ kind: "room", room: "team-lunch", name: null, join: false, token: null });
    expect(route("/talk/r/a/", below)).toMatchObject({ kind: "room", room: "a" });
  });

  it("brings a name, and skips the lobby only together with one", () => {
    expect(route("/r/a?name=%20Ada%20&join=1")).toEqual({
      kind: "room",
      room: "a",
      name: "Ada",
      join: true,
      token: null,
    });
    expect(route("/r/a?name=Ada")).toMatchObject({ name: "Ada", join: false });
    expect(route("/r/a?name=%20&join=1")).toMatchObject({ name: null, join: false });
    expect(route("/r/a?name=Ada&join=yes")).toMatchObject({ join: false });
  });

  it("brings a token, in the part that no server sees", () => {
    expect(route("/r/a?name=Ada#token=e30.e30.AA-_")).toMatchObject({ name: "Ada", token: "e30.e30.AA-_" });
    expect(route("/r/a#elsewhere")).toMatchObject({ token: null });
    expect(route("/r/a?token=e30")).toMatchObject({ token: null });
  });

  it("that leads nowhere is unknown", () => {
    for (const path of ["/x", "/r/", "/r/a/b", "/r/a%20b", "/r/%E0%A4%A", `/r/${"a".repeat(65)}`]) {
      expect(route(path), path).toEqual({ kind: "unknown" });
    }
    expect(route("/r/a", below)).toEqual({ kind: "unknown" });
  });
});

describe("the link to a room", () => {
  it("leads back to it, in any script and under any base", () => {
    for (const base of [root, below]) {
      for (const room of ["a-b", "会議室", "é"]) {
        expect(parseRoute(roomLink(room, base), base)).toMatchObject({ kind: "room", room });
      }
    }
  });
});

describe("what a person types to go somewhere", () => {
  it("is a room name", () => {
    expect(parseDestination(" Team Lunch ", root)).toEqual({ ok: true, room: "team-lunch" });
  });

  it("is a pasted link, with or without its scheme", () => {
    for (const typed of ["https://meet.example/r/A", "http://MEET.example/r/a?name=x", "meet.example/r/a"]) {
      expect(parseDestination(typed, root), typed).toEqual({ ok: true, room: "a" });
    }
  });

  it("is told what is wrong with it", () => {
    expect(parseDestination("", root)).toEqual({ ok: false, problem: { kind: "empty" } });
    expect(parseDestination("a?b", root)).toEqual({ ok: false, problem: { kind: "forbidden", characters: ["?"] } });
    expect(parseDestination("https://other.example/r/a", root)).toEqual({
      ok: false,
      problem: { kind: "foreign-link" },
    });
    expect(parseDestination("https://meet.example/r/", root)).toEqual({ ok: false, problem: { kind: "bad-link" } });
  });
});
