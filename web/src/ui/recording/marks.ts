import { markPrefix } from "./marked.js";

/** What is known of a recording on the shelf without a look at the disk. */
export interface Mark {
  /** Of the file that it becomes. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly begun: number;
  /** When it was handed to the browser's downloads, in milliseconds since 1970; null: it was not. */
  readonly saved: number | null;
}

/** Null: there is no such recording, or what is written of it is not to be understood. */
export function readMark(storage: Storage, id: string): Mark | null {
  try {
    const { name, begun, saved } = JSON.parse(storage.getItem(markPrefix + id) ?? "null") as Partial<Mark>;
    if (typeof name !== "string" || typeof begun !== "number") return null;
    return { name, begun, saved: typeof saved === "number" ? saved : null };
  } catch {
    return null;
  }
}

/** Throws where the browser keeps nothing more. */
export function writeMark(storage: Storage, id: string, mark: Mark): void {
  storage.setItem(markPrefix + id, JSON.stringify(mark));
}

export function removeMark(storage: Storage, id: string): void {
  storage.removeItem(markPrefix + id);
}
