import { FakeTrack } from "./fake-media.js";

export class FakeSender {
  /** The DTLS transport, where a test gives one. */
  transport: EventTarget | null = null;
  track: MediaStreamTrack | null;
  /** What was set last. */
  encoding: RTCRtpEncodingParameters = {};
  degradationPreference: string | undefined;
  /** Refuses so many more times to set parameters, as a browser does into which a negotiation came. */
  refusals = 0;

  constructor(track: MediaStreamTrack | null) {
    this.track = track;
  }

  get maxBitrate(): number | undefined {
    return this.encoding.maxBitrate;
  }

  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }

  getParameters(): { encodings: RTCRtpEncodingParameters[]; degradationPreference?: string } {
    const { degradationPreference } = this;
    return {
      encodings: [{ ...this.encoding }],
      ...(degradationPreference === undefined ? {} : { degradationPreference }),
    };
  }

  setParameters({ encodings, degradationPreference }: ReturnType<FakeSender["getParameters"]>): Promise<void> {
    if (this.refusals > 0) {
      this.refusals -= 1;
      return Promise.reject(new DOMException("changed meanwhile", "InvalidModificationError"));
    }
    this.encoding = { ...encodings[0] };
    this.degradationPreference = degradationPreference;
    return Promise.resolve();
  }
}

export class FakeTransceiver {
  mid: string | null = null;
  currentDirection: RTCRtpTransceiverDirection | null = null;
  readonly kind: "audio" | "video";
  readonly sender: FakeSender;
  readonly receiver: {
    readonly track: MediaStreamTrack;
    audioLevel: number | undefined;
    getSynchronizationSources: () => { audioLevel?: number }[];
  };
  readonly #onDirection: () => void;
  #direction: RTCRtpTransceiverDirection;

  constructor(
    kind: "audio" | "video",
    direction: RTCRtpTransceiverDirection,
    track: MediaStreamTrack | null,
    onDirection: () => void,
  ) {
    this.kind = kind;
    this.#direction = direction;
    this.#onDirection = onDirection;
    this.sender = new FakeSender(track);
    const receiver = {
      track: new FakeTrack(kind).asTrack(),
      audioLevel: undefined as number | undefined,
      getSynchronizationSources: () => (receiver.audioLevel === undefined ? [] : [{ audioLevel: receiver.audioLevel }]),
    };
    this.receiver = receiver;
  }

  get direction(): RTCRtpTransceiverDirection {
    return this.#direction;
  }

  set direction(direction: RTCRtpTransceiverDirection) {
    this.#direction = direction;
    this.#onDirection();
  }
}

export class FakeChannel extends EventTarget {
  readonly label: string;
  readyState: RTCDataChannelState = "connecting";
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  peer: FakeChannel | null = null;

  constructor(label: string) {
    super();
    this.label = label;
  }

  send(data: string): void {
    const { peer } = this;
    queueMicrotask(() => peer?.onmessage?.({ data }));
  }

  close(): void {
    this.readyState = "closed";
    this.onclose?.();
    this.dispatchEvent(new Event("close"));
  }

  open(): void {
    this.readyState = "open";
    this.onopen?.();
    this.dispatchEvent(new Event("open"));
  }
}
