import type { Call } from "../../call/index.js";

/** The parts of a call that its view speaks to itself; what the whole page decides (devices, leaving) goes up as events. */
export type RoomSession = Pick<
  Call,
  "media" | "story" | "chat" | "reactions" | "files" | "hosting" | "quality" | "recordings"
>;
