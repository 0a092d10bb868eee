import { describe, expect, it } from "vitest";
import { gridLayout, roomLayout, type Rect, type Size } from "./layout.js";

const phone: Size = { width: 344, height: 660 };
const tablet: Size = { width: 752, height: 930 };
const desktop: Size = { width: 1264, height: 700 };
const areas: Readonly<Record<string, Size>> = { phone, tablet, desktop };

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function columns(rects: readonly Rect[]): number {
  return rects.filter((rect) => rect.y === rects[0]?.y).length;
}

describe("the layout of a room", () => {
  for (const [name, area] of Object.entries(areas)) {
    for (const screens of [0, 1, 2, 3]) {
      it(`keeps every tile inside a ${name}, apart from the others and visible, with ${screens} screens`, () => {
        for (let cameras = 1; cameras <= 20; cameras++) {
          const layout = roomLayout(area, cameras, screens);
          const rects = [...layout.cameras, ...layout.screens];
          expect(layout.cameras).toHaveLength(cameras);
          expect(layout.screens).toHaveLength(screens);
          for (const [index, rect] of rects.entries()) {
            expect(Math.min(rect.x, rect.y)).toBeGreaterThanOrEqual(0);
            expect(rect.x + rect.width).toBeLessThanOrEqual(area.width + 1);
            expect(rect.y + rect.height).toBeLessThanOrEqual(area.height + 1);
            expect(Math.min(rect.width, rect.height)).toBeGreaterThan(30);
            expect(rects.slice(index + 1).some((other) => overlap(rect, other))).toBe(false);
          }
        }
      });
    }
  }

  it("puts people below one another on a phone and beside one another on a desktop", () => {
    expect(columns(roomLayout(phone, 2, 0).cameras)).toBe(1);
    expect(columns(roomLayout(phone, 8, 0).cameras)).toBe(2);
    expect(columns(roomLayout(desktop, 2, 0).cameras)).toBe(2);
    expect(columns(roomLayout(desktop, 4, 0).cameras)).toBe(2);
    expect(columns(roomLayout(desktop, 8, 0).cameras)).toBe(3);
  });

  it("gives a shared screen more space than any camera", () => {
    for (const area of Object.values(areas)) {
      for (const cameras of [1, 2, 4, 8]) {
        const layout = roomLayout(area, cameras, 1);
        const [screen] = layout.screens;
        const [camera] = layout.cameras;
        expect((screen?.width ?? 0) * (screen?.height ?? 0)).toBeGreaterThan(
          2 * (camera?.width ?? 0) * (camera?.height ?? 0),
        );
      }
    }
  });

  it("centres a last row that is not full", () => {
    const [first, second, third] = roomLayout(desktop, 3, 0).cameras;
    const middle = ((first?.x ?? 0) + (second?.x ?? 0) + (second?.width ?? 0)) / 2;
    expect((third?.x ?? 0) + (third?.width ?? 0) / 2).toBeCloseTo(middle, -1);
  });

  it("keeps tiles within the shapes it was given", () => {
    for (const count of [1, 2, 3, 5, 8]) {
      for (const { width, height } of gridLayout(
        count,
        { x: 0, y: 0, ...desktop },
        { narrowest: 4 / 3, widest: 16 / 9 },
      )) {
        expect(width / height).toBeGreaterThan(1.32);
        expect(width / height).toBeLessThan(1.79);
      }
    }
  });

  it("survives an area without size", () => {
    for (const area of [
      { width: 0, height: 0 },
      { width: -4, height: 300 },
      { width: 300, height: 2 },
    ]) {
      for (const rect of [...roomLayout(area, 3, 1).cameras, ...roomLayout(area, 3, 1).screens]) {
        expect(Object.values(rect).every((value) => Number.isFinite(value))).toBe(true);
        expect(Math.min(rect.width, rect.height)).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
