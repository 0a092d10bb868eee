import type { Transfer } from "../../call/files/transfer.js";
import { bytes } from "../figures.js";
import type { FilesStrings } from "../strings/en-files.js";
import { save } from "./save.js";

/** What a person should hear about the step from one list of transfers to the next. */
export function fileNews(
  before: readonly Transfer[],
  after: readonly Transfer[],
  { news, language }: FilesStrings,
): string[] {
  return begun(before, after).flatMap(({ direction, name, size, participant, phase }) => {
    const receiving = direction === "receiving";
    switch (phase.kind) {
      case "offered":
        return receiving ? [news.offered(participant.name, name, bytes(size, language))] : [];
      case "done":
        return [receiving ? news.received(name) : news.sent(participant.name, name)];
      case "declined":
        return receiving ? [] : [news.declined(participant.name, name)];
      case "cancelled":
        return phase.by === "other" ? [news.cancelled(participant.name, name)] : [];
      case "failed":
        return [news.failed(name)];
      default:
        return [];
    }
  });
}

/** What has just arrived is saved: that was what the person wanted when they accepted it. */
export function saveArrived(before: readonly Transfer[], after: readonly Transfer[]): void {
  for (const { name, phase } of begun(before, after)) {
    if (phase.kind === "done" && phase.saved) save(phase.saved.file, name);
  }
}

/** Those that are in another phase than before, oldest first. */
function begun(before: readonly Transfer[], after: readonly Transfer[]): Transfer[] {
  const kinds = new Map(before.map(({ key, phase }) => [key, phase.kind]));
  return after.filter(({ key, phase }) => kinds.get(key) !== phase.kind).reverse();
}
