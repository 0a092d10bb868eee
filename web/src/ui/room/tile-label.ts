import type { Strings } from "../strings/en.js";

export interface Labelled {
  readonly name: string;
  /** Of the person at this browser. */
  readonly own: boolean;
  readonly source: "camera" | "screen";
}

/** What stands on a tile, and by what name its buttons speak of it. */
export function tileLabel({ name, own, source }: Labelled, strings: Strings): string {
  if (source === "screen") return own ? strings.yourScreen : strings.screenOf(name);
  return own ? strings.withYou(name) : name;
}
