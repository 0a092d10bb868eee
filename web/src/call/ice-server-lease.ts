import type { IceServers } from "../signalling/index.js";

/** Renewed when this part of the credentials' life is over, so that a connection made at any moment starts with good ones. */
const renewAfter = 0.75;
/** In milliseconds. The lower bound also tames a clock that runs far from the server's; the upper one is a timer's. */
const soonest = 60_000;
const latest = 24 * 3_600_000;
/** How long servers count as fresh (milliseconds). */
const moment = 5_000;

/** The ICE servers to use now: kept fresh while the call lasts. */
export class IceServerLease {
  readonly #ask: () => Promise<IceServers | null>;
  #servers: readonly RTCIceServer[] = [];
  #receivedAt = -Infinity;
  #renewal: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** `ask` answers null when the server gives none at the moment. */
  constructor(ask: () => Promise<IceServers | null>) {
    this.#ask = ask;
  }

  get servers(): readonly RTCIceServer[] {
    return this.#servers;
  }

  /** The servers came with the admission. */
  handle({ servers, expiresAt }: IceServers): void {
    this.#servers = servers;
    this.#receivedAt = Date.now();
    this.#schedule(expiresAt === null ? null : (expiresAt - Date.now()) * renewAfter);
  }

  /** Servers that came a moment ago, or such as are asked for now. */
  async fresh(): Promise<readonly RTCIceServer[]> {
    if (Math.abs(Date.now() - this.#receivedAt) > moment) await this.renew();
    return this.#servers;
  }

  /** Asks again, once for all who want it at the same time. What there was stays when there is no answer. */
  renew(): Promise<void> {
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #renew(): Promise<void> {
    const answer = await this.#ask();
    if (answer) this.handle(answer);
  }

  #schedule(delay: number | null): void {
    clearTimeout(this.#timer);
    if (delay === null || this.#closed) return;
    this.#timer = setTimeout(
      () => {
        // Without an answer the next try comes as soon as may be.
        this.#schedule(soonest);
        void this.renew();
      },
      Math.min(latest, Math.max(soonest, delay)),
    );
  }
}
