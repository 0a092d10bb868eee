import { expect, it } from "vitest";

const sources = import.meta.glob<string>(["./**/*.ts", "./**/*.css"], {
  eager: true,
  query: "?raw",
  import: "default",
});

/** Declarations that mean one side of the screen, whichever way people read. */
const physical =
  /^\s*(?:(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-[a-z]+)?|left|right|border-(?:top|bottom)-(?:left|right)-radius):[^\n]+;|(?:text-align|float|clear|caption-side):\s*(?:left|right);)\s*$/u;

const notch = "where a phone's notch is has nothing to do with reading";
const drawing = "a drawing with you on the left, whose lines are coordinates";

/** `file: declaration` and why it is right in both directions. */
const allowed: Readonly<Record<string, string>> = {
  "./room/room.styles.ts: padding-right: max(var(--p-1), env(safe-area-inset-right));": notch,
  "./room/room.styles.ts: padding-left: max(var(--p-1), env(safe-area-inset-left));": notch,
  "./room/control-bar.styles.ts: left: 50%;": "the middle, together with a translation by half its width",
  "./story/sketch.ts: left: 50%;": drawing,
  "./story/sketch.ts: left: 0;": drawing,
  "./story/sketch.ts: right: 0;": drawing,
  "./story/sketch.ts: left: 28%;": drawing,
};

it("styles follow the direction of reading: no left and right but with a reason", () => {
  const found = Object.entries(sources)
    .filter(([file]) => /\.(?:ts|css)$/u.test(file) && !file.endsWith(".test.ts"))
    .flatMap(([file, source]) =>
      source
        .split("\n")
        .filter((line) => physical.test(line) || isLopsided(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(found.filter((each) => !(each in allowed))).toEqual([]);
  expect(Object.keys(allowed).filter((each) => !found.includes(each))).toEqual([]);
});

/** Four lengths, of which the second and the fourth are those of the right and the left. */
function isLopsided(line: string): boolean {
  const [, right, left] = /^\s*(?:padding|margin|inset): \S+ (\S+) \S+ ([^\s;]+);/u.exec(line) ?? [];
  return right !== left;
}
