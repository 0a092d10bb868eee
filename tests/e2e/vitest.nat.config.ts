import { defineConfig } from "vitest/config";

/** The whole matrix, run by eng/nat-matrix.sh. */
export default defineConfig({
  test: {
    include: ["nat/**/*.matrix.ts"],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 0,
    disableConsoleIntercept: true,
  },
});
