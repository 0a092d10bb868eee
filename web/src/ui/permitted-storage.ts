/** The storage, where the browser lets the page have it: blocked storage throws on the mere look at it. */
export function permittedStorage(storage: () => Storage): Storage | undefined {
  try {
    return storage();
  } catch {
    return undefined;
  }
}
