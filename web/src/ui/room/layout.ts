/** Where tiles lie: the arrangement that gives them the most space. Pixels throughout. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** Allowed width ÷ height of a tile. */
export interface AspectRange {
  readonly narrowest: number;
  readonly widest: number;
}

export interface RoomLayout {
  readonly cameras: readonly Rect[];
  readonly screens: readonly Rect[];
}

const gap = 8;
const wide = 16 / 9;

/** A shared screen is shown whole inside its tile; the shapes that screens and windows mostly have leave the least empty. */
const screenShape: AspectRange = { narrowest: 1.2, widest: 2.4 };

/** Cameras alone fill the area; beside shared screens they go to a strip, and the screens to a stage. */
export function roomLayout(area: Size, cameras: number, screens: number): RoomLayout {
  const whole: Rect = { x: 0, y: 0, width: Math.max(0, area.width), height: Math.max(0, area.height) };
  if (screens === 0) return { cameras: gridLayout(cameras, whole, cameraShape(whole)), screens: [] };
  const [stage, strip] = cameras === 0 ? [whole, whole] : splitForStage(whole, cameras);
  return {
    cameras: gridLayout(cameras, strip, { narrowest: 1, widest: wide }),
    screens: gridLayout(screens, stage, screenShape),
  };
}

/** Places `count` tiles of one size in rows, every row centred, so that a tile is as large as it can be. */
export function gridLayout(count: number, area: Rect, aspect: AspectRange): Rect[] {
  if (count <= 0) return [];
  let best = { columns: 1, tile: { width: 0, height: 0 } };
  for (let columns = 1; columns <= count; columns++) {
    const tile = largestTile(area, columns, Math.ceil(count / columns), aspect);
    if (tile.width * tile.height > best.tile.width * best.tile.height) best = { columns, tile };
  }
  return place(count, best.columns, best.tile, area);
}

/** Nearly all cameras send 4:3 or 16:9; a tall area (a phone) is filled better by cutting off the sides. */
function cameraShape(area: Size): AspectRange {
  return { narrowest: area.height > area.width ? 3 / 4 : 4 / 3, widest: wide };
}

/** The stage and the strip: side by side in a wide area, one above the other in a tall one. */
function splitForStage(area: Rect, cameras: number): [Rect, Rect] {
  if (area.width >= area.height) {
    const strip = Math.min(280, area.width * 0.24);
    const stage = area.width - strip - gap;
    return [
      { ...area, width: stage },
      { ...area, x: area.x + stage + gap, width: strip },
    ];
  }
  const strip = Math.min(320, area.height * (cameras <= 3 ? 0.22 : 0.34));
  const stage = area.height - strip - gap;
  return [
    { ...area, height: stage },
    { ...area, y: area.y + stage + gap, height: strip },
  ];
}

function largestTile(area: Size, columns: number, rows: number, aspect: AspectRange): Size {
  const cellWidth = Math.max(0, (area.width - gap * (columns - 1)) / columns);
  const cellHeight = Math.max(0, (area.height - gap * (rows - 1)) / rows);
  if (cellHeight === 0) return { width: 0, height: 0 };
  const shape = Math.min(Math.max(cellWidth / cellHeight, aspect.narrowest), aspect.widest);
  const width = Math.min(cellWidth, cellHeight * shape);
  return { width, height: width / shape };
}

function place(count: number, columns: number, tile: Size, area: Rect): Rect[] {
  const rows = Math.ceil(count / columns);
  const top = area.y + (area.height - rows * tile.height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const left = area.x + (area.width - inRow * tile.width - (inRow - 1) * gap) / 2;
    return {
      x: Math.round(left + (index % columns) * (tile.width + gap)),
      y: Math.round(top + row * (tile.height + gap)),
      width: Math.floor(tile.width),
      height: Math.floor(tile.height),
    };
  });
}
