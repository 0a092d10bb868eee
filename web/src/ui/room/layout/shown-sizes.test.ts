import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ShownSizes } from "../../../call/shown-sizes.js";
import type { Placed } from "./room-layout.js";
import { shownSizes, ShownSizesTeller } from "./shown-sizes.js";
import { cameraOf, screenOf, type TileKey } from "./tile-key.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function places(...tiles: readonly (readonly [TileKey, width: number, height: number])[]): Map<TileKey, Placed> {
  return new Map(tiles.map(([key, width, height]) => [key, { place: "grid", rect: { x: 0, y: 0, width, height } }]));
}

test("a camera is counted with what its tile cuts off, a screen as it is shown inside its tile", () => {
  const shown = places([cameraOf("ada"), 300, 400], [screenOf("ada"), 800, 900], [cameraOf("grace"), 320, 180]);
  const aspects = new Map([
    [cameraOf("ada"), 9 / 16],
    [screenOf("ada"), 16 / 10],
  ] as const);
  expect(shownSizes(["ada", "grace"], shown, aspects, 2)).toEqual(
    new Map([
      ["ada", { camera: Math.round((300 * 16 * 2) / 9), screen: 1000 }],
      ["grace", { camera: 360, screen: 0 }],
    ]),
  );
});

test("who is not shown is there with 0", () => {
  expect(shownSizes(["ada"], places(), new Map(), 1)).toEqual(new Map([["ada", { camera: 0, screen: 0 }]]));
});

test("sizes are told once they have come to rest, and only if they have changed", () => {
  const told: ShownSizes[] = [];
  const teller = new ShownSizesTeller((sizes) => told.push(sizes));
  const sizes = (camera: number): ShownSizes => new Map([["ada", { camera, screen: 0 }]]);
  for (const camera of [100, 110, 120]) {
    teller.handle(sizes(camera));
    vi.advanceTimersByTime(100);
  }
  expect(told).toEqual([]);
  // Being told the same again does not put it off.
  teller.handle(sizes(120));
  vi.advanceTimersByTime(150);
  expect(told).toEqual([sizes(120)]);
  teller.handle(sizes(90));
  teller.handle(sizes(120));
  vi.runAllTimers();
  expect(told).toHaveLength(1);
  teller.handle(new Map());
  vi.runAllTimers();
  expect(told.at(-1)).toEqual(new Map());
});

test("nothing is told after the end", () => {
  const tell = vi.fn();
  const teller = new ShownSizesTeller(tell);
  teller.handle(new Map());
  teller.close();
  vi.runAllTimers();
  expect(tell).not.toHaveBeenCalled();
});
