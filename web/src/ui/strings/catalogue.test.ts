import { describe, expect, it } from "vitest";
import { number } from "./in-words.js";
import { languageNames, type Language, type Translation } from "./languages.js";
import { Part } from "./part.js";

type Module = Readonly<Record<string, unknown>>;

const english = import.meta.glob<Module>(["./en.ts", "./en-*.ts"], { eager: true });
const twins = import.meta.glob<{ default: unknown }>(["./{de,ar}.ts", "./{de,ar}-*.ts"], { eager: true });
const translations = Object.keys(languageNames).filter((each) => each !== "en") as Translation[];

/** The words of an `en-*.ts`: what it exports, or all of what it exports by name if that is more than one. */
function wordsOf(module: Module): unknown {
  const words = Object.entries(module).filter(([, value]) => !(value instanceof Part));
  return words.length === 1 ? words[0]?.[1] : Object.fromEntries(words);
}

const pairs = Object.entries(english).flatMap(([file, module]) =>
  translations.map((language) => ({
    language,
    file: file.replace("en", language),
    source: wordsOf(module),
    twin: twins[file.replace("en", language)]?.default,
  })),
);

type Said = (...parameters: readonly unknown[]) => unknown;

/** All that is said, by its path in the catalogue: texts and functions. */
function leaves(value: unknown, path = ""): [path: string, said: string | Said][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, value as Said]];
  return Object.entries(value as object).flatMap(([key, part]) => leaves(part, `${path}/${key}`));
}

/** What parameters may be: names, counts, and words that stand for a choice. */
const probes = ["", "Zoë", 0, 1, 2, 7, 11, 100, "sent", "received", "audio", "video", "private", "loopback"] as const;

function say(said: Said, parameters: readonly unknown[]): string {
  return JSON.stringify(said(...parameters));
}

/** What comes of each probe in the place of one parameter, the others being as they are. */
function sayings(said: Said, parameters: number, place: number): string[] {
  return probes.map((probe) => {
    const others: unknown[] = Array.from({ length: parameters }, () => "Y");
    return say(said, others.with(place, probe));
  });
}

const counted = probes.indexOf(7);
const named = probes.indexOf("Zoë");

it("finds the parts", () => {
  expect(Object.keys(english).length).toBeGreaterThan(6);
  expect(
    Object.keys(twins)
      .map((file) => file.replace(/de|ar/u, "en"))
      .sort(),
  ).toEqual(
    Object.keys(english)
      .flatMap((file) => [file, file])
      .sort(),
  );
});

describe.each(pairs)("$file", ({ language, source, twin }) => {
  const translated = new Map(leaves(twin ?? {}));

  it("says everything that English says, and nothing else", () => {
    expect(leaves(twin ?? {}).map(([path, said]) => `${path} ${typeof said}`)).toEqual(
      expect.arrayContaining(leaves(source).map(([path, said]) => `${path} ${typeof said}`)),
    );
    expect(translated.size).toBe(leaves(source).length);
  });

  it("says something everywhere", () => {
    for (const [path, said] of translated) {
      const text = typeof said === "string" ? said : say(said, ["Y", "Y", "Y"]);
      expect(text.trim(), path).not.toMatch(/^$|undefined|\[object/u);
    }
  });

  it("speaks its own language", () => {
    const own = translated.get("/language");
    if (own !== undefined) expect(own).toBe(language);
  });

  it("uses every parameter that English uses", () => {
    for (const [path, said] of leaves(source)) {
      const other = translated.get(path);
      if (typeof said === "string" || typeof other !== "function") continue;
      for (let place = 0; place < said.length; place++) {
        const there = sayings(said, said.length, place);
        const here = sayings(other, said.length, place);
        if (new Set(there).size > 1) expect(new Set(here).size, `${path}, parameter ${place}`).toBeGreaterThan(1);
        // It is a count that is told as one, or a text that is told as it is.
        if (there[counted]?.includes("7") && there[named]?.includes("Zoë")) {
          const told = `${here[counted] ?? ""} ${here[named] ?? ""}`;
          expect(
            [number(language, 7), "Zoë"].some((each) => told.includes(each)),
            `${path}, parameter ${place} is told`,
          ).toBe(true);
        }
      }
    }
  });

  it("does not leave a form of a plural to chance", () => {
    for (const [path, said] of translated) {
      if (typeof said === "string") continue;
      for (const count of [0, 1, 2, 3, 11, 100]) expect(say(said, [count, count, count]), path).not.toContain("#");
    }
  });
});

it("keeps what people call themselves from turning Arabic sentences around", async () => {
  const { default: ar } = (await import("./ar.js")) as { default: { joined: (name: string) => string } };
  expect(ar.joined("Grace (she)")).toContain("\u2068Grace (she)\u2069");
});

it("loads a part once it is wanted, and shows English until then", async () => {
  const part = new Part("layout", { pages: "Pages" });
  const german: Language = "de";
  expect(part.load("en")).toBeNull();
  expect(part.in(german).pages).toBe("Pages");
  await part.load(german);
  expect(part.in(german).pages).toBe("Seiten");
  expect(part.load(german)).toBeNull();
  expect((await part.get("ar")).pages).toBe("الصفحات");
});

it("stays with English where a part is not translated yet", async () => {
  const part = new Part("none", { hello: "Hello" });
  expect(part.load("de")).toBeNull();
  expect((await part.get("de")).hello).toBe("Hello");
});
