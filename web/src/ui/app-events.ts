import type { AppEvent } from "../call/index.js";

/** What another page has sent. Detail of the event `parley-data`. */
export interface DataMessage {
  readonly channel: string;
  /** The sender's id and name. */
  readonly from: string;
  readonly name: string;
  readonly data: string | ArrayBuffer;
}

/** Who can be reached by `send` from now on, or cannot any more. Detail of `parley-reach` and `parley-loss`. */
export interface ReachedParticipant {
  readonly id: string;
  readonly name: string;
}

/** As the page around a call is told. */
export function appEvent({ kind, ...detail }: AppEvent): { readonly type: string; readonly detail: object } {
  return { type: `parley-${kind}`, detail };
}
