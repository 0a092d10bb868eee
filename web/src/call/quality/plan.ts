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
/** A picture with less is none. */
const least = 80_000;
/** Half the upload of a usual line at home. In a mesh each picture goes out once for each of the others. */
export const usualBudget = 4_000_000;

/** How much of it is left at each level, as a share of the bitrate, lines and frames per second. */
const steps: Readonly<Record<UplinkLevel, { bitrate: number; lines: number; framerate: number }>> = {
  0: { bitrate: 1, lines: Infinity, framerate: Infinity },
  1: { bitrate: 0.5, lines: 360, framerate: 20 },
  2: { bitrate: 0.2, lines: 180, framerate: 12 },
  3: { bitrate: 0.1, lines: 0, framerate: 5 },
};

/**
 * What each of the others gets: as many lines as it shows, and a fair share of the upload. Who needs less leaves the rest to
 * those who need more; a shared screen counts twice, since it is what people look at.
 */
export function sendingPlan(receivers: readonly Receiver[], offer: Offer): ReadonlyMap<string, PairLimits> {
  const wishes = receivers.flatMap(({ id, shown, level }) => [
    ...(offer.camera && (shown?.camera ?? 1) > 0
      ? [{ key: `camera:${id}`, weight: 1, want: cameraWorth(shown?.camera ?? Infinity) * steps[level].bitrate }]
      : []),
    ...(offer.screen && (shown?.screen ?? 1) > 0
      ? [{ key: `screen:${id}`, weight: 2, want: screenWorth(shown?.screen ?? Infinity) * steps[level].bitrate }]
      : []),
  ]);
  const shares = fairShares(wishes, offer.budget);
  return new Map(
    receivers.map((receiver) => {
      const { id, shown, level } = receiver;
      const camera = shown?.camera ?? Infinity;
      const screen = shown?.screen ?? Infinity;
      return [
        id,
        {
          camera: {
            maxBitrate: shares.get(`camera:${id}`) ?? Math.round(cameraWorth(camera)),
            lines: Math.min(camera, steps[level].lines),
            maxFramerate: steps[level].framerate,
            degradationPreference: "balanced",
          },
          screen: {
            maxBitrate: shares.get(`screen:${id}`) ?? Math.round(screenWorth(screen)),
            // Text that is scaled twice cannot be read: less of it comes less often instead.
            lines: screen === 0 ? 0 : offer.content === "text" ? Infinity : screen,
            maxFramerate: level === 0 ? Infinity : steps[level].framerate,
            degradationPreference: offer.content === "text" ? "maintain-resolution" : "maintain-framerate",
          },
        } satisfies PairLimits,
      ];
    }),
  );
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
