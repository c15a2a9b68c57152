import { defineConfig } from "vitest/config";

const project = (name: string, include: string[], timeout: number, more: object = {}) => ({
  test: { name, include, testTimeout: timeout, hookTimeout: timeout, ...more },
});

export default defineConfig({
  test: {
    projects: [
      project("unit", ["test/unit/**/*.test.ts", "test/rules/*.test.ts"], 20_000, {
        exclude: ["test/unit/package/**"],
      }),
      project("protocol", ["test/protocol/**/*.test.ts"], 60_000),
      project("conformance", ["test/conformance/**/*.test.ts"], 120_000),
      project("proofs", ["test/proofs/*.test.ts"], 120_000, { globalSetup: ["test/proofs/setup.ts"], maxWorkers: 2 }),
      project("package", ["test/unit/package/**/*.test.ts"], 60_000),
    ],
  },
});
