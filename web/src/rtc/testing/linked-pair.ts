import { Journal } from "../journal/journal.js";
import { type LinkPath, PeerLink } from "../peer-link.js";
import type { Signal } from "../negotiation.js";
import type { Envelope } from "../peer-channel.js";
import { FakePeerConnection } from "./fake-peer-connection.js";

/** One end of a pair: a link over a fake connection, and what it said. */
export class End {
  readonly connection = new FakePeerConnection();
  readonly link: PeerLink;
  readonly journal = new Journal();
  readonly errors: unknown[] = [];
  readonly messages: Envelope[] = [];
  /** Labels of the data channels that the other end has opened. */
  readonly channels: string[] = [];
  ready = 0;
  readonly paths: LinkPath[] = [];
  /** Descriptions of other connections. */
  readonly foreign: string[] = [];
  /** How often it was said that only a new connection helps. */
  broken = 0;
  /** Signals under way to the other end. */
  outbox: Signal[] = [];
  freshServers: readonly RTCIceServer[] | null = null;
  freshIceServers = (): Promise<readonly RTCIceServer[] | null> => Promise.resolve(this.freshServers);

  constructor(options: { polite: boolean; offersFirst: boolean }) {
    this.link = new PeerLink(
      {
        ...options,
        journal: this.journal,
        id: "the only one",
        iceServers: [{ urls: "stun:first.test" }],
        createConnection: (configuration) => {
          this.connection.setConfiguration(configuration);
          return this.connection.asConnection();
        },
      },
      {
        onSignal: (signal) => void this.outbox.push(signal),
        onChange: () => void this.paths.push(this.link.path),
        onReady: () => void (this.ready += 1),
        onMessage: (message) => void this.messages.push(message),
        onChannel: ({ label }) => void this.channels.push(label),
        onError: (error) => void this.errors.push(error),
        onForeign: ({ type }) => void this.foreign.push(type),
        onBroken: () => void (this.broken += 1),
        freshIceServers: () => this.freshIceServers(),
      },
    );
  }

  receive(signal: Signal): void {
    if (signal.type === "candidate") void this.link.handleCandidate(signal.candidate);
    else void this.link.handleDescription(signal);
  }

  transceiver(mid: string) {
    return this.connection.getTransceivers().find((transceiver) => transceiver.mid === mid);
  }
}

/** Two ends and the wire between them, on which signals wait until the test lets them arrive. */
export class LinkedPair {
  readonly polite: End;
  readonly impolite: End;

  constructor(firstOfferer: "polite" | "impolite" = "impolite") {
    this.polite = new End({ polite: true, offersFirst: firstOfferer === "polite" });
    this.impolite = new End({ polite: false, offersFirst: firstOfferer === "impolite" });
  }

  start(): void {
    this.polite.link.start();
    this.impolite.link.start();
  }

  /** Everything under way now arrives, on both sides at the same moment. */
  async deliver(): Promise<void> {
    await idle();
    const toImpolite = this.polite.outbox.splice(0);
    const toPolite = this.impolite.outbox.splice(0);
    for (const signal of toImpolite) this.impolite.receive(signal);
    for (const signal of toPolite) this.polite.receive(signal);
    await idle();
  }

  /** Until nothing is under way any more. */
  async settle(): Promise<void> {
    for (let round = 0; round < 60; round += 1) {
      await this.deliver();
      if (this.polite.outbox.length === 0 && this.impolite.outbox.length === 0) return;
    }
    throw new Error("the ends never stop negotiating");
  }
}

/** Lets everything happen that needs no time. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}
