// A reporter for vitest: writes how many tests passed and failed, and which were skipped why, to the file that TALLY names.
import { writeFileSync } from "node:fs";

export default class Tally {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    // A file that cannot be loaded has no tests to fail.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const skipped = inState("skipped").map((test) => ({
      name: test.fullName,
      reason: test.result().note ?? "switched off in the test file",
    }));
    const tally = {
      passed: inState("passed").length,
      failed: inState("failed").length + broken + unhandledErrors.length,
      skipped,
    };
    if (process.env.TALLY) writeFileSync(process.env.TALLY, JSON.stringify(tally));
  }
}
