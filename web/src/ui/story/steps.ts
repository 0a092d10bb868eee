import type { ConnectionReading, Milestone, StoryReading } from "../../call/story/reading.js";
import type { Words } from "../strings/en.js";
import type { StoryStrings } from "../strings/en-story.js";

/** Something that happens once; `at` in milliseconds since Join, null: not yet. */
export interface Step extends Words {
  readonly key: string;
  readonly at: number | null;
}

/** In the order in which they usually come; two ends, two orders, so those that came are sorted by time. */
const order: readonly Exclude<Milestone, "offer" | "answer">[] = [
  "candidate",
  "checking",
  "path",
  "keys",
  "channel",
  "audio",
  "video",
  "frame",
];

/** The way to the server; older losses and returns included. */
export function signallingSteps({ signalling }: StoryReading, strings: StoryStrings): Step[] {
  const steps = signalling.map(({ at, step }, index) => ({ key: `${step} ${index}`, at, ...strings.signalling[step] }));
  return inOrder([{ key: "pressed", at: 0, ...strings.pressedJoin }, ...steps]);
}

/** What carries messages to the server now; null: nothing does. */
export function signallingNow(signalling: StoryReading["signalling"]): "polling" | "websocket" | null {
  const newest = signalling.findLast(({ step }) => ["polling", "websocket", "lost", "closed"].includes(step))?.step;
  return newest === "polling" || newest === "websocket" ? newest : null;
}

/** From the making of a connection to the first picture. What a closed connection never reached is left out. */
export function connectionSteps(connection: ConnectionReading, strings: StoryStrings): Step[] {
  const { milestones, offersFirst, openedAt, closedAt } = connection;
  const at = (milestone: Milestone): number | null => milestones[milestone] ?? null;
  const steps: Step[] = [
    { key: "opened", at: openedAt, ...strings.opened },
    { key: "offer", at: at("offer"), ...(offersFirst ? strings.offerSent : strings.offerReceived) },
    { key: "answer", at: at("answer"), ...(offersFirst ? strings.answerReceived : strings.answerSent) },
    ...order.map((milestone) => ({ key: milestone, at: at(milestone), ...strings.milestones[milestone] })),
  ];
  return inOrder(closedAt === null ? steps : steps.filter((step) => step.at !== null));
}

/** By time; what has not come yet stays at the end, in its usual order. */
function inOrder(steps: readonly Step[]): Step[] {
  return [...steps].sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity) || 0);
}
