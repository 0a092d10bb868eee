/** What becomes of the candidates that one connection looks for. */
export interface FakeWay {
  /** Texts of candidates, in order. */
  readonly candidates?: readonly string[];
  readonly faults?: readonly { readonly errorCode: number; readonly errorText: string; readonly port?: number }[];
  /** Gathering never ends. */
  readonly endless?: boolean;
  /** Candidates there are, but what is sent between them is lost. */
  readonly lossy?: boolean;
  /** Milliseconds from one end to the other. */
  readonly delay?: number;
  /** The browser does not take such an address at all. */
  readonly refused?: boolean;
}

export function candidate(type: "host" | "srflx" | "relay", address: string, protocol = "udp"): string {
  return `candidate:1 1 ${protocol} 1 ${address} 5000 typ ${type}`;
}

/** Peer connections of one page that reach each other as `ways` say: by the address of the only ICE server, "" without one. */
export class FakeTrialNetwork {
  readonly connections: FakeTrialConnection[] = [];
  readonly #ways: Readonly<Record<string, FakeWay>>;

  constructor(ways: Readonly<Record<string, FakeWay>>) {
    this.#ways = ways;
  }

  readonly createConnection = (configuration: RTCConfiguration): RTCPeerConnection => {
    const url = String(configuration.iceServers?.[0]?.urls ?? "");
    const way = this.#ways[url] ?? {};
    if (way.refused) throw new DOMException(url, "SyntaxError");
    const connection = new FakeTrialConnection(way, configuration, this.connections.length);
    this.connections.push(connection);
    connection.find = (number) => this.connections[number];
    return connection as unknown as RTCPeerConnection;
  };
}

class FakeTrialConnection extends EventTarget {
  readonly configuration: RTCConfiguration;
  readonly onicecandidateerror = null;
  iceGatheringState: RTCIceGatheringState = "new";
  localDescription: { readonly type: string; readonly sdp: string } | null = null;
  closed = false;
  find: (number: number) => FakeTrialConnection | undefined = () => undefined;
  readonly #way: FakeWay;
  readonly #number: number;
  #other: FakeTrialConnection | undefined;
  #reachable = false;
  #channel: FakeTrialChannel | undefined;

  constructor(way: FakeWay, configuration: RTCConfiguration, number: number) {
    super();
    this.configuration = configuration;
    this.#way = way;
    this.#number = number;
  }

  createDataChannel(): FakeTrialChannel {
    this.#channel = new FakeTrialChannel(this.#way.delay ?? 0);
    return this.#channel;
  }

  setLocalDescription(): Promise<void> {
    this.localDescription = { type: "offer", sdp: String(this.#number) };
    setTimeout(() => this.#gather(), 10);
    return Promise.resolve();
  }

  setRemoteDescription({ sdp }: { sdp: string }): Promise<void> {
    this.#other = this.find(Number(sdp));
    return Promise.resolve();
  }

  addIceCandidate(): Promise<void> {
    if (!this.#other) throw new DOMException("no description", "InvalidStateError");
    this.#reachable = true;
    if (this.#other.#reachable && !this.#way.lossy) (this.#channel ? this : this.#other).#open();
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }

  #open(): void {
    if (!this.#channel || this.#channel.peer) return;
    const echo = new FakeTrialChannel(this.#way.delay ?? 0);
    [this.#channel.peer, echo.peer] = [echo, this.#channel];
    this.#other?.dispatchEvent(Object.assign(new Event("datachannel"), { channel: echo }));
    this.#channel.dispatchEvent(new Event("open"));
  }

  #gather(): void {
    if (this.closed) return;
    for (const text of this.#way.candidates ?? []) {
      this.dispatchEvent(Object.assign(new Event("icecandidate"), { candidate: { candidate: text } }));
    }
    for (const fault of this.#way.faults ?? []) {
      this.dispatchEvent(Object.assign(new Event("icecandidateerror"), fault));
    }
    if (this.#way.endless) return;
    this.iceGatheringState = "complete";
    this.dispatchEvent(Object.assign(new Event("icecandidate"), { candidate: null }));
  }
}

class FakeTrialChannel extends EventTarget {
  peer: FakeTrialChannel | undefined;
  readonly #delay: number;

  constructor(delay: number) {
    super();
    this.#delay = delay;
  }

  send(data: string): void {
    setTimeout(() => this.peer?.dispatchEvent(Object.assign(new Event("message"), { data })), this.#delay);
  }
}
