/** The part of `AudioContext` that is used. */
export type AudioContextLike = Pick<
  AudioContext,
  "createMediaStreamSource" | "createAnalyser" | "resume" | "close" | "state"
>;

/** In decibels relative to full scale: what is below is silence to a meter. */
const floor = -60;

/** How loud a microphone is. For a meter in a lobby, and for telling who speaks. */
export class LevelMeter {
  readonly #context: AudioContextLike;
  readonly #source: MediaStreamAudioSourceNode;
  readonly #analyser: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;

  /** @throws Error where the browser gives no audio processing. */
  constructor(stream: MediaStream, createContext: () => AudioContextLike = () => new AudioContext()) {
    this.#context = createContext();
    this.#source = this.#context.createMediaStreamSource(stream);
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = 4096;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#source.connect(this.#analyser);
    this.#resume();
  }

  /** Until the page was touched browsers may keep it from running: all is silent then. */
  get running(): boolean {
    return this.#context.state === "running";
  }

  /** Root mean square of the newest 100 ms or so, linear: 0 (silence) to 1 (full scale). */
  amplitude(): number {
    if (this.#context.state === "suspended") this.#resume();
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    return Math.sqrt(sum / this.#samples.length);
  }

  /** The same as people hear it, 0 to 1: even steps are even steps of loudness. */
  level(): number {
    const decibels = 20 * Math.log10(this.amplitude());
    return Math.min(1, Math.max(0, 1 - decibels / floor));
  }

  close(): void {
    this.#source.disconnect();
    this.#context.close().catch(() => {});
  }

  /** A page that was not touched yet may not start audio; it is tried again at every reading. */
  #resume(): void {
    this.#context.resume().catch(() => {});
  }
}
