const parent = "parley-files";

let found: Promise<FileSystemDirectoryHandle | null> | undefined;

/**
 * This page load's own folder in the Origin Private File System; null where there is none to write to (private windows, old
 * browsers, pages that are not secure). What other page loads have left behind is cleared away.
 */
export function privateFolder(): Promise<FileSystemDirectoryHandle | null> {
  return (found ??= findFolder());
}

async function findFolder(): Promise<FileSystemDirectoryHandle | null> {
  const { storage, locks } = navigator as { storage?: StorageManager; locks?: LockManager };
  if (!storage || !locks || !("getDirectory" in storage)) return null;
  // Safari writes there from a worker only.
  if (typeof FileSystemFileHandle === "undefined" || !("createWritable" in FileSystemFileHandle.prototype)) return null;
  try {
    const folder = await (await storage.getDirectory()).getDirectoryHandle(parent, { create: true });
    const name = crypto.randomUUID();
    await hold(locks, name);
    void clear(folder, locks);
    return await folder.getDirectoryHandle(name, { create: true });
  } catch {
    return null;
  }
}

/** A lock ends with its page, however that ends: so others see who is still there. */
function hold(locks: LockManager, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    locks
      .request(lockOf(name), () => {
        resolve();
        return new Promise(() => {});
      })
      .catch(reject);
  });
}

async function clear(folder: FileSystemDirectoryHandle, locks: LockManager): Promise<void> {
  try {
    for await (const name of folder.keys()) {
      await locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
        if (lock) await folder.removeEntry(name, { recursive: true });
      });
    }
  } catch {
    // Another page was quicker, or the browser still reads from there: the next page load tries again.
  }
}

function lockOf(name: string): string {
  return `${parent} ${name}`;
}
