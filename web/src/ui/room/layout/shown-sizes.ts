import type { ShownSizes } from "../../../call/shown-sizes.js";
import type { Placed } from "./room-layout.js";
import type { Size } from "./rects.js";
import { cameraOf, screenOf, type TileKey } from "./tile-key.js";

/** Width ÷ height of a picture that is not known yet. */
const usualAspect = 16 / 9;

/** So long nothing has to change before it is told (milliseconds): while a window is drawn larger, everything does. */
const calm = 250;

/** `aspects`: width ÷ height of the pictures that have arrived. `density`: pixels of the screen for each of the page. */
export function shownSizes(
  participants: readonly string[],
  places: ReadonlyMap<TileKey, Placed>,
  aspects: ReadonlyMap<TileKey, number>,
  density: number,
): ShownSizes {
  const lines = (key: TileKey, fit: "cover" | "contain"): number => {
    const placed = places.get(key);
    return placed === undefined ? 0 : Math.round(linesOf(placed.rect, aspects.get(key) ?? usualAspect, fit) * density);
  };
  return new Map(
    participants.map((id) => [id, { camera: lines(cameraOf(id), "cover"), screen: lines(screenOf(id), "contain") }]),
  );
}

function linesOf({ width, height }: Size, aspect: number, fit: "cover" | "contain"): number {
  return fit === "cover" ? Math.max(height, width / aspect) : Math.min(height, width / aspect);
}

/** Tells sizes when they have changed and come to rest. */
export class ShownSizesTeller {
  readonly #tell: (sizes: ShownSizes) => void;
  #told: ShownSizes | null = null;
  #next: ShownSizes | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (sizes: ShownSizes) => void) {
    this.#tell = tell;
  }

  handle(sizes: ShownSizes): void {
    if (this.#next !== null && same(sizes, this.#next)) return;
    this.#next = sizes;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#told !== null && same(sizes, this.#told)) return;
      this.#told = sizes;
      this.#tell(sizes);
    }, calm);
  }

  /** Nothing is told any more, until there are sizes again. */
  close(): void {
    clearTimeout(this.#timer);
    this.#told = null;
    this.#next = null;
  }
}

function same(a: ShownSizes, b: ShownSizes): boolean {
  if (a.size !== b.size) return false;
  for (const [id, size] of a) {
    const other = b.get(id);
    if (size.camera !== other?.camera || size.screen !== other.screen) return false;
  }
  return true;
}
