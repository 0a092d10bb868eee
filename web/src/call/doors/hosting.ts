import type {
  Admission,
  Doors,
  DoorsChange,
  Result,
  ServerMessage,
  Signalling,
  Waiting,
} from "../../signalling/index.js";

export type { Doors, DoorsChange, Waiting } from "../../signalling/index.js";

/** What is known of the doors of the room, and what a host has asked of this participant. */
export interface HostingState {
  readonly doors: Doors;
  /** Who stands at the door, in order of arrival; empty for who is no host. */
  readonly waiting: readonly Waiting[];
  /** The id of the host who asks this participant to turn its microphone off; null: nobody does. */
  readonly muteAskedBy: string | null;
}

/** Why what was asked of the server did not come about. */
export type HostingProblem =
  /** There is no place for whom was to be let in. */
  | "room-full"
  /** Only a host may do that, and this participant is none any more. */
  | "forbidden"
  /** Whom it is about is not there any more. */
  | "gone"
  /** The server is out of reach, or did not understand. */
  | "unreachable";

type Port = Pick<Signalling, "hand" | "doors" | "decide" | "handOver" | "askToMute" | "end">;

const openDoors: Doors = { locked: false, waitingRoom: false, passcode: false };
const nothing: HostingState = { doors: openDoors, waiting: [], muteAskedBy: null };

/**
 * Raised hands, and what hosts do: the doors, who waits before them, removing, handing over, ending. The server keeps the rules (it
 * answers everybody else "forbidden"); every request tells why it failed, or null.
 */
export class Hosting {
  readonly #port: () => Port | null;
  readonly #listeners = new Set<(state: HostingState) => void>();
  #state = nothing;

  /** `port`: the way to the server while this participant is in the room. */
  constructor(port: () => Port | null) {
    this.#port = port;
  }

  /** An immutable snapshot; a new object after every change. */
  get state(): HostingState {
    return this.#state;
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (state: HostingState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** One's own hand. */
  raiseHand(raised: boolean): Promise<HostingProblem | null> {
    return this.#ask((port) => port.hand(raised));
  }

  lowerHand(id: string): Promise<HostingProblem | null> {
    return this.#ask((port) => port.decide("lowerHand", id));
  }

  /** A passcode is compared as it is written: it is trimmed and composed (NFC) here as it is where people type it. */
  setDoors(change: DoorsChange): Promise<HostingProblem | null> {
    const { passcode } = change;
    const sent = typeof passcode === "string" ? { ...change, passcode: asPasscode(passcode) } : change;
    return this.#ask((port) => port.doors(sent));
  }

  admit(id: string): Promise<HostingProblem | null> {
    return this.#ask((port) => port.decide("admit", id));
  }

  /** As many as there is place for, in order of arrival. */
  async admitAll(): Promise<HostingProblem | null> {
    for (const { id } of this.#state.waiting) {
      const problem = await this.admit(id);
      // Who has gone meanwhile takes no place from the next one.
      if (problem !== null && problem !== "gone") return problem;
    }
    return null;
  }

  deny(id: string): Promise<HostingProblem | null> {
    return this.#ask((port) => port.decide("deny", id));
  }

  remove(id: string): Promise<HostingProblem | null> {
    return this.#ask((port) => port.decide("remove", id));
  }

  handOver(to: string): Promise<HostingProblem | null> {
    return this.#ask((port) => port.handOver(to));
  }

  /** Null: everybody who is no host. Nobody is muted by somebody else: they are asked. */
  askToMute(to: string | null): Promise<HostingProblem | null> {
    return this.#ask((port) => port.askToMute(to));
  }

  /** The call, for everybody. */
  end(): Promise<HostingProblem | null> {
    return this.#ask((port) => port.end());
  }

  /** The person has answered a host who asked for silence, in whatever way. */
  answerMute(): void {
    this.#become({ muteAskedBy: null });
  }

  handleAdmission({ doors, waiting }: Admission): void {
    this.#become({ doors, waiting });
  }

  /** `self`: this participant's id. `audible`: its microphone is on. */
  handleMessage(message: ServerMessage, self: string | undefined, audible: boolean): void {
    switch (message.type) {
      case "doors":
        this.#become({ doors: message.doors });
        break;
      case "waiting":
        this.#become({ waiting: message.waiting });
        break;
      case "role":
        // The list is for hosts, and it is not told any more.
        if (message.id === self && message.role !== "host") this.#become({ waiting: [] });
        break;
      case "muteAsked":
        if (audible) this.#become({ muteAskedBy: message.from });
        break;
      default:
        break;
    }
  }

  /** Outside of the room nothing of it is known. */
  handleExit(): void {
    this.#become(nothing);
  }

  async #ask(request: (port: Port) => Promise<Result>): Promise<HostingProblem | null> {
    const port = this.#port();
    const result = port && (await request(port));
    if (result?.ok === true) return null;
    switch (result?.error.code) {
      case "room-full":
      case "forbidden":
        return result.error.code;
      case "unknown-participant":
        return "gone";
      default:
        return "unreachable";
    }
  }

  #become(change: Partial<HostingState>): void {
    const next = { ...this.#state, ...change };
    if (
      next.doors === this.#state.doors &&
      next.waiting === this.#state.waiting &&
      next.muteAskedBy === this.#state.muteAskedBy
    ) {
      return;
    }
    this.#state = next;
    for (const listener of this.#listeners) listener(next);
  }
}

/** What two people mean who type the same passcode in different ways. */
export function asPasscode(typed: string): string {
  return typed.normalize("NFC").trim();
}
