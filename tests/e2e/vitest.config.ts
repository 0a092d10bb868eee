import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["specs/**/*.spec.ts"],
    // Real browsers on two cores: two calls at a time, since one of them mostly waits, and deadlines that only a hang reaches.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    retry: 0,
  },
});
