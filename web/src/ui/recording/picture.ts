import type { Rect } from "../room/layout/rects.js";

/** One picture of those that are seen. */
export interface Picture {
  /** In the space that all have together, in CSS pixels from its corner at the top left. */
  readonly rect: Rect;
  /** Null: there is none, and the name stands for it. */
  readonly video: HTMLVideoElement | null;
  readonly label: string;
  /** The person's, whose name stands for the picture. */
  readonly name: string;
  readonly mirrored: boolean;
  /** A screen is seen whole; a camera's picture fills its place. */
  readonly whole: boolean;
}

/** What is seen of a call at one moment. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly pictures: readonly Picture[];
}

/**
 * The part of a source (`sx`, `sy`, `sw`, `sh`) and the place for it in a rectangle: the whole source with margins, or as much of
 * its middle as fills the rectangle (CSS object-fit `contain` and `cover`).
 */
export function placed(
  source: { readonly width: number; readonly height: number },
  { x, y, width, height }: Rect,
  whole: boolean,
): { readonly from: Rect; readonly to: Rect } {
  const scale = (whole ? Math.min : Math.max)(width / source.width, height / source.height);
  if (whole) {
    const [w, h] = [source.width * scale, source.height * scale];
    return {
      from: { x: 0, y: 0, width: source.width, height: source.height },
      to: { x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h },
    };
  }
  const [w, h] = [width / scale, height / scale];
  return {
    from: { x: (source.width - w) / 2, y: (source.height - h) / 2, width: w, height: h },
    to: { x, y, width, height },
  };
}
