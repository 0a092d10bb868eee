/**
 * How large the pictures of one participant are shown here: how many lines (pixels of this screen) of the whole picture, what is
 * cut off at the edges included. More than these a sender sends in vain. 0: not shown, because it is on another page, behind
 * a picture that fills the room, or not shared. A camera that is off counts as shown, so that it is right when it is turned on.
 */
export interface ShownSize {
  readonly camera: number;
  readonly screen: number;
}

/** By participant id; every remote participant is there. */
export type ShownSizes = ReadonlyMap<string, ShownSize>;
