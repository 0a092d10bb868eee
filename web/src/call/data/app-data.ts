import type { Correspondent, Exchange } from "../exchange/exchange.js";
import { Lane } from "./lane.js";

export interface SendOptions {
  /** Ids of participants; default: everybody who can be reached. */
  readonly to?: string | readonly string[] | undefined;
  /** Default true. False: what is late does not hold up what comes after it. */
  readonly ordered?: boolean | undefined;
  /** Default true. False: sent once, and lost if the network loses it. */
  readonly reliable?: boolean | undefined;
}

/** What an application around a call is told. */
export type AppEvent =
  | {
      readonly kind: "data";
      readonly channel: string;
      /** The sender's id and name. */
      readonly from: string;
      readonly name: string;
      readonly data: string | ArrayBuffer;
    }
  /** Can be sent something from now on; also when it is back. */
  | { readonly kind: "reach"; readonly id: string; readonly name: string }
  | { readonly kind: "loss"; readonly id: string; readonly name: string };

/** In bytes; of a string, those of its UTF-8. */
export const maxDataSize = 65_536;
/** Of one participant, in one direction: each name, ordered or not, reliable or not, is one. */
export const mostLanes = 16;

const kind = "app";
const namePattern = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * Whatever an application wants to tell the other participants' pages, on channels that it names. Each page opens a data channel
 * of its own to each other page when it first sends something, and sends on it alone.
 *
 * What arrives was written by the application in somebody else's browser, or by somebody who only says so.
 */
export class AppData {
  readonly #exchange: Exchange;
  /** By participant, and then by name and kind. */
  readonly #lanes = new Map<string, Map<string, Lane>>();
  /** Channels that others have opened, by participant. */
  readonly #heard = new Map<string, Set<RTCDataChannel>>();
  readonly #listeners = new Set<(event: AppEvent) => void>();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    exchange.acceptChannels(kind, (channel, from) => this.#handleChannel(channel, from));
    exchange.onReach(({ id, name }) => this.#tell({ kind: "reach", id, name }));
    exchange.onLoss(({ id, name }) => {
      this.#lanes.delete(id);
      for (const channel of this.#heard.get(id) ?? []) channel.onmessage = null;
      this.#heard.delete(id);
      this.#tell({ kind: "loss", id, name });
    });
  }

  /** Returns what ends the subscription. */
  subscribe(listener: (event: AppEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Sends a string or bytes, at most {@link maxDataSize} of them, on the channel of this name: 1 to 64 of `A-Z a-z 0-9 _ . -`.
   * Returns the ids of those to whom it is on its way; who is missing cannot be reached, or is sent more than its connection
   * takes (1 MiB waits already).
   *
   * Throws a TypeError or RangeError when a name or size is not allowed, or there are more than {@link mostLanes} channels.
   */
  send(channel: string, data: string | ArrayBuffer | ArrayBufferView, options: SendOptions = {}): string[] {
    const { to, ordered = true, reliable = true } = options;
    if (!namePattern.test(channel)) throw new TypeError(`"${channel}" cannot be the name of a channel`);
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
      : data;
    const size = typeof bytes === "string" ? new TextEncoder().encode(bytes).length : bytes.byteLength;
    if (size > maxDataSize) throw new RangeError(`${size} bytes are more than ${maxDataSize}`);
    const recipients = to === undefined ? this.#exchange.reachable.map(({ id }) => id) : [to].flat();
    return recipients.filter((id) => this.#lane(id, channel, ordered, reliable)?.send(bytes, size) ?? false);
  }

  /** Opened when it is first needed. */
  #lane(to: string, name: string, ordered: boolean, reliable: boolean): Lane | null {
    const lanes = this.#lanes.get(to) ?? new Map<string, Lane>();
    const key = `${name} ${ordered} ${reliable}`;
    const known = lanes.get(key);
    if (known?.open) return known;
    if (!known && lanes.size >= mostLanes) throw new RangeError(`more than ${mostLanes} channels`);
    const options = { ordered, ...(reliable ? {} : { maxRetransmits: 0 }) };
    const channel = this.#exchange.openChannel(to, kind, name, options);
    if (!channel) return null;
    const lane = new Lane(channel);
    lanes.set(key, lane);
    this.#lanes.set(to, lanes);
    return lane;
  }

  #handleChannel(channel: RTCDataChannel, from: Correspondent): void {
    const name = channel.label.slice(kind.length + 1);
    const heard = this.#heard.get(from.id) ?? new Set();
    if (!namePattern.test(name) || heard.size >= mostLanes) {
      channel.close();
      return;
    }
    this.#heard.set(from.id, heard.add(channel));
    channel.addEventListener("close", () => heard.delete(channel), { once: true });
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // A string of so many bytes has at most as many code units; nobody who keeps to the rules sends more.
      if (typeof data === "string" ? data.length <= maxDataSize : data instanceof ArrayBuffer && fits(data)) {
        this.#tell({ kind: "data", channel: name, from: from.id, name: from.name, data: data as string | ArrayBuffer });
      } else {
        channel.close();
      }
    };
  }

  #tell(event: AppEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function fits(data: ArrayBuffer): boolean {
  return data.byteLength <= maxDataSize;
}
