import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{protocol,client,classic,classes,suites}/**/*.test.mjs"],
    // The protocol's suites measure time: one file after another leaves the machine to them.
    fileParallelism: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    retry: 0,
  },
});
