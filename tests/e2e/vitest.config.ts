import { defineConfig } from "vitest/config";

// Real browsers on two cores: deadlines that only a hang reaches.
const patient = {
  testTimeout: process.env["PARLEY_THOROUGH"] === undefined ? 300_000 : 900_000,
  hookTimeout: 120_000,
  retry: 0,
};

export default defineConfig({
  test: {
    globalSetup: "harness/run-folder.ts",
    projects: [
      {
        // Two calls at a time, since one of them mostly waits.
        test: {
          ...patient,
          name: "calls",
          include: ["specs/**/*.spec.ts"],
          maxWorkers: 2,
          // One file after the other in each of the two processes, so that they share what they start (harness/troupe.ts).
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Afterwards and alone: these measure how long something takes.
        test: { ...patient, name: "nat", include: ["nat/**/*.spec.ts"], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
