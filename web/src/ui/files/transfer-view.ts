import type { Transfer } from "../../call/files/transfer.js";
import { bytes } from "../figures.js";
import { number } from "../strings/in-words.js";
import type { FilesStrings } from "../strings/en-files.js";

/** What is said of a transfer below its name; empty: nothing. */
export function statusOf({ direction, phase, moved, size }: Transfer, words: FilesStrings): string {
  const own = words[direction];
  switch (phase.kind) {
    case "queued":
      return words.sending.queued;
    case "offered":
    case "waiting":
      return own[phase.kind];
    case "preparing":
      return words.receiving.preparing;
    case "running":
      return running(moved, size, phase.rate, words);
    case "done":
      return direction === "receiving" && phase.saved === null ? words.receiving.kept : own.done;
    case "declined":
      return direction === "sending" ? words.sending.declined[phase.reason] : words.receiving.declined;
    case "cancelled":
      return own.cancelled[phase.by];
    case "failed":
      return own.failed[phase.reason];
  }
}

/** A file that has been begun and not ended has a bar that shows how far it is. */
export function isUnderWay({ phase }: Transfer): boolean {
  return phase.kind === "running" || phase.kind === "waiting" || phase.kind === "preparing";
}

/** There is nothing to be waited for any more. */
export function hasEnded({ phase }: Transfer): boolean {
  return ["done", "declined", "cancelled", "failed"].includes(phase.kind);
}

function running(moved: number, size: number, rate: number | null, words: FilesStrings): string {
  const parts = [words.ofSize(bytes(moved, words.language), bytes(size, words.language))];
  if (rate !== null) parts.push(words.perSecond(bytes(rate, words.language)));
  if (rate !== null && rate > 0) {
    const seconds = Math.ceil((size - moved) / rate);
    parts.push(
      seconds < 100
        ? words.secondsLeft(number(words.language, seconds))
        : words.minutesLeft(number(words.language, Math.ceil(seconds / 60))),
    );
  }
  return parts.join(" · ");
}
