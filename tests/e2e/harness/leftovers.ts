/** What this process has started and not ended yet: ids of processes, negative those of groups. */
const leftovers = new Set<number>();

/** Ends a child with this process, however that ends. Returns what is to be called when the child has ended before. */
export function endWithUs(pid: number): () => void {
  if (process.listenerCount("exit", endAll) === 0) {
    process.once("exit", endAll);
    // The test runner ends its workers so, or has ended itself. Without a handler there would be no "exit".
    process.once("SIGTERM", () => process.exit(143));
    process.once("SIGINT", () => process.exit(130));
    process.once("disconnect", () => process.exit(1));
  }
  leftovers.add(pid);
  return () => void leftovers.delete(pid);
}

function endAll(): void {
  for (const pid of leftovers) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}
