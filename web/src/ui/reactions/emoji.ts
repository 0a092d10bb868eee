import type { ReactionKind } from "../../call/reactions/reactions.js";

/** How each reaction is shown. */
export const emoji: Readonly<Record<ReactionKind, string>> = {
  "thumbs-up": "👍",
  heart: "❤️",
  laughing: "😂",
  surprised: "😮",
  applause: "👏",
};
