import { describe, expect, it } from "vitest";
import type { Rect, Size } from "./rects.js";
import { roomLayout, type RoomLayout, type Scene } from "./room-layout.js";
import { cameraOf, screenOf, type TileKey } from "./tile-key.js";

const phone: Size = { width: 344, height: 660 };
const lying: Size = { width: 724, height: 284 };
const tablet: Size = { width: 752, height: 930 };
const desktop: Size = { width: 1264, height: 700 };
const areas: Readonly<Record<string, Size>> = { phone, "phone lying on its side": lying, tablet, desktop };

/** So many people, the person at this end included, who share so many screens. */
function scene(people: number, screens = 0, changes: Partial<Scene> = {}): Scene {
  const remotes = Array.from({ length: people - 1 }, (_, at) => String(at));
  const shared = Array.from({ length: screens }, (_, at) => screenOf(String(at)));
  const tiles: TileKey[] = [...remotes.map(cameraOf), ...shared, "own-camera"];
  return { tiles, stage: shared, kept: [], page: 0, full: null, ...changes };
}

function rects(layout: RoomLayout): Rect[] {
  return Array.from(layout.places.values(), ({ rect }) => rect);
}

function rectOf(layout: RoomLayout, key: TileKey): Rect {
  const placed = layout.places.get(key);
  if (placed === undefined) throw new Error(`${key} is not shown.`);
  return placed.rect;
}

