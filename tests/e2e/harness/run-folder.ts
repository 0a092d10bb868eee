import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for everything that a run puts on the disk, removed with it: a worker that is ended has no time to tidy up. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "parley-e2e-"));
  const before = process.env["TMPDIR"];
  // Inherited by the workers, and by what they start.
  process.env["TMPDIR"] = folder;
  return async () => {
    if (before === undefined) {
      delete process.env["TMPDIR"];
    } else {
      process.env["TMPDIR"] = before;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
