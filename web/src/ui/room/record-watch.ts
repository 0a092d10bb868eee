import type { Recordings, RecordingsState } from "../../call/recording/recordings.js";
import { loadKept, offerKept } from "../load-kept.js";
import type { RecordingEnd } from "../recording/delivery.js";
import type { View } from "../recording/picture.js";
import type { Recorder } from "../recording/recorder.js";
import type { Strings } from "../strings/en.js";

export interface RecordWatchHandlers {
  strings(): Strings;
  say(words: string): void;
  /** Who records may have changed. */
  onChange(): void;
  room(): string;
  /** What is seen now. */
  view(): View;
  /** What is heard now, the own microphone included. */
  streams(): readonly MediaStream[];
}

/** Whether this browser can record at all. */
export const canRecord =
  typeof MediaRecorder !== "undefined" &&
  typeof AudioContext !== "undefined" &&
  "captureStream" in HTMLCanvasElement.prototype;

/** Follows who records the call, and records it when the person wants so. The recorder is loaded then. */
export class RecordWatch {
  readonly #handlers: RecordWatchHandlers;
  #recordings: Recordings | null = null;
  #end: () => void = () => {};
  #state: RecordingsState = { own: false, others: [] };
  #recorder: Recorder | null = null;
  #starting = false;
  /** How many have ended and are not saved yet. */
  #saving = 0;
  /** As the person is told it who has begun to record. */
  #lasting = true;

  constructor(handlers: RecordWatchHandlers) {
    this.#handlers = handlers;
  }

  get state(): RecordingsState {
    return this.#state;
  }

  follow(recordings: Recordings): void {
    if (recordings === this.#recordings) return;
    this.close();
    this.#recordings = recordings;
    this.#state = recordings.state;
    this.#end = recordings.subscribe((state) => this.#handle(state));
  }

  /** Begins, or ends; only as an answer to a press. */
  async toggle(): Promise<void> {
    if (this.#recorder !== null) {
      this.#recorder.stop();
      return;
    }
    if (this.#starting) return;
    this.#starting = true;
    const handlers = this.#handlers;
    const recordings = this.#recordings;
    let recorder: Recorder | null = null;
    try {
      const { Recorder } = await import("../recording/recorder.js");
      recorder = await Recorder.prepare({
        room: handlers.room(),
        view: () => handlers.view(),
        streams: () => handlers.streams(),
        onStop: () => this.#handleStop(recordings),
        onEnd: (end) => this.#handleEnd(end),
      });
      if (recorder === null) return;
      if (recordings !== this.#recordings) {
        // The call is over by the time the person has said where to.
        recorder.discard();
        return;
      }
      this.#lasting = recorder.lasting;
      // Before anything is kept of anybody.
      recordings?.tell(true);
      recorder.begin();
      this.#recorder = recorder;
    } catch {
      recorder?.discard();
      recordings?.tell(false);
      this.#handlers.say(this.#handlers.strings().cannotRecord);
    } finally {
      this.#starting = false;
    }
  }

  /** The call is over; what was recorded is saved, and what becomes of it is said where the call was. */
  close(): void {
    this.#end();
    this.#recordings = null;
    if (this.#recorder === null && this.#saving === 0) return;
    this.#report("saving");
    this.#recorder?.stop();
  }

  #handleStop(recordings: Recordings | null): void {
    this.#recorder = null;
    this.#saving += 1;
    recordings?.tell(false);
  }

  #handleEnd(end: RecordingEnd): void {
    this.#saving -= 1;
    if (this.#recordings === null) this.#report(end);
    else this.#handlers.say(this.#handlers.strings().recordingEnds[end]);
    if (end === "cut" || end === "kept") offerKept();
  }

  #report(outcome: "saving" | RecordingEnd): void {
    loadKept().then(
      ({ reportEnd }) => reportEnd(outcome),
      () => {
        // The server is out of reach: it is saved all the same, or offered by the next page.
      },
    );
  }

  #handle(next: RecordingsState): void {
    const before = this.#state;
    this.#state = next;
    const strings = this.#handlers.strings();
    const ids = (state: RecordingsState): Set<string> => new Set(state.others.map(({ id }) => id));
    const [earlier, now] = [ids(before), ids(next)];
    for (const { id, name } of next.others) if (!earlier.has(id)) this.#handlers.say(strings.startedRecording(name));
    for (const { id, name } of before.others) if (!now.has(id)) this.#handlers.say(strings.stoppedRecording(name));
    if (next.own && !before.own) this.#handlers.say(this.#lasting ? strings.youRecord : strings.youRecordInMemory);
    this.#handlers.onChange();
  }
}
