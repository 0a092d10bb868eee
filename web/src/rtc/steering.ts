import { type Source, everySource } from "./source.js";

/** What one pair may spend on one video source. */
export interface SendLimits {
  /** Bits per second at most; Infinity: no limit. */
  readonly maxBitrate: number;
  /** How many lines the other end shows of the whole picture: more are not sent. Infinity: all there are; 0: no picture at all. */
  readonly lines: number;
  /** Frames per second at most; Infinity: as the camera gives them. */
  readonly maxFramerate: number;
  /** What stays when there is not enough of either (W3C mst-content-hint, 5); Firefox 153 has it, too. */
  readonly degradationPreference: RTCDegradationPreference;
}

export type SteeredSource = "camera" | "screen";

export const unlimited: SendLimits = {
  maxBitrate: Infinity,
  lines: Infinity,
  maxFramerate: Infinity,
  degradationPreference: "balanced",
};

/** By so much a picture is made smaller. Few steps: each other size makes the encoder begin anew, with a large picture. */
const scales = [8, 6, 4, 3, 2, 1.5];

/** So many lines at least are sent of whatever is shown: less saves next to nothing. */
const fewestLines = 90;

/**
 * Who goes first where a connection cannot carry all (W3C webrtc-priority, 3.1): each step up weighs twice as much. The
 * `networkPriority` beside it is left alone: a network that drops what is marked would drop the sound and nothing else, and no
 * check of the path would tell.
 */
const priorities: Readonly<Record<Source, RTCPriorityType>> = {
  microphone: "high",
  "screen-audio": "high",
  screen: "medium",
  camera: "low",
};

/** The dictionary as browsers have it; TypeScript's knows no `degradationPreference`. */
interface Parameters extends RTCRtpSendParameters {
  degradationPreference?: RTCDegradationPreference;
}

/**
 * Keeps the senders of a connection in their order, sound first, and to what was asked of them, whatever happens to them: tracks are replaced, negotiations come in
 * between and make the browser refuse (W3C WebRTC, 5.2: the parameters read before are no longer the newest).
 */
export class Steering {
  readonly #sender: (source: Source) => RTCRtpSender | undefined;
  readonly #limits = new Map<Source, SendLimits>();
  /** False: under way; true: and to be done once more. */
  readonly #running = new Map<Source, boolean>();

  constructor(sender: (source: Source) => RTCRtpSender | undefined) {
    this.#sender = sender;
  }

  limit(source: SteeredSource, limits: SendLimits): void {
    this.#limits.set(source, limits);
    void this.#apply(source);
  }

  /** Something has happened to the senders: they are as they were asked to be again. */
  renew(): void {
    for (const source of everySource) void this.#apply(source);
  }

  async #apply(source: Source): Promise<void> {
    if (this.#running.has(source)) {
      this.#running.set(source, true);
      return;
    }
    do {
      this.#running.set(source, false);
      const sender = this.#sender(source);
      if (sender) await steer(sender, priorities[source], this.#limits.get(source));
    } while (this.#running.get(source) === true);
    this.#running.delete(source);
  }
}

/** Best effort: a browser may refuse at any moment, and is asked again at the next occasion. Sound has no limits. */
async function steer(sender: RTCRtpSender, priority: RTCPriorityType, limits: SendLimits | undefined): Promise<void> {
  const parameters: Parameters = sender.getParameters();
  // Firefox has shown none before the first negotiation, whatever its types say.
  const [encoding] = (parameters.encodings as RTCRtpEncodingParameters[] | undefined) ?? [];
  if (!encoding) return;
  const before = JSON.stringify(parameters);
  // A browser that has priorities shows the default. One that has none may refuse them, and the limits with them.
  if (encoding.priority) encoding.priority = priority;
  if (limits) {
    encoding.active = limits.lines > 0;
    encoding.scaleResolutionDownBy = scaleFor(sender.track?.getSettings().height, limits.lines);
    if (Number.isFinite(limits.maxBitrate)) encoding.maxBitrate = limits.maxBitrate;
    else delete encoding.maxBitrate;
    if (Number.isFinite(limits.maxFramerate)) encoding.maxFramerate = limits.maxFramerate;
    else delete encoding.maxFramerate;
    parameters.degradationPreference = limits.degradationPreference;
  }
  if (JSON.stringify(parameters) === before) return;
  try {
    await sender.setParameters(parameters);
  } catch {
    // A negotiation came in between, or it ended.
  }
}

/** By how much a picture of `height` lines is made smaller where `lines` are shown. */
export function scaleFor(height: number | undefined, lines: number): number {
  if (height === undefined || lines <= 0) return 1;
  const wanted = Math.max(lines, fewestLines);
  return scales.find((scale) => height / scale >= wanted) ?? 1;
}
