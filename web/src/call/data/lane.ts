type Data = string | ArrayBuffer | Uint8Array<ArrayBuffer>;

/** In bytes that wait to be sent. */
const maxWaiting = 1_048_576;

/** One data channel to one participant; what is sent before it is open waits. */
export class Lane {
  readonly #channel: RTCDataChannel;
  #waiting: Data[] = [];
  #waitingSize = 0;

  constructor(channel: RTCDataChannel) {
    this.#channel = channel;
    channel.onopen = () => {
      for (const data of this.#waiting) this.#push(data);
      this.#waiting = [];
      this.#waitingSize = 0;
    };
  }

  /** Open, or about to be. */
  get open(): boolean {
    return this.#channel.readyState === "connecting" || this.#channel.readyState === "open";
  }

  /** False: it was not sent, because too much waits already. */
  send(data: Data, size: number): boolean {
    if (this.#waitingSize + this.#channel.bufferedAmount + size > maxWaiting) return false;
    if (this.#channel.readyState === "open") return this.#push(data);
    this.#waiting.push(data);
    this.#waitingSize += size;
    return true;
  }

  #push(data: Data): boolean {
    try {
      // One call for each, because they are overloads.
      if (typeof data === "string") this.#channel.send(data);
      else if (data instanceof ArrayBuffer) this.#channel.send(data);
      else this.#channel.send(data);
      return true;
    } catch {
      // What a browser can hold is its own affair, and it says so by throwing.
      return false;
    }
  }
}
