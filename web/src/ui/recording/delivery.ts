import { save } from "../files/save.js";
import type { RecordingStore } from "./store.js";

/**
 * What became of a recording. `cut`: there was no more room, and it is saved as far as it got. `kept`: it could not be saved, and lies where it
 * is offered to the person again.
 */
export type RecordingEnd = "saved" | "cut" | "kept" | "lost";

export interface Delivery {
  readonly store: RecordingStore;
  /** Where the person wants it; null: among the browser's downloads. */
  readonly target: FileSystemFileHandle | null;
  /** Of the file among the downloads. */
  readonly name: string;
  /** It ended because there was no more room. */
  readonly cut: boolean;
}

/** Hands a recording that has ended over to the person. */
export async function deliver({ store, target, name, cut }: Delivery): Promise<RecordingEnd> {
  const end = cut ? "cut" : "saved";
  let whole: Blob | null = null;
  try {
    whole = await store.join();
    if (whole.size === 0) {
      await store.remove();
      return "lost";
    }
    if (target !== null) {
      await whole.stream().pipeTo(await target.createWritable());
      await store.remove();
      return end;
    }
    save(whole, name);
    // Where there was no room to record there may be none for the download: it stays on offer.
    if (cut) store.leave();
    else store.handleSaved();
    return end;
  } catch {
    store.leave();
    if (store.lasting) return "kept";
    // The place that was chosen took nothing, and there is no later for what lies in memory.
    if (whole === null || target === null) return "lost";
    save(whole, name);
    return end;
  }
}
