/** How the keys in localStorage begin that stand for recordings which lie in the page's own part of the disk. */
const prefix = "parley-recording ";

/** What is known of such a recording without a look at the disk. */
export interface Mark {
  /** Of the file that it becomes. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly begun: number;
  /** When it was handed to the browser's downloads, in milliseconds since 1970; null: it was not. */
  readonly saved: number | null;
}

/** The ids of all of them. Cheap: pages ask this as they start. */
export function markedRecordings(storage: Storage | undefined): string[] {
  return Object.keys(storage ?? {}).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
}

/** Null: there is no such recording, or what is written of it is not to be understood. */
export function readMark(storage: Storage, id: string): Mark | null {
  try {
    const { name, begun, saved } = JSON.parse(storage.getItem(prefix + id) ?? "null") as Partial<Mark>;
    if (typeof name !== "string" || typeof begun !== "number") return null;
    return { name, begun, saved: typeof saved === "number" ? saved : null };
  } catch {
    return null;
  }
}

/** Throws where the browser keeps nothing more. */
export function writeMark(storage: Storage, id: string, mark: Mark): void {
  storage.setItem(prefix + id, JSON.stringify(mark));
}

export function removeMark(storage: Storage, id: string): void {
  storage.removeItem(prefix + id);
}
