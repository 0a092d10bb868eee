import { describe, expect, it } from "vitest";
import { gridCapacity, gridLayout, type Rect } from "./rects.js";

const desktop: Rect = { x: 0, y: 0, width: 1264, height: 700 };
const camera = { narrowest: 4 / 3, widest: 16 / 9 };

describe("a grid", () => {
  it("centres a last row that is not full", () => {
    const [first, second, third] = gridLayout(3, desktop, camera);
    const middle = ((first?.x ?? 0) + (second?.x ?? 0) + (second?.width ?? 0)) / 2;
    expect((third?.x ?? 0) + (third?.width ?? 0) / 2).toBeCloseTo(middle, -1);
  });

  it("keeps tiles within the shapes it was given", () => {
    for (const count of [1, 2, 3, 5, 8]) {
      for (const { width, height } of gridLayout(count, desktop, camera)) {
        expect(width / height).toBeGreaterThan(1.32);
        expect(width / height).toBeLessThan(1.79);
      }
    }
  });

  it("holds as many tiles as are not too small, and two whatever happens", () => {
    const least = { width: 300, height: 200 };
    const capacity = gridCapacity(50, desktop, camera, least);
    expect(capacity).toBeGreaterThan(2);
    const [tile] = gridLayout(capacity, desktop, camera);
    expect(tile?.width).toBeGreaterThanOrEqual(300);
    expect(tile?.height).toBeGreaterThanOrEqual(200);
    const [smaller] = gridLayout(capacity + 1, desktop, camera);
    expect(smaller !== undefined && (smaller.width < 300 || smaller.height < 200)).toBe(true);
    expect(gridCapacity(50, { ...desktop, width: 40, height: 40 }, camera, least)).toBe(2);
    expect(gridCapacity(1, { ...desktop, width: 40, height: 40 }, camera, least)).toBe(1);
  });
});
