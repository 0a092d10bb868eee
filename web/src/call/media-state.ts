import type { MediaState } from "./state.js";

export function sameMedia(a: MediaState, b: MediaState | null): boolean {
  return b !== null && a.microphone === b.microphone && a.camera === b.camera && a.screen === b.screen;
}
