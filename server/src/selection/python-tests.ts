/**
 * Folders and files of tests, by the conventions of pytest, unittest and Django. Never more than what the rules call a test (`flow/context.ts`): of
 * those a session that they did not open themselves begins no transaction.
 */
const testPath =
  /(^|\/)(tests?|testing|e2e|fixtures?|benchmarks?)\/|(^|\/)(test_[^/]*|[^/]*_tests?|tests|conftest)\.py$/;

/** Whether a source is a test by its path below the workspace folder. */
export function isPythonTest(path: string, roots: readonly string[]): boolean {
  const inside = roots.filter((one) => path.startsWith(`${one}/`));
  const root = Math.max(0, ...inside.map(({ length }) => length + 1));
  return testPath.test(path.slice(root));
}
