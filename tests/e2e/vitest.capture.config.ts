import { defineConfig } from "vitest/config";

/** Writes down what browsers say, for tests that need no browser. Run by eng/capture-browser-messages.sh. */
export default defineConfig({
  test: {
    include: ["capture/**/*.capture.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 0,
  },
});
