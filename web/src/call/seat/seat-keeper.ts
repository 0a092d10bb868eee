import type { TurnedOn } from "../devices/local-media.js";
import { SeatLock, type SeatLocks } from "./seat-lock.js";

/** The part of `Storage` that is used; it may refuse, and then the seat is kept in memory only. */
export type SeatStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export interface SeatKeeperOptions {
  readonly server: string;
  readonly room: string;
  /** `sessionStorage`. */
  readonly storage?: SeatStorage | undefined;
  /** `navigator.locks`; undefined where the page has none, and then no seat outlives its page. */
  readonly locks?: SeatLocks | undefined;
}

export interface Seat {
  /** The participant's. */
  readonly id: string;
  readonly token: string;
}

/** What the page that had the seat wrote down. */
export interface KeptSeat extends Seat {
  readonly name: string;
  readonly on: TurnedOn;
}

interface StoredSeat extends KeptSeat {
  /** By this computer's clock, in milliseconds since 1970. */
  readonly seenAt: number;
  /** How long the server holds the seat without a connection, in milliseconds. */
  readonly grace: number;
}

/** How often it is written down that the page is still there (milliseconds): some pages end without a word. */
const writeInterval = 5_000;

/**
 * Keeps the seat in one room of one server: in memory for reconnects, and in the tab's storage for the next page load of
 * this tab. Browsers copy that storage into a duplicated tab, so only the holder of a lock takes a seat out of it.
 */
export class SeatKeeper {
  readonly #key: string;
  readonly #storage: SeatStorage | undefined;
  readonly #lock: SeatLock;
  #seat: Seat | null = null;
  #name = "";
  #grace = 0;
  #on: TurnedOn = { microphone: "off", camera: false };
  #written = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor({ server, room, storage, locks }: SeatKeeperOptions) {
    this.#key = `parley.seat ${server} ${room.normalize("NFC").toLowerCase()}`;
    this.#storage = storage;
    this.#lock = new SeatLock(locks);
  }

  /** What to join with; null: as a newcomer. */
  get seat(): Seat | null {
    return this.#seat;
  }

  /** What was on when the call was last here. */
  get on(): TurnedOn {
    return this.#on;
  }

  /** Whether the next page load of this tab finds the seat, so that leaving the page need not be leaving the call. */
  get keeps(): boolean {
    return this.#written && this.#lock.held;
  }

  /**
   * At page load: whether this tab had a seat until a moment ago. An older one does not count: nobody wants to be put into
   * yesterday's call with the camera on.
   */
  get expected(): boolean {
    return this.#read() !== null;
  }

  /** Takes that seat; null when another page has it. */
  async reclaim(): Promise<KeptSeat | null> {
    const kept = this.#read();
    if (!kept) {
      this.forget();
      return null;
    }
    if (!(await this.#lock.acquire(kept.id))) {
      // The record stays: it may be that of another call on this very page.
      this.#stop();
      return null;
    }
    this.#seat = kept;
    this.#name = kept.name;
    this.#grace = kept.grace;
    this.#on = kept.on;
    this.#stay();
    return kept;
  }

  /** The server has given a seat, or given it again. */
  async handleAdmission(seat: Seat, name: string, grace: number): Promise<void> {
    this.#seat = seat;
    this.#name = name;
    this.#grace = grace;
    if ((await this.#lock.acquire(seat.id)) && this.seat?.id === seat.id) this.#stay();
  }

  /** The server has given another token for the same seat. */
  handleToken(token: string): void {
    if (this.#seat === null) return;
    this.#seat = { id: this.#seat.id, token };
    this.#write();
  }

  /** What is on now. */
  note(on: TurnedOn): void {
    if (on.microphone === this.#on.microphone && on.camera === this.#on.camera) return;
    this.#on = on;
    this.#write();
  }

  /** The page is being left, perhaps for good: the seat waits in the storage. */
  rest(): void {
    this.#write();
    this.#stop();
  }

  /** Another page has taken the seat. It is still known here, for the person may want to take it back. */
  cede(): void {
    this.#stop();
    this.#erase();
  }

  /** The seat is given up. */
  forget(): void {
    this.cede();
    this.#seat = null;
  }

  #stay(): void {
    this.#write();
    this.#timer ??= setInterval(() => this.#write(), writeInterval);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#lock.release();
  }

  #read(): StoredSeat | null {
    try {
      const stored = parse(JSON.parse(this.#storage?.getItem(this.#key) ?? "null"));
      return stored && Math.abs(Date.now() - stored.seenAt) <= stored.grace ? stored : null;
    } catch {
      return null;
    }
  }

  #write(): void {
    if (!this.#seat || !this.#storage || !this.#lock.held) return;
    const { id, token } = this.#seat;
    const stored: StoredSeat = {
      id,
      token,
      name: this.#name,
      on: this.#on,
      seenAt: Date.now(),
      grace: this.#grace,
    };
    try {
      this.#storage.setItem(this.#key, JSON.stringify(stored));
      this.#written = true;
    } catch {
      this.#written = false;
    }
  }

  #erase(): void {
    this.#written = false;
    try {
      this.#storage?.removeItem(this.#key);
    } catch {
      // What cannot be written cannot be read either.
    }
  }
}

function parse(value: unknown): StoredSeat | null {
  if (!isRecord(value)) return null;
  const { id, token, name, on, seenAt, grace } = value;
  if (typeof id !== "string" || typeof token !== "string" || typeof name !== "string" || !isRecord(on)) return null;
  if (typeof seenAt !== "number" || typeof grace !== "number") return null;
  const { microphone, camera } = on;
  return {
    id,
    token,
    name,
    on: { microphone: microphone === "on" || microphone === "muted" ? microphone : "off", camera: camera === true },
    seenAt,
    grace,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
