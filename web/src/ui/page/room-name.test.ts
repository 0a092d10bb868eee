import { describe, expect, it } from "vitest";
import { newRoomName } from "./new-room-name.js";
import { parseRoomName, parseTypedRoomName } from "./room-name.js";
import { words } from "./words.js";

describe("a room name", () => {
  it("is compared in lower case", () => {
    expect(parseRoomName("Team-Lunch_7")).toEqual({ ok: true, room: "team-lunch_7" });
  });

  it("may be written in any script", () => {
    expect(parseRoomName("Планёрка-٣")).toEqual({ ok: true, room: "планёрка-٣" });
    expect(parseRoomName("会議室")).toEqual({ ok: true, room: "会議室" });
    expect(parseRoomName("हिन्दी")).toEqual({ ok: true, room: "हिन्दी" });
  });

  it("is the same with composed and with decomposed accents", () => {
    expect(parseRoomName("cafe\u0301")).toEqual({ ok: true, room: "caf\u00e9" });
  });

  it("has at most 64 characters, counted as people count them", () => {
    expect(parseRoomName("𝒶".repeat(64)).ok).toBe(true);
    expect(parseRoomName("a".repeat(65))).toEqual({ ok: false, problem: { kind: "too-long" } });
  });

  it("tells which characters it cannot have, each once", () => {
    expect(parseRoomName("a/b c/d!")).toEqual({
      ok: false,
      problem: { kind: "forbidden", characters: ["/", " ", "!"] },
    });
  });

  it("cannot be empty", () => {
    expect(parseRoomName("")).toEqual({ ok: false, problem: { kind: "empty" } });
    expect(parseTypedRoomName("   ")).toEqual({ ok: false, problem: { kind: "empty" } });
  });

  it("may be typed with spaces", () => {
    expect(parseTypedRoomName("  Team  lunch ")).toEqual({ ok: true, room: "team-lunch" });
  });
});

describe("a new room name", () => {
  it("is made of three words and five digits, and is a room name", () => {
    const name = newRoomName();
    expect(name).toMatch(/^[a-z]+-[a-z]+-[a-z]+-[0-9]{5}$/u);
    expect(parseRoomName(name)).toEqual({ ok: true, room: name });
  });

  it("draws again where a draw would favour some names", () => {
    const draws = [0, 1, 255, 2 ** 32 - 1, 42];
    const name = newRoomName((values) => (values[0] = draws.shift() ?? 0));
    expect(name).toBe(`${words[0]}-${words[1]}-${words[255]}-00042`);
    expect(draws).toEqual([]);
  });

  it("has 256 different words to choose from, all short and plain", () => {
    expect(new Set(words).size).toBe(256);
    expect(words.filter((word) => !/^[a-z]{3,9}$/u.test(word))).toEqual([]);
  });
});
