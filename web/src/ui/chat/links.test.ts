import { describe, expect, test } from "vitest";
import { segments } from "./links.js";

function links(text: string): readonly string[] {
  return segments(text).flatMap(({ text: shown, href }) => (href === null ? [] : [shown]));
}

describe("links in a text", () => {
  test("are those of http and https, and nothing else", () => {
    expect(segments("See https://example.org/a?b=c#d and http://10.0.0.1:8080 now")).toEqual([
      { text: "See ", href: null },
      { text: "https://example.org/a?b=c#d", href: "https://example.org/a?b=c#d" },
      { text: " and ", href: null },
      { text: "http://10.0.0.1:8080", href: "http://10.0.0.1:8080/" },
      { text: " now", href: null },
    ]);
    for (const text of [
      "javascript:alert(1)",
      "data:text/html,<b>",
      "ftp://example.org",
      "www.example.org",
      "xhttps://example.org",
      "https://",
      "https://[",
      "mailto:a@example.org",
    ]) {
      expect(segments(text), text).toEqual([{ text, href: null }]);
    }
  });

  test("end before the punctuation around them", () => {
    expect(links("Look at https://example.org/a.html.")).toEqual(["https://example.org/a.html"]);
    expect(links("(https://example.org/x), “https://example.org/y”; <https://example.org/z>!")).toEqual([
      "https://example.org/x",
      "https://example.org/y",
      "https://example.org/z",
    ]);
    expect(links("https://en.example.org/wiki/Cat_(animal)")).toEqual(["https://en.example.org/wiki/Cat_(animal)"]);
    expect(links("[https://example.org/?!...")).toEqual(["https://example.org/"]);
  });

  test("hide nothing about where they lead", () => {
    expect(links("https://bank.example@evil.example/")).toEqual([]);
    expect(links("https://evil.example/\u202egpj.exe")).toEqual(["https://evil.example/"]);
  });

  test("leave every character of the text where it was", () => {
    const texts = [
      "",
      " ",
      "a",
      "https://a.b",
      "x\nhttps://a.b/?q=1).\n<img src=x onerror=alert(1)> http://c.d…",
      "http://a)))))",
    ];
    for (const text of texts) {
      expect(
        segments(text)
          .map((segment) => segment.text)
          .join(""),
      ).toBe(text);
    }
  });
});
