import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], timeout: number, more: object = {}) => ({
  test: { name, include, testTimeout: timeout, hookTimeout: timeout, ...more },
});

/** What runs as a process of its own, as its users see it, must not find the SQL parser loaded by another test, or takes too long for the inner loop. */
const alone = [
  "test/unit/cli/**/*.test.ts",
  "test/unit/sql/keywords.test.ts",
  "test/unit/flow/incremental*.test.ts",
  "test/unit/frontend*/robustness.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      project("unit", ["test/unit/**/*.test.ts", "test/rules/*.test.ts"], 20_000, {
        exclude: ["test/unit/package/**", ...alone],
        // The inner loop: the compiler is loaded once a worker, not once a file.
        isolate: false,
      }),
      project("protocol", ["test/protocol/**/*.test.ts", ...alone], 240_000),
      project("corpus", ["test/corpus/*.test.ts"], 300_000, { maxWorkers: 1 }),
      project("conformance", ["test/conformance/**/*.test.ts"], 120_000),
      project("proofs", ["test/proofs/*.test.ts"], 120_000, { globalSetup: ["test/proofs/setup.ts"], maxWorkers: 2 }),
      project("package", ["test/unit/package/**/*.test.ts"], 60_000),
    ],
  },
});
