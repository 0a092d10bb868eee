import { FakeTrack } from "./fake-media.js";

export class FakeSender {
  /** The DTLS transport, where a test gives one. */
  transport: EventTarget | null = null;
  track: MediaStreamTrack | null;
  maxBitrate: number | undefined;

  constructor(track: MediaStreamTrack | null) {
    this.track = track;
  }

  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }

  getParameters(): { encodings: { maxBitrate?: number }[] } {
    return { encodings: [this.maxBitrate === undefined ? {} : { maxBitrate: this.maxBitrate }] };
  }

  setParameters({ encodings }: { encodings: { maxBitrate?: number }[] }): Promise<void> {
    this.maxBitrate = encodings[0]?.maxBitrate;
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

  open(): void {
    this.readyState = "open";
    this.onopen?.();
    this.dispatchEvent(new Event("open"));
  }
}
