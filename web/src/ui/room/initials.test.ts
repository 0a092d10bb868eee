import { describe, expect, it } from "vitest";
import { initials, nameColour } from "./initials.js";

/** Relative luminance, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("initials", () => {
  it("are the first letters of the first and the last word", () => {
    expect(initials("Ada Lovelace")).toBe("AL");
    expect(initials("johann sebastian bach")).toBe("JB");
    expect(initials("zoë")).toBe("Z");
    expect(initials("grace.hopper")).toBe("GH");
  });

  it("keep letters of every script whole", () => {
    expect(initials("e\u0301mile zola")).toBe("E\u0301Z");
    expect(initials("王小明")).toBe("王");
    expect(initials("👩‍🚀 sally")).toBe("👩‍🚀S");
    expect(initials("\u1112\u1161\u11ab jin")).toBe("\u1112\u1161\u11abJ");
    expect(initials("ल\u094dली")).toBe("ल\u094dली");
  });

  it("are a question mark for a name without any", () => {
    expect(initials("")).toBe("?");
    expect(initials(" .-_ ")).toBe("?");
  });
});

describe("the colour of a name", () => {
  it("stays the same", () => {
    expect(nameColour("Ada")).toBe(nameColour("Ada"));
  });

  it("differs between people, and white text can be read on it", () => {
    const colours = new Set(Array.from({ length: 200 }, (_, number) => nameColour(`person ${number}`)));
    expect(colours.size).toBeGreaterThanOrEqual(8);
    for (const colour of colours) expect(1.05 / (luminance(colour) + 0.05), colour).toBeGreaterThanOrEqual(4.5);
  });
});
