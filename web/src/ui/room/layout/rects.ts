/** Where tiles lie: the arrangement that gives them the most space. Pixels throughout; `x` counts from where lines of text begin. */

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

export const gap = 8;

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

/** How many of `count` tiles find place without one that is smaller than `least`; two in any case. */
export function gridCapacity(count: number, area: Rect, aspect: AspectRange, least: Size): number {
  for (let fitting = count; fitting > 2; fitting--) {
    const [tile] = gridLayout(fitting, area, aspect);
    if (tile !== undefined && tile.width >= least.width && tile.height >= least.height) return fitting;
  }
  return Math.min(count, 2);
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
