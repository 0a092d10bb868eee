import { Exchange, type Port } from "../exchange/exchange.js";

type Data = string | ArrayBuffer;

/** One end of a data channel: what is sent on it arrives at the other end later, in order, until the line is cut. */
export class LinkedChannel extends EventTarget {
  readonly label: string;
  binaryType: BinaryType = "blob";
  readyState: RTCDataChannelState = "connecting";
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  readonly ordered: boolean;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  other: LinkedChannel | null = null;
  readonly #line: Line;

  constructor(label: string, line: Line, options: RTCDataChannelInit = {}) {
    super();
    this.label = label;
    this.ordered = options.ordered ?? true;
    this.#line = line;
  }

  send(data: string | Uint8Array<ArrayBuffer> | ArrayBuffer): void {
    if (this.readyState !== "open") throw new DOMException("not open", "InvalidStateError");
    const copy: Data =
      typeof data === "string" ? data : data instanceof ArrayBuffer ? data.slice(0) : data.slice().buffer;
    const size = typeof copy === "string" ? copy.length : copy.byteLength;
    this.bufferedAmount += size;
    this.#line.carry(() => {
      this.bufferedAmount -= size;
      if (this.bufferedAmount <= this.bufferedAmountLowThreshold) this.onbufferedamountlow?.();
      this.other?.onmessage?.({ data: copy });
    });
  }

  open(): void {
    this.readyState = "open";
    this.onopen?.();
  }

  /** What was sent before still arrives. */
  close(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closing";
    this.#line.carry(() => {
      this.other?.handleClose();
      this.handleClose();
    });
  }

  handleClose(): void {
    if (this.readyState === "closed") return;
    this.readyState = "closed";
    this.onclose?.();
    this.dispatchEvent(new Event("close"));
  }

  asChannel(): RTCDataChannel {
    return this as unknown as RTCDataChannel;
  }
}

/** What lies between two pages: carries one thing after the other, and can be cut. */
export class Line {
  /** How many things it still carries before it is cut. */
  left = Infinity;
  carried = 0;
  /** Carries nothing for now; what waits goes on later. */
  paused = false;
  whole = true;
  onCut: () => void = () => {};
  readonly #waiting: (() => void)[] = [];

  carry(action: () => void): void {
    this.#waiting.push(action);
    queueMicrotask(() => this.#next());
  }

  resume(): void {
    this.paused = false;
    for (let count = this.#waiting.length; count > 0; count -= 1) queueMicrotask(() => this.#next());
  }

  cut(): void {
    if (!this.whole) return;
    this.whole = false;
    this.#waiting.length = 0;
    this.onCut();
  }

  #next(): void {
    if (!this.whole || this.paused) return;
    const action = this.#waiting.shift();
    if (!action) return;
    this.left -= 1;
    this.carried += 1;
    action();
    if (this.left <= 0) this.cut();
  }
}

/** Two pages that can reach each other, and what each knows of the other; connected anew after each cut. */
export class LinkedPages {
  readonly errors: unknown[] = [];
  readonly ada = new Exchange((error) => this.errors.push(error));
  readonly bob = new Exchange((error) => this.errors.push(error));
  line = new Line();
  /** The channels that each has opened, in order; its own ends. */
  readonly opened: { readonly ada: LinkedChannel[]; readonly bob: LinkedChannel[] } = { ada: [], bob: [] };
  incarnations = { ada: 1, bob: 1 };

  /** `left`: how many things the connection carries. */
  connect(left = Infinity): void {
    const line = new Line();
    line.left = left;
    this.line = line;
    line.onCut = () => {
      for (const channel of [...this.opened.ada, ...this.opened.bob]) {
        // As a browser does it: the connection is gone, and its channels say nothing.
        channel.readyState = "closed";
        if (channel.other) channel.other.readyState = "closed";
      }
      this.ada.handleGone("bob");
      this.bob.handleGone("ada");
    };
    const adaAtBob = this.#port("ada", "bob", line);
    const bobAtAda = this.#port("bob", "ada", line);
    this.ada.handleReady(bobAtAda);
    this.bob.handleReady(adaAtBob);
  }

  /** What `owner` needs to reach `id`. */
  #port(id: "ada" | "bob", owner: "ada" | "bob", line: Line): Port {
    const remote = this[id];
    return {
      id,
      incarnation: this.incarnations[id],
      name: id === "ada" ? "Ada" : "Bob",
      post: () => line.whole,
      openChannel: (label, options) => {
        if (!line.whole) return null;
        const near = new LinkedChannel(label, line, options);
        const far = new LinkedChannel(label, line, options);
        near.other = far;
        far.other = near;
        this.opened[owner].push(near);
        line.carry(() => {
          far.readyState = "open";
          remote.handleChannel(far.asChannel(), {
            id: owner,
            incarnation: this.incarnations[owner],
            name: owner === "ada" ? "Ada" : "Bob",
          });
          near.open();
        });
        return near.asChannel();
      },
    };
  }
}
