import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.mjs"],
    // Each file starts servers of its own, and waits for coturn's client most of the time.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // coturn's client spends its time waiting: many run at once.
    maxConcurrency: 30,
    retry: 0,
  },
});
