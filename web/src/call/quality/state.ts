import type { Mark } from "./mark.js";
import type { ScreenContent } from "./plan.js";

export type { Mark } from "./mark.js";
export type { ScreenContent } from "./plan.js";

/** What is known of how well the call goes, and what the person wants of it; immutable. */
export interface QualityState {
  /** The others' cameras are not received, and the own one was turned off. */
  readonly audioOnly: boolean;
  /** What a shared screen shows. */
  readonly content: ScreenContent;
  /** By participant; of those that are not here nothing is known yet. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** Those whose picture pauses, because their upload is not enough for more than sound. */
  readonly paused: ReadonlySet<string>;
  /** Those whose shared screen pauses for the same reason. */
  readonly pausedScreens: ReadonlySet<string>;
  /** Those with whom the code was compared; `changed`: there are other keys now, so it has to be compared again. */
  readonly verified: ReadonlyMap<string, "verified" | "changed">;
}
