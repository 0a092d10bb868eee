/** What a transceiver carries from its sender; the same words travel beside every description. */
export type Source = "microphone" | "camera" | "screen" | "screen-audio";

/** By mid: what the sender of a description sends on each of its transceivers. */
export type Sources = Readonly<Record<string, Source>>;

export const everySource: readonly Source[] = ["microphone", "camera", "screen", "screen-audio"];

export function kindOf(source: Source): "audio" | "video" {
  return source === "camera" || source === "screen" ? "video" : "audio";
}
