import type { FileSink } from "../../call/files/transfer.js";
import { save } from "../files/save.js";
import { choosePlace } from "../files/storage.js";
import { type RecordingFormat, recordingFormat, recordingName } from "./format.js";
import { Mixer } from "./mixer.js";
import { Painter } from "./painter.js";
import type { View } from "./picture.js";

export interface RecorderOptions {
  readonly room: string;
  /** What is seen now. */
  view(): View;
  /** What is heard now, the own microphone included. */
  streams(): readonly MediaStream[];
  /** It is over. Told once. */
  onEnd(end: RecordingEnd): void;
}

/** Pictures in a second. */
const rate = 15;
/** How often what was recorded goes to the disk (milliseconds): more is not lost when the page crashes. */
const slice = 2_000;
/** In bits a second. */
const bitrates = { videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 96_000 };

/** What became of a recording. `cut`: there was no more room, and it is saved as far as it got. */
export type RecordingEnd = "saved" | "cut" | "lost";

/** Records a call as it is seen and heard here, to a file. Begins and ends once. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #painter = new Painter();
  readonly #mixer = new Mixer();
  readonly #recorder: MediaRecorder;
  readonly #sink: FileSink;
  readonly #name: string;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Everything that was recorded so far is written, in order. */
  #writing = Promise.resolve();
  #isFull = false;

  private constructor(options: RecorderOptions, format: RecordingFormat, sink: FileSink, name: string) {
    this.#options = options;
    this.#sink = sink;
    this.#name = name;
    const tracks = [this.#painter.capture(rate), this.#mixer.track].filter((track) => track !== null);
    this.#recorder = new MediaRecorder(new MediaStream(tracks), { mimeType: format.type, ...bitrates });
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#write(data));
    this.#recorder.addEventListener("error", () => this.stop());
    this.#recorder.addEventListener("stop", () => void this.#finish());
  }

  /**
   * Asks where the file shall go, where a browser lets a page ask; only as an answer to a press. Nothing is recorded before `begin`.
   * Null: the person does not want it after all. Rejects where the browser cannot record.
   */
  static async prepare(options: RecorderOptions): Promise<Recorder | null> {
    const format = recordingFormat((type) => MediaRecorder.isTypeSupported(type));
    if (format === null) throw new Error("This browser cannot write a recording.");
    const name = recordingName(options.room, new Date(), format);
    const place = await choosePlace(name, 0);
    if (place === null) return null;
    const sink = await place();
    try {
      return new Recorder(options, format, sink, name);
    } catch (error) {
      sink.abort();
      throw error;
    }
  }

  /** Throws where the browser does not record after all; then there is nothing to do but `discard`. */
  begin(): void {
    const draw = (): void => {
      this.#mixer.follow(this.#options.streams());
      this.#painter.paint(this.#options.view());
    };
    draw();
    this.#recorder.start(slice);
    // Not by the frames of the page: they rest while another tab is in front, and pages that sound keep their timers.
    this.#timer = setInterval(draw, 1_000 / rate);
  }

  /** Ends it; what was recorded is saved. */
  stop(): void {
    clearInterval(this.#timer);
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
  }

  /** Instead of `begin`: nothing is kept. */
  discard(): void {
    this.#mixer.close();
    this.#sink.abort();
  }

  #write(data: Blob): void {
    if (data.size === 0) return;
    this.#writing = this.#writing.then(async () => {
      if (this.#isFull) return;
      try {
        await this.#sink.write(new Uint8Array(await data.arrayBuffer()));
      } catch {
        this.#isFull = true;
        this.stop();
      }
    });
  }

  async #finish(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    this.#mixer.close();
    try {
      const saved = await this.#sink.close();
      // What lies in the page's own part of the disk stays there until the browser has read it; the next page load clears it away.
      if (saved !== null) save(saved.file, this.#name);
      this.#options.onEnd(this.#isFull ? "cut" : "saved");
    } catch {
      this.#sink.abort();
      this.#options.onEnd("lost");
    }
  }
}
