import type { Sample } from "../../call/state.js";

export type PlotName = "bitrate" | "loss" | "roundTrip" | "frameRate" | "resolution";

/** What one plot shows: a value for each sample, null where there is none. */
export interface Plot {
  readonly name: PlotName;
  /** Null: both directions are one. */
  readonly sent: readonly (number | null)[] | null;
  readonly received: readonly (number | null)[];
  /** The top of the plot; a round number, never 0. */
  readonly top: number;
}

type Flow = NonNullable<Sample["sent"]["camera"]> | NonNullable<Sample["received"]["camera"]>;
type Direction = "sent" | "received";

/** Of fewer packets no share is drawn. */
const fewestPackets = 10;

/** The lowest top of each plot, so that nothing small looks large. */
const lowest: Readonly<Record<PlotName, number>> = {
  bitrate: 100_000,
  loss: 0.1,
  roundTrip: 0.1,
  frameRate: 30,
  resolution: 180,
};

/** The plots of a connection, in the order in which they stand. Rates in bits per second, times in seconds, shares 0 to 1. */
export function plotsOf(samples: readonly Sample[]): readonly Plot[] {
  const each = (direction: Direction, value: (flows: readonly Flow[]) => number | null): (number | null)[] =>
    samples.map((sample) => value(Object.values<Flow>(sample[direction])));
  const pictures = (direction: Direction, name: "framesPerSecond" | "frameHeight"): (number | null)[] =>
    samples.map((sample) => {
      // A screen is what people look at while there is one.
      const flow = sample[direction].screen ?? sample[direction].camera;
      return flow === undefined || flow.framesPerSecond === 0 ? null : flow[name];
    });
  const plot = (name: PlotName, sent: Plot["sent"], received: Plot["received"]): Plot => ({
    name,
    sent,
    received,
    top: topOf([...(sent ?? []), ...received], lowest[name]),
  });
  return [
    plot("bitrate", each("sent", bitrateOf), each("received", bitrateOf)),
    plot(
      "loss",
      each("sent", (flows) => lossOf(flows, 0)),
      each("received", (flows) => lossOf(flows, 1)),
    ),
    plot(
      "roundTrip",
      null,
      samples.map(({ currentRoundTripTime }) => currentRoundTripTime),
    ),
    plot("frameRate", pictures("sent", "framesPerSecond"), pictures("received", "framesPerSecond")),
    plot("resolution", pictures("sent", "frameHeight"), pictures("received", "frameHeight")),
  ];
}

function bitrateOf(flows: readonly Flow[]): number | null {
  return flows.length === 0 ? null : flows.reduce((sum, { bitrate }) => sum + bitrate, 0);
}

/** `missing`: how often what was lost has to be added, because it is not among what was counted. */
function lossOf(flows: readonly Flow[], missing: 0 | 1): number | null {
  const lost = flows.reduce((sum, { packetsLost }) => sum + packetsLost, 0);
  const packets = flows.reduce((sum, flow) => sum + flow.packets, 0) + lost * missing;
  return packets < fewestPackets ? null : Math.min(1, lost / packets);
}

/** 1, 2 or 5 times a power of ten. */
function topOf(values: readonly (number | null)[], least: number): number {
  const most = Math.max(least, ...values.map((value) => value ?? 0));
  if (most === least) return least;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5, 10].find((times) => most <= times * power) ?? 10) * power;
}

/**
 * A line through the values as the `d` of an SVG path, broken where there are none; the newest value is at the right edge.
 * `capacity`: how many values fit.
 */
export function lineOf(
  values: readonly (number | null)[],
  { top, width, height, capacity }: { top: number; width: number; height: number; capacity: number },
): string {
  const first = capacity - values.length;
  let down = false;
  const parts = values.map((value, at) => {
    if (value === null) {
      down = false;
      return "";
    }
    const x = (((first + at) / (capacity - 1)) * width).toFixed(1);
    const y = (height - (Math.min(value, top) / top) * height).toFixed(1);
    // A value that stands alone is a dot: a line of no length, with round ends.
    const step = down ? `L${x} ${y}` : `M${x} ${y}h0`;
    down = true;
    return step;
  });
  return parts.join("");
}
