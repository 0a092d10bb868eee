import type { SendLimits } from "../../rtc/index.js";
import type { ShownSize } from "../shown-sizes.js";
import type { UplinkLevel } from "./uplink.js";

/** How a shared screen is best seen: sharp, or moving smoothly. */
export type ScreenContent = "text" | "motion";

/** One of those who get what this end sends. */
export interface Receiver {
  readonly id: string;
  /** How large it shows this participant; null: it has not said, and gets all. */
  readonly shown: ShownSize | null;
  readonly level: UplinkLevel;
}

/** What this end has to send. */
export interface Offer {
  readonly camera: boolean;
  readonly screen: boolean;
  readonly content: ScreenContent;
  /** Bits per second for all pictures to everybody. */
  readonly budget: number;
}

export interface PairLimits {
  readonly camera: SendLimits;
  readonly screen: SendLimits;
}

/** Bits per second that make so many lines a good picture; more would be wasted. */
const worth: readonly (readonly [lines: number, bitrate: number])[] = [
  [90, 150_000],
  [180, 300_000],
  [360, 700_000],
  [540, 1_000_000],
];
const mostCamera = 1_200_000;
const mostScreen = 2_500_000;
const smallScreen = 1_000_000;
/** The least that browsers encode. With the sound it is what has to be there, or the picture pauses (uplink.ts). */
const least = 30_000;
/** Bits per second that the sound towards one participant takes, with all that is around it; pictures share what is left. */
export const soundBitrate = 50_000;
/** Half the upload of a usual line at home. In a mesh each picture goes out once for each of the others. */
export const usualBudget = 4_000_000;

/** What is left of a picture: a share of the bitrate, and lines and frames per second at most. */
interface Step {
  readonly bitrate: number;
  readonly lines: number;
  readonly framerate: number;
}

const whole: Step = { bitrate: 1, lines: Infinity, framerate: Infinity };
const none: Step = { bitrate: 0, lines: 0, framerate: Infinity };

type Steps = Readonly<Record<UplinkLevel, Step>>;

const cameraSteps: Steps = {
  0: whole,
  1: { bitrate: 0.5, lines: 360, framerate: 20 },
  2: { bitrate: 0.2, lines: 180, framerate: 12 },
  3: none,
  4: none,
  5: none,
};

/** Of a screen more is left than of the camera beside it, and longer. */
const screenSteps: Readonly<Record<ScreenContent, Steps>> = {
  // Text that is scaled twice cannot be read: less of it comes less often, and it gets smaller only when that is not enough.
  text: {
    0: whole,
    1: { bitrate: 0.5, lines: Infinity, framerate: 15 },
    2: { bitrate: 0.25, lines: Infinity, framerate: 8 },
    3: { bitrate: 0.1, lines: Infinity, framerate: 4 },
    4: { bitrate: 0.04, lines: 540, framerate: 2 },
    5: none,
  },
  motion: {
    0: whole,
    1: { bitrate: 0.5, lines: 540, framerate: Infinity },
    2: { bitrate: 0.25, lines: 360, framerate: 24 },
    3: { bitrate: 0.1, lines: 270, framerate: 15 },
    4: { bitrate: 0.04, lines: 180, framerate: 8 },
    5: none,
  },
};

/**
 * What each of the others gets: as many lines as it shows, and a fair share of the upload. Who needs less leaves the rest to
 * those who need more; a shared screen counts twice, since it is what people look at.
 */
export function sendingPlan(receivers: readonly Receiver[], offer: Offer): ReadonlyMap<string, PairLimits> {
  const text = offer.content === "text";
  const planned = receivers.map(({ id, shown, level }) => ({
    id,
    camera: wanted(shown?.camera ?? Infinity, cameraWorth, cameraSteps[level]),
    screen: wanted(shown?.screen ?? Infinity, screenWorth, screenSteps[offer.content][level], text),
  }));
  // What pauses leaves its share to what does not.
  const wishes = planned.flatMap(({ id, camera, screen }) => [
    ...(offer.camera && camera.lines > 0 ? [{ key: `camera:${id}`, weight: 1, want: camera.want }] : []),
    ...(offer.screen && screen.lines > 0 ? [{ key: `screen:${id}`, weight: 2, want: screen.want }] : []),
  ]);
  const shares = fairShares(wishes, offer.budget);
  return new Map(
    planned.map(({ id, camera, screen }) => [
      id,
      {
        camera: {
          maxBitrate: shares.get(`camera:${id}`) ?? camera.want,
          lines: camera.lines,
          maxFramerate: camera.framerate,
          degradationPreference: "balanced",
        },
        screen: {
          maxBitrate: shares.get(`screen:${id}`) ?? screen.want,
          lines: screen.lines,
          maxFramerate: screen.framerate,
          degradationPreference: text ? "maintain-resolution" : "maintain-framerate",
        },
      } satisfies PairLimits,
    ]),
  );
}

/** Of a picture that is `shown` so large. `sharp`: it is not made smaller for who shows it smaller. */
function wanted(
  shown: number,
  worthOf: (lines: number) => number,
  { bitrate, lines, framerate }: Step,
  sharp = false,
): { readonly want: number; readonly lines: number; readonly framerate: number } {
  return {
    want: Math.max(least, Math.round(worthOf(shown) * bitrate)),
    lines: sharp && shown > 0 ? lines : Math.min(lines, shown),
    framerate,
  };
}

function cameraWorth(lines: number): number {
  return worth.find(([upTo]) => lines <= upTo)?.[1] ?? mostCamera;
}

function screenWorth(lines: number): number {
  return lines <= 540 ? smallScreen : mostScreen;
}

interface Wish {
  readonly key: string;
  readonly weight: number;
  readonly want: number;
}

/** Everybody gets the same (times its weight), nobody more than wanted, and nothing is left over while anybody wants more. */
export function fairShares(wishes: readonly Wish[], budget: number): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  let left = budget;
  let open = [...wishes].sort((a, b) => a.want / a.weight - b.want / b.weight);
  while (open.length > 0) {
    const [first] = open;
    const perWeight = left / open.reduce((sum, { weight }) => sum + weight, 0);
    if (!first) break;
    const share = Math.min(first.want, perWeight * first.weight);
    shares.set(first.key, Math.round(Math.max(least, share)));
    left = Math.max(0, left - share);
    open = open.slice(1);
  }
  return shares;
}
