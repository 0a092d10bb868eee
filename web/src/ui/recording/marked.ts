/** How the keys in localStorage begin that stand for recordings which lie in the page's own part of the disk. */
export const markPrefix = "parley-recording ";

/** The ids of all of them. Cheap: pages ask this as they start. */
export function markedRecordings(storage: Storage | undefined): string[] {
  return Object.keys(storage ?? {}).flatMap((key) =>
    key.startsWith(markPrefix) ? [key.slice(markPrefix.length)] : [],
  );
}
