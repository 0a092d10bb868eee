import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["gallery/**/*.capture.ts"],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    retry: 0,
  },
});
