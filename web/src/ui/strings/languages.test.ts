import { expect, it } from "vitest";
import { isolated, number, plural } from "./in-words.js";
import { bestLanguage, directionOf, languageOf } from "./languages.js";

it("takes the first wanted language that is one of ours", () => {
  expect(bestLanguage(["de-AT", "en"])).toBe("de");
  expect(bestLanguage(["ar-EG"])).toBe("ar");
  expect(bestLanguage(["fr-CA", "ar", "de"])).toBe("ar");
  expect(bestLanguage(["en-GB", "de"])).toBe("en");
  expect(bestLanguage(["fr", "ja"])).toBe("en");
  expect(bestLanguage([])).toBe("en");
});

it("reads tags as they are written, and nothing else", () => {
  expect(["DE", "de_CH", " ar-Arab-SA ", "en-US"].map(languageOf)).toEqual(["de", "de", "ar", "en"]);
  for (const tag of ["", "deu", "constructor", "__proto__", "-de", "x".repeat(10_000)])
    expect(languageOf(tag)).toBeNull();
});

it("writes Arabic from right to left", () => {
  expect([directionOf("en"), directionOf("de"), directionOf("ar")]).toEqual(["ltr", "ltr", "rtl"]);
});

it("has the six forms of Arabic", () => {
  const forms = { zero: "zero", one: "one", two: "two", few: "# few", many: "# many", other: "# other" };
  expect([0, 1, 2, 3, 11, 100].map((count) => plural("ar", count, forms))).toEqual([
    "zero",
    "one",
    "two",
    "3 few",
    "11 many",
    "100 other",
  ]);
  expect(plural("de", 0, { one: "one", other: "# other" })).toBe("0 other");
});

it("writes the digits that stand beside addresses and rates", () => {
  expect(number("ar", 48)).toBe("48");
  expect(number("de", 12_345)).toBe("12.345");
});

it("isolates what people have written", () => {
  expect(isolated("עדה")).toBe("\u2068עדה\u2069");
});
