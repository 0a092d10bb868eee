import { beforeEach, expect, test, vi } from "vitest";
import { Exchange } from "../../call/exchange/exchange.js";
import { Recordings } from "../../call/recording/recordings.js";
import type { RecordingEnd } from "../recording/delivery.js";
import type { RecorderOptions } from "../recording/recorder.js";
import { en } from "../strings/en.js";
import { RecordWatch } from "./record-watch.js";

/** What happened, in order. */
let done: string[];
let options: RecorderOptions;
/** What the person answers who is asked where to; and what the browser does then. */
let answer: () => Promise<unknown>;
let begin: () => void;
let watch: RecordWatch;

vi.mock("../recording/recorder.js", () => ({
  Recorder: {
    prepare: (given: RecorderOptions) => {
      options = given;
      return answer();
    },
  },
}));

vi.mock("../load-kept.js", () => ({
  loadKept: () => Promise.resolve({ reportEnd: (outcome: string) => done.push(`reported: ${outcome}`) }),
  offerKept: () => done.push("offered"),
}));

const recorder = {
  lasting: true,
  begin: () => begin(),
  stop: () => done.push("stop"),
  discard: () => done.push("discard"),
};

function recordings(): Recordings {
  const made = new Recordings(new Exchange(() => {}));
  made.subscribe(({ own }) => done.push(own ? "told" : "told of the end"));
  return made;
}

beforeEach(() => {
  done = [];
  answer = () => Promise.resolve(recorder);
  begin = () => void done.push("begin");
  watch = new RecordWatch({
    strings: () => en,
    say: (words) => done.push(words),
    onChange: () => {},
    room: () => "tea",
    view: () => ({ width: 0, height: 0, pictures: [] }),
    streams: () => [],
  });
  watch.follow(recordings());
});

test("everybody is told before anything is kept, and once it is over", async () => {
  await watch.toggle();
  expect(done).toEqual(["told", en.youRecord, "begin"]);
  await watch.toggle();
  expect(done.at(-1)).toBe("stop");
  options.onStop();
  expect(done.at(-1)).toBe("told of the end");
  options.onEnd("saved");
  expect(done.at(-1)).toBe(en.recordingEnds.saved);
});

test.each(["saved", "cut", "kept", "lost"] satisfies RecordingEnd[])(
  "what became of it (%s) is said, and what is left is offered",
  async (end) => {
    await watch.toggle();
    options.onStop();
    options.onEnd(end);
    expect(watch.state.own).toBe(false);
    expect(done.slice(done.indexOf("told of the end") + 1)).toEqual([
      en.recordingEnds[end],
      ...(end === "cut" || end === "kept" ? ["offered"] : []),
    ]);
  },
);

test("who leaves the call has the recording saved, and reads where the call was what became of it", async () => {
  await watch.toggle();
  watch.close();
  expect(done.at(-1)).toBe("stop");
  options.onStop();
  options.onEnd("saved");
  await vi.waitFor(() => expect(done.slice(-2)).toEqual(["reported: saving", "reported: saved"]));
});

test("who leaves while it is being saved reads that too", async () => {
  await watch.toggle();
  await watch.toggle();
  options.onStop();
  watch.close();
  options.onEnd("kept");
  await vi.waitFor(() => expect(done.slice(-2)).toEqual(["reported: saving", "reported: kept"]));
});

test("where the browser keeps it in memory only, that is said as it begins", async () => {
  answer = () => Promise.resolve({ ...recorder, lasting: false });
  await watch.toggle();
  expect(done).toContain(en.youRecordInMemory);
});

test("who does not want it after all has recorded nothing, and told nobody", async () => {
  answer = () => Promise.resolve(null);
  await watch.toggle();
  expect(done).toEqual([]);
});

test("a call that is over by then is not recorded", async () => {
  answer = () => {
    watch.close();
    return Promise.resolve(recorder);
  };
  await watch.toggle();
  expect(done).toEqual(["discard"]);
});

test("where the browser does not record after all, nobody is left thinking that it does", async () => {
  begin = () => {
    throw new DOMException("no encoder", "NotSupportedError");
  };
  await watch.toggle();
  expect(done.slice(-3)).toEqual(["discard", "told of the end", en.cannotRecord]);
  expect(watch.state.own).toBe(false);
});
