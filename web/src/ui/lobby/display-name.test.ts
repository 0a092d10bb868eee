import { describe, expect, it } from "vitest";
import { parseDisplayName, rememberedName, rememberName, type NameStorage } from "./display-name.js";

describe("a display name", () => {
  it("is trimmed and free of control characters", () => {
    expect(parseDisplayName("  Ada\u0007Lovelace\n")).toEqual({ ok: true, name: "Ada Lovelace" });
  });

  it("has nothing that breaks a line or turns the words beside it around", () => {
    expect(parseDisplayName("Ada\u2028Lovelace")).toEqual({ ok: true, name: "Ada Lovelace" });
    expect(parseDisplayName("\u202Egnp.exe")).toEqual({ ok: true, name: "gnp.exe" });
  });

  it("can be seen", () => {
    for (const nothing of ["\u200B", "\u2800\u3164", "\u0301", "\u00AD"]) {
      expect(parseDisplayName(nothing), JSON.stringify(nothing)).toEqual({ ok: false, problem: "empty" });
    }
    expect(parseDisplayName("\u05D3\u05D5\u05D3").ok).toBe(true);
    expect(parseDisplayName("👩\u200D👧").ok).toBe(true);
  });

  it("has 1 to 64 characters", () => {
    expect(parseDisplayName(" ")).toEqual({ ok: false, problem: "empty" });
    expect(parseDisplayName("🙂".repeat(64)).ok).toBe(true);
    expect(parseDisplayName("🙂".repeat(65))).toEqual({ ok: false, problem: "too-long" });
  });
});

describe("the last name used", () => {
  it("is remembered", () => {
    const kept = new Map<string, string>();
    const storage: NameStorage = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    };
    expect(rememberedName(() => storage)).toBe("");
    rememberName("Ada", () => storage);
    expect(rememberedName(() => storage)).toBe("Ada");
  });

  it("is simply not remembered where the browser forbids storage", () => {
    const forbidden = () => {
      throw new DOMException("no", "SecurityError");
    };
    rememberName("Ada", forbidden);
    expect(rememberedName(forbidden)).toBe("");
  });
});