function areaOf(layout: RoomLayout, key: TileKey): number {
  const { width = 0, height = 0 } = layout.places.get(key)?.rect ?? {};
  return width * height;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function columns(layout: RoomLayout): number {
  const [first, ...others] = rects(layout);
  return 1 + others.filter((rect) => rect.y === first?.y).length;
}

function shown(layout: RoomLayout): TileKey[] {
  return [...layout.places.keys()];
}

describe("the layout of a room", () => {
  for (const [name, area] of Object.entries(areas)) {
    for (const screens of [0, 1, 2, 3, 4]) {
      it(`keeps every tile inside a ${name}, apart from the others and large enough, with ${String(screens)} screens`, () => {
        for (let people = Math.max(3, screens + 1); people <= 20; people++) {
          const layout = roomLayout(area, scene(people, screens));
          const all = [...rects(layout), ...(layout.pager === null ? [] : [layout.pager])];
          for (const [at, rect] of all.entries()) {
            expect(Math.min(rect.x, rect.y)).toBeGreaterThanOrEqual(0);
            expect(rect.x + rect.width).toBeLessThanOrEqual(area.width + 1);
            expect(rect.y + rect.height).toBeLessThanOrEqual(area.height + 1);
            expect(all.slice(at + 1).some((other) => overlap(rect, other))).toBe(false);
          }
          for (const { place, rect } of layout.places.values()) {
            expect(rect.width).toBeGreaterThanOrEqual(place === "grid" ? 144 : 96);
            expect(rect.height).toBeGreaterThanOrEqual(place === "grid" ? 108 : 64);
          }
        }
      });
    }
  }

  it("puts people below one another on a phone and beside one another on a desktop", () => {
    expect(columns(roomLayout(phone, scene(3)))).toBe(1);
    expect(columns(roomLayout(phone, scene(8)))).toBe(2);
    expect(columns(roomLayout(desktop, scene(4)))).toBe(2);
    expect(columns(roomLayout(desktop, scene(8)))).toBe(3);
    expect(columns(roomLayout(lying, scene(8)))).toBe(4);
  });

  it("gives eight people, and a screen, places on one page of a phone", () => {
    for (const area of [phone, lying, tablet, desktop]) expect(roomLayout(area, scene(8)).pages).toBe(1);
    expect(roomLayout(phone, scene(8, 1)).pages).toBe(1);
  });

  it("gives what is on the stage more space than any other", () => {
    for (const area of Object.values(areas)) {
      for (const people of [3, 4, 8]) {
        for (const large of [screenOf("0"), cameraOf("1")]) {
          const layout = roomLayout(area, scene(people, 1, { stage: [large] }));
          const others = shown(layout).filter((key) => key !== large);
          for (const key of others) expect(areaOf(layout, large)).toBeGreaterThan(2 * areaOf(layout, key));
        }
      }
    }
  });

  it("lays the strip beside the stage in a wide room and below it in a tall one", () => {
    const below = roomLayout(phone, scene(4, 1));
    const beside = roomLayout(lying, scene(4, 1));
    const [high, wide] = [rectOf(below, screenOf("0")), rectOf(beside, screenOf("0"))];
    expect(rectOf(below, "own-camera").y).toBeGreaterThanOrEqual(high.y + high.height);
    expect(rectOf(beside, "own-camera").x).toBeGreaterThanOrEqual(wide.x + wide.width);
  });

  it("shows oneself small over a corner of the only other picture", () => {
    for (const area of Object.values(areas)) {
      for (const stage of [[], [cameraOf("0")]]) {
        const layout = roomLayout(area, scene(2, 0, { stage }));
        expect(layout.places.get("own-camera")?.place).toBe("floating");
        expect(areaOf(layout, cameraOf("0"))).toBeGreaterThan(4 * areaOf(layout, "own-camera"));
        const { x, y, width, height } = rectOf(layout, "own-camera");
        expect(x + width).toBeLessThanOrEqual(area.width);
        expect(y + height).toBeLessThanOrEqual(area.height);
        expect(Math.min(width, height)).toBeGreaterThan(50);
      }
    }
  });

  it("does not let oneself float when alone, pinned, or with more to see", () => {
    const place = (changes: Partial<Scene>) =>
      roomLayout(desktop, { ...scene(2), ...changes }).places.get("own-camera")?.place;
    expect(place({ tiles: ["own-camera", "invitation"] })).toBe("grid");
    expect(place({ stage: ["own-camera"] })).toBe("stage");
    expect(place({ tiles: [cameraOf("0"), screenOf("0"), "own-camera"] })).toBe("grid");
  });

  it("turns pages where tiles would get too small, and shows everybody on one of them", () => {
    const seen = new Set<TileKey>();
    const first = roomLayout(phone, scene(30));
    expect(first.pages).toBeGreaterThan(1);
    for (let page = 0; page < first.pages; page++) {
      const layout = roomLayout(phone, scene(30, 0, { page }));
      expect(layout.page).toBe(page);
      for (const key of shown(layout)) seen.add(key);
    }
    expect(seen.size).toBe(30);
    expect(roomLayout(phone, scene(30, 0, { page: 99 })).page).toBe(first.pages - 1);
  });

  it("keeps whoever speaks on every page, and whatever is on the stage", () => {
    const speaker = cameraOf("60");
    for (const area of Object.values(areas)) {
      for (const stage of [[], [cameraOf("3")], [screenOf("0"), screenOf("1")]]) {
        const { pages } = roomLayout(area, scene(90, 2, { stage, kept: [speaker, "own-camera"] }));
        expect(pages).toBeGreaterThan(1);
        for (let page = 0; page < pages; page++) {
          const layout = roomLayout(area, scene(90, 2, { stage, kept: [speaker, "own-camera"], page }));
          expect(shown(layout)).toEqual(expect.arrayContaining([speaker, ...stage]));
        }
      }
    }
  });

  it("lets one picture fill the room, and nothing else be seen", () => {
    const layout = roomLayout(desktop, scene(5, 1, { full: cameraOf("2") }));
    expect([...layout.places]).toEqual([[cameraOf("2"), { place: "full", rect: { x: 0, y: 0, ...desktop } }]]);
    expect(roomLayout(desktop, scene(5, 0, { full: cameraOf("gone") })).places.size).toBe(5);
  });

  it("survives an area without size", () => {
    for (const area of [
      { width: 0, height: 0 },
      { width: -4, height: 300 },
      { width: 300, height: 2 },
    ]) {
      for (const people of [1, 2, 3, 20]) {
        const layout = roomLayout(area, scene(people, people > 2 ? 1 : 0));
        for (const rect of [...rects(layout), ...(layout.pager === null ? [] : [layout.pager])]) {
          expect(Object.values(rect).every((value) => Number.isFinite(value))).toBe(true);
          expect(Math.min(rect.width, rect.height)).toBeGreaterThanOrEqual(0);
        }
      }
    }
  });
});
