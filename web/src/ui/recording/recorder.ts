import { askForPlace } from "../files/storage.js";
import { deliver, type RecordingEnd } from "./delivery.js";
import { type RecordingFormat, recordingFormat, recordingName } from "./format.js";
import { Mixer } from "./mixer.js";
import { Painter } from "./painter.js";
import type { View } from "./picture.js";
import { Shelf } from "./shelf.js";
import { MemoryStore, type RecordingStore } from "./store.js";

export interface RecorderOptions {
  readonly room: string;
  /** What is seen now. */
  view(): View;
  /** What is heard now, the own microphone included. */
  streams(): readonly MediaStream[];
  /** Nothing more is recorded; it is being saved. Told once. */
  onStop(): void;
  /** This became of it. Told once, after `onStop`. */
  onEnd(end: RecordingEnd): void;
}

/** Pictures in a second. */
const rate = 15;
/**
 * How often what was recorded goes to the disk (milliseconds), each time into a file of its own. As often there is a key frame, until which
 * a writer of MP4 may hold everything back: so the last ten seconds, at most, are lost with the page.
 */
const slice = 5_000;
/** In bits a second. */
const bitrates = { videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 96_000 };

/** What TypeScript (6.0) does not know yet (W3C MediaStream Recording, 2.5). In milliseconds. */
interface Options extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number;
}

/** Records a call as it is seen and heard here, to a file. Begins and ends once. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #painter = new Painter();
  readonly #mixer = new Mixer();
  readonly #recorder: MediaRecorder;
  readonly #store: RecordingStore;
  readonly #target: FileSystemFileHandle | null;
  readonly #name: string;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Everything that was recorded so far is written, in order. */
  #writing = Promise.resolve();
  #isFull = false;

  private constructor(
    options: RecorderOptions,
    format: RecordingFormat,
    store: RecordingStore,
    target: FileSystemFileHandle | null,
    name: string,
  ) {
    this.#options = options;
    this.#store = store;
    this.#target = target;
    this.#name = name;
    const tracks = [this.#painter.capture(rate), this.#mixer.track].filter((track) => track !== null);
    const how: Options = { mimeType: format.type, ...bitrates, videoKeyFrameIntervalDuration: slice };
    this.#recorder = new MediaRecorder(new MediaStream(tracks), how);
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
    const target = await askForPlace(name);
    if (target === "declined") return null;
    const store = await openStore(name);
    try {
      return new Recorder(options, format, store, target, name);
    } catch (error) {
      await store.remove();
      throw error;
    }
  }

  /** Whether what was recorded is still there when the page has crashed or was closed. */
  get lasting(): boolean {
    return this.#store.lasting;
  }

  /** Throws where the browser does not record after all; then there is nothing to do but `discard`. */
  begin(): void {
    const draw = (): void => {
      this.#mixer.follow(this.#options.streams());
      this.#painter.paint(this.#options.view());
    };
    draw();
    this.#recorder.start(slice);
    addEventListener("beforeunload", askToStay);
    // Not by the frames of the page: they rest while another tab is in front, and pages that sound keep their timers.
    this.#timer = setInterval(draw, 1_000 / rate);
  }

  /** Ends it; what was recorded is saved. The person is asked to stay on the page until it is. */
  stop(): void {
    clearInterval(this.#timer);
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
  }

  /** Instead of `begin`: nothing is kept. */
  discard(): void {
    clearInterval(this.#timer);
    removeEventListener("beforeunload", askToStay);
    this.#mixer.close();
    void this.#store.remove();
  }

  #write(data: Blob): void {
    if (data.size === 0) return;
    this.#writing = this.#writing.then(async () => {
      // What comes after a gap could not be played.
      if (this.#isFull) return;
      try {
        await this.#store.append(data);
      } catch {
        this.#isFull = true;
        this.stop();
      }
    });
  }

  async #finish(): Promise<void> {
    clearInterval(this.#timer);
    this.#options.onStop();
    await this.#writing;
    this.#mixer.close();
    const end = await deliver({ store: this.#store, target: this.#target, name: this.#name, cut: this.#isFull });
    removeEventListener("beforeunload", askToStay);
    this.#options.onEnd(end);
  }
}

async function openStore(name: string): Promise<RecordingStore> {
  try {
    const shelf = await Shelf.open();
    if (shelf !== null) {
      void shelf.sweep();
      return await shelf.begin(name);
    }
  } catch {
    // Then in memory, and the person is told what that means.
  }
  return new MemoryStore();
}

/** The browser asks whether the page shall really be left, in its own words. */
function askToStay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
