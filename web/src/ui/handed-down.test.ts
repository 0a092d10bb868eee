import { expect, it } from "vitest";

const sources = import.meta.glob<string>("./**/*.ts", { eager: true, query: "?raw", import: "default" });

/** They choose the language by themselves, or say nothing. */
const wordless = ["parley-call", "parley-page", "parley-message", "parley-unfold"];

/** Opening tags in templates, up to the ">" that closes them and not that of an arrow function. */
const tag = /<(parley-[a-z-]+)((?:=>|[^>])*)>/gu;

it("every view is handed the words it is to speak", () => {
  const found: string[] = [];
  const forgotten = Object.entries(sources)
    .filter(([file]) => !file.endsWith(".test.ts"))
    .flatMap(([file, source]) =>
      [...source.replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gmu, "").matchAll(tag)]
        .filter(([, name = "", attributes = ""]) => {
          found.push(name);
          return !wordless.includes(name) && !/\.(?:strings|words)=/u.test(attributes);
        })
        .map(([, name]) => `${file}: <${String(name)}>`),
    );
  expect(found.length).toBeGreaterThan(20);
  expect(forgotten).toEqual([]);
});
