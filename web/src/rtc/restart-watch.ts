import { fragmentOf } from "./ice-fragment.js";

/** In milliseconds: a path that there is has been found and nominated by then. */
const patience = 6_000;

/**
 * Finds out that an ICE restart has left this end behind: it goes on checking, and counts as connected by the path of before.
 * Firefox (153) receives nothing then, and neither a state nor an event says so; its statistics do.
 */
export class RestartWatch {
  readonly #connection: RTCPeerConnection;
  readonly #restart: () => void;
  #fragment: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: RTCPeerConnection, restart: () => void) {
    this.#connection = connection;
    this.#restart = restart;
  }

  /** A remote description was applied. */
  handleRemote(): void {
    const before = this.#fragment;
    this.#fragment = fragmentOf(this.#connection.remoteDescription?.sdp);
    if (before === undefined || before === this.#fragment) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), patience);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    const timer = this.#timer;
    // A connection that knows that it is down is somebody else's business.
    if (this.#connection.connectionState !== "connected") return;
    const reports = await this.#connection.getStats();
    if (timer === this.#timer && isChecking(reports)) this.#restart();
  }
}

function isChecking(reports: RTCStatsReport): boolean {
  let checking = false;
  reports.forEach((report: { readonly type: string; readonly iceState?: string }) => {
    checking ||= report.type === "transport" && report.iceState === "checking";
  });
  return checking;
}
