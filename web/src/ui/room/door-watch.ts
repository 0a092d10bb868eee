import type { Hosting, HostingState } from "../../call/doors/hosting.js";
import { loadDoors } from "../load-doors.js";

export interface DoorWatchHandlers {
  /** The state is another one. */
  onChange(): void;
  /** Somebody has come to the door. */
  onKnock(name: string): void;
}

/** Follows the doors of a call for its view, and loads what answers them when somebody stands there or asks. */
export class DoorWatch {
  readonly #handlers: DoorWatchHandlers;
  #state: HostingState | null = null;
  #end: () => void = () => {};

  constructor(handlers: DoorWatchHandlers) {
    this.#handlers = handlers;
  }

  get waiting(): HostingState["waiting"] {
    return this.#state?.waiting ?? [];
  }

  /** The id of the host who asks for silence; null: nobody does. */
  get muteAskedBy(): string | null {
    return this.#state?.muteAskedBy ?? null;
  }

  follow(hosting: Pick<Hosting, "state" | "subscribe">): void {
    this.#end();
    this.#state = null;
    this.#end = hosting.subscribe((state) => this.#handle(state));
    this.#handle(hosting.state);
  }

  close(): void {
    this.#end();
  }

  #handle(next: HostingState): void {
    const known = new Set(this.waiting.map(({ id }) => id));
    this.#state = next;
    // What could not be loaded is asked for again with the next change.
    if (next.waiting.length > 0 || next.muteAskedBy !== null) void loadDoors().catch(() => {});
    this.#handlers.onChange();
    for (const { id, name } of next.waiting) if (!known.has(id)) this.#handlers.onKnock(name);
  }
}
