import type { IconName } from "../icons.js";
import type { Strings } from "../strings/en.js";

/** What can be done with a tile. */
export type TileAction = "pin" | "full-screen" | "details" | "manage";

export interface TileActionEntry {
  readonly action: TileAction;
  readonly name: string;
  readonly icon: IconName;
}

export interface TileSubject {
  /** What stands on the tile. */
  readonly label: string;
  /** Whose connection can be told of; null: there is none, or it is told at another tile. */
  readonly peer: string | null;
  /** The person at this page is a host, and may do something about that one. */
  readonly manageable: boolean;
  readonly pinned: boolean;
  readonly full: boolean;
}

/** All that a tile's menu offers, in the order in which it stands there. */
export function tileActions(
  { label, peer, manageable, pinned, full }: TileSubject,
  strings: Strings,
): readonly TileActionEntry[] {
  return [
    ...(full ? [] : [pinAction({ label, pinned }, strings)]),
    {
      action: "full-screen",
      name: full ? strings.exitFullScreen : strings.fullScreen(label),
      icon: full ? "fullScreenOff" : "fullScreen",
    },
    ...(peer === null ? [] : [{ action: "details", name: strings.details(peer), icon: "path" } as const]),
    ...(peer === null || !manageable
      ? []
      : [{ action: "manage", name: strings.manage(peer), icon: "shield" } as const]),
  ];
}

export function pinAction({ label, pinned }: Pick<TileSubject, "label" | "pinned">, strings: Strings): TileActionEntry {
  return {
    action: "pin",
    name: pinned ? strings.unpin(label) : strings.pin(label),
    icon: "pin",
  };
}
