import type { MediaState } from "../../call/state.js";
import type { IconName } from "../icons.js";
import type { Strings } from "../strings/en.js";
import type { LayoutChoice } from "./layout/room-view.js";
import type { PanelName } from "./panel-name.js";

/** What a control does: the effect of the first three and of `leave` is outside the room's view. */
export type Control =
  | "microphone"
  | "camera"
  | "screen"
  | "reactions"
  | "hand"
  | "copy-link"
  | "layout"
  | "own-picture"
  | "incoming"
  | "record"
  | "leave"
  | PanelName;

/** A button of the call. Its name says what pressing does, so it changes with the state. */
export interface ControlEntry {
  readonly control: Control;
  readonly name: string;
  readonly icon: IconName;
  /** A device that is off, something that goes on, the end of it all. */
  readonly look: "plain" | "off" | "on" | "leave";
  /** Who has the least place keeps these beside the others: 0 always, the rest as long as there is room, by their number. */
  readonly rank: number;
  /** What it opens is open; undefined: it opens nothing. */
  readonly expanded?: boolean;
  /** Shown beside it, no part of its name. */
  readonly count?: number | undefined;
  /** What a screen reader says of it after its name. */
  readonly description?: string | undefined;
}

export interface ControlState {
  /** What the person has turned on, whether or not it reaches the others at the moment. */
  readonly media: MediaState;
  readonly canShareScreen: boolean;
  readonly panel: PanelName | null;
  readonly people: number;
  /** Messages that have not been read. */
  readonly unread: number;
  /** The reactions to choose from are shown. */
  readonly reacting: boolean;
  /** Files that others offer and nobody has answered for. */
  readonly offers: number;
  /** The person's hand is raised. */
  readonly handRaised: boolean;
  /** The person decides who enters. */
  readonly host: boolean;
  /** People at the door. */
  readonly waiting: number;
  /** Whether the person records the call; null: this browser cannot. */
  readonly recording: boolean | null;
  /** The link has just been copied. */
  readonly copied: boolean;
  /** How the tiles are arranged at the moment. */
  readonly layout: LayoutChoice;
  /** The person does not want to see themselves. */
  readonly ownHidden: boolean;
  /** The others' cameras are not received. */
  readonly audioOnly: boolean;
}

/** All controls of a call, in the order in which they stand. */
export function controlEntries(state: ControlState, strings: Strings): readonly ControlEntry[] {
  const { media } = state;
  const opens = (panel: PanelName): { control: Control; look: "plain"; expanded: boolean } => ({
    control: panel,
    look: "plain",
    expanded: state.panel === panel,
  });
  return [
    {
      control: "microphone",
      name: media.microphone ? strings.mute : strings.unmute,
      icon: media.microphone ? "microphone" : "microphoneOff",
      look: media.microphone ? "plain" : "off",
      rank: 0,
    },
    {
      control: "camera",
      name: media.camera ? strings.cameraOff : strings.cameraOn,
      icon: media.camera ? "camera" : "cameraOff",
      look: media.camera ? "plain" : "off",
      rank: 0,
    },
    ...(state.canShareScreen || media.screen
      ? [
          {
            control: "screen",
            name: media.screen ? strings.stopSharing : strings.shareScreen,
            icon: media.screen ? "screenOff" : "screen",
            look: media.screen ? "on" : "plain",
            rank: 3,
          } as const,
        ]
      : []),
    {
      control: "reactions",
      name: strings.reactions,
      icon: "reactions",
      look: "plain",
      rank: 2,
      expanded: state.reacting,
    },
    {
      control: "hand",
      name: state.handRaised ? strings.lowerHand : strings.raiseHand,
      icon: "hand",
      look: state.handRaised ? "on" : "plain",
      rank: 3,
    },
    {
      ...opens("chat"),
      name: strings.chat,
      icon: "chat",
      rank: 1,
      ...(state.unread > 0 ? { count: state.unread, description: strings.unread(state.unread) } : {}),
    },
    { ...opens("participants"), name: strings.participants, icon: "people", rank: 2, count: state.people },
    {
      ...opens("files"),
      name: strings.files,
      icon: "files",
      rank: 6,
      ...(state.offers > 0 ? { count: state.offers, description: strings.filesOffered(state.offers) } : {}),
    },
    {
      control: "copy-link",
      name: strings.copyLink,
      icon: state.copied ? "check" : "link",
      look: "plain",
      rank: 4,
    },
    ...(state.host
      ? [
          {
            ...opens("host"),
            name: strings.hostControls,
            icon: "shield",
            rank: 4,
            ...(state.waiting > 0 ? { count: state.waiting, description: strings.peopleWait(state.waiting) } : {}),
          } as const,
        ]
      : []),
    { ...opens("settings"), name: strings.settings, icon: "settings", rank: 5 },
    {
      control: "layout",
      name: state.layout === "grid" ? strings.speakerView : strings.gridView,
      icon: state.layout === "grid" ? "speaker" : "grid",
      look: "plain",
      rank: 6,
    },
    {
      control: "own-picture",
      name: state.ownHidden ? strings.showOwn : strings.hideOwn,
      icon: "eye",
      look: "plain",
      rank: 7,
    },
    {
      control: "incoming",
      name: state.audioOnly ? strings.incomingOn : strings.incomingOff,
      icon: "sound",
      look: state.audioOnly ? "on" : "plain",
      rank: 8,
    },
    { ...opens("statistics"), name: strings.statistics, icon: "path", rank: 9 },
    ...(state.recording === null
      ? []
      : [
          {
            control: "record",
            name: state.recording ? strings.stopRecording : strings.record,
            icon: "record",
            look: state.recording ? "on" : "plain",
            rank: 8,
          } as const,
        ]),
    { control: "leave", name: strings.leave, icon: "leave", look: "leave", rank: 0 },
  ];
}

/** Which of them stand in a bar with place for `places` buttons, and which in the menu that takes one of the places. */
export function arrange(
  entries: readonly ControlEntry[],
  places: number,
): { readonly bar: readonly ControlEntry[]; readonly menu: readonly ControlEntry[] } {
  if (entries.length <= places) return { bar: entries, menu: [] };
  // Of the same rank, those that stand first.
  const kept = new Set(
    [...entries]
      .sort((a, b) => a.rank - b.rank)
      .filter((entry, at) => entry.rank === 0 || at < places - 1)
      .map(({ control }) => control),
  );
  return {
    bar: entries.filter(({ control }) => kept.has(control)),
    menu: entries.filter(({ control }) => !kept.has(control)),
  };
}
