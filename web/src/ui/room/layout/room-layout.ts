import { pageOf } from "./pages.js";
import { gap, gridCapacity, gridLayout, type AspectRange, type Rect, type Size } from "./rects.js";
import { isScreen, type TileKey } from "./tile-key.js";

/** What is to be shown. */
export interface Scene {
  /** All tiles, in their order. */
  readonly tiles: readonly TileKey[];
  /** Those that are shown large, in their order; the others stand in a strip beside them. Without any, there is a grid. */
  readonly stage: readonly TileKey[];
  /** On every page, where there are several; the most important first. */
  readonly kept: readonly TileKey[];
  /** From 0. */
  readonly page: number;
  /** The only one that is seen, over all the space there is. */
  readonly full: TileKey | null;
}

export type Place = "grid" | "stage" | "strip" | "floating" | "full";

export interface Placed {
  readonly place: Place;
  readonly rect: Rect;
}

export interface RoomLayout {
  /** Tiles that are missing here are not seen: they are on another page, or behind the one that fills the room. */
  readonly places: ReadonlyMap<TileKey, Placed>;
  readonly page: number;
  readonly pages: number;
  /** Where the buttons for the pages stand; null: there is one page only. */
  readonly pager: Rect | null;
}

/** As small as faces are still told apart; in the strip they only accompany what is on the stage. */
const leastInGrid: Size = { width: 144, height: 108 };
const leastInStrip: Size = { width: 96, height: 64 };

/** Two buttons and between them the number of the page, beside or below one another: the long and the short side. */
const pagerSize = { long: 144, short: 44 };

const wide = 16 / 9;
/** A shared screen is shown whole inside its tile; the shapes that screens and windows mostly have leave the least empty. */
const screenShape: AspectRange = { narrowest: 1.2, widest: 2.4 };
const stripShape: AspectRange = { narrowest: 1, widest: wide };

/** Where every tile lies. */
export function roomLayout(area: Size, scene: Scene): RoomLayout {
  const whole: Rect = { x: 0, y: 0, width: Math.max(0, area.width), height: Math.max(0, area.height) };
  const { full } = scene;
  if (full !== null && scene.tiles.includes(full)) {
    return { places: new Map([[full, { place: "full", rect: whole }]]), page: 0, pages: 1, pager: null };
  }
  const floating = floatingTile(scene);
  const stage = scene.stage.filter((key) => scene.tiles.includes(key) && key !== floating);
  const others = scene.tiles.filter((key) => !stage.includes(key) && key !== floating);
  const [stageArea, othersArea] =
    stage.length === 0 || others.length === 0 ? [whole, whole] : splitForStage(whole, others.length);

  const shape = stage.length === 0 ? cameraShape(othersArea) : stripShape;
  const least = stage.length === 0 ? leastInGrid : leastInStrip;
  const { places, ...pages } = paged(others, othersArea, shape, least, scene, stage.length === 0 ? "grid" : "strip");
  const stageShape = stage.some(isScreen) ? screenShape : cameraShape(stageArea);
  put(places, stage, gridLayout(stage.length, stageArea, stageShape), "stage");
  if (floating !== null) put(places, [floating], [floatingRect(whole)], "floating");
  return { places, ...pages };
}

/** With one other picture only, one's own is no more than a mirror: small, over a corner of the other. */
function floatingTile({ tiles, stage }: Scene): TileKey | null {
  const alone = tiles.length === 2 && tiles.includes("own-camera") && !tiles.includes("invitation");
  return alone && !stage.includes("own-camera") ? "own-camera" : null;
}

function paged(
  keys: readonly TileKey[],
  area: Rect,
  shape: AspectRange,
  least: Size,
  scene: Scene,
  place: Place,
): { places: Map<TileKey, Placed>; page: number; pages: number; pager: Rect | null } {
  const places = new Map<TileKey, Placed>();
  if (gridCapacity(keys.length, area, shape, least) >= keys.length) {
    put(places, keys, gridLayout(keys.length, area, shape), place);
    return { places, page: 0, pages: 1, pager: null };
  }
  const [body, pager] = splitForPager(area);
  const capacity = gridCapacity(keys.length, body, shape, least);
  const { items, page, pages } = pageOf(keys, capacity, scene.kept, scene.page);
  put(places, items, gridLayout(items.length, body, shape), place);
  return { places, page, pages, pager: pages > 1 ? pager : null };
}

function put(places: Map<TileKey, Placed>, keys: readonly TileKey[], rects: readonly Rect[], place: Place): void {
  for (const [at, key] of keys.entries()) {
    const rect = rects[at];
    if (rect !== undefined) places.set(key, { place, rect });
  }
}

/** Nearly all cameras send 4:3 or 16:9; a tall area (a phone) is filled better by cutting off the sides. */
function cameraShape(area: Size): AspectRange {
  return { narrowest: area.height > area.width ? 3 / 4 : 4 / 3, widest: wide };
}

/** The stage and the strip: side by side in a wide area, one above the other in a tall one. */
function splitForStage(area: Rect, others: number): [Rect, Rect] {
  if (area.width >= area.height) {
    const strip = Math.min(280, area.width * 0.24);
    const stage = area.width - strip - gap;
    return [
      { ...area, width: stage },
      { ...area, x: area.x + stage + gap, width: strip },
    ];
  }
  const strip = Math.min(320, area.height * (others <= 3 ? 0.22 : 0.34));
  const stage = area.height - strip - gap;
  return [
    { ...area, height: stage },
    { ...area, y: area.y + stage + gap, height: strip },
  ];
}

/** The pager takes as little as it can: of a wide area a part of its width, of a tall one a part of its height. */
function splitForPager(area: Rect): [Rect, Rect] {
  const { long, short } = pagerSize;
  if (area.width >= area.height) {
    const width = Math.min(area.width, area.height >= long ? short : long);
    const body = Math.max(0, area.width - width - gap);
    return [
      { ...area, width: body },
      { ...area, x: area.x + area.width - width, width },
    ];
  }
  const height = Math.min(area.height, area.width >= long ? short : long);
  const body = Math.max(0, area.height - height - gap);
  return [
    { ...area, height: body },
    { ...area, y: area.y + area.height - height, height },
  ];
}

/** In the corner where lines of text end, clear of the names, which stand where they begin. */
function floatingRect(area: Rect): Rect {
  const tall = area.height > area.width;
  const shape = tall ? 3 / 4 : wide;
  const most = tall ? Math.min(180, area.width * 0.3) : Math.min(240, area.width * 0.22);
  const width = Math.floor(Math.min(most, area.height * 0.34 * shape));
  const height = Math.floor(width / shape);
  return {
    x: Math.max(0, area.width - width - gap),
    y: Math.max(0, area.height - height - gap),
    width,
    height,
  };
}
