/** Folders and files of Python's tests below the workspace folder, by the conventions of pytest, unittest and Django. */
export const pythonTestPath =
  /(^|\/)(tests?|testing|e2e|fixtures?|benchmarks?)\/|(^|\/)(test_[^/]*|[^/]*_tests?|tests|conftest)\.py$/;

/** Those of JavaScript and TypeScript. */
export const testPath =
  /(^|\/)(tests?|__tests__|__mocks__|specs?|e2e|fixtures?|cypress|testing|test-utils?|benchmarks?|bench|perf-?tests?)\/|[.-](test|spec|e2e|bench|stories)\.[cm]?[jt]sx?$|[./-]test-?(utils?|helpers?|setup|support|data)\.[cm]?[jt]sx?$|(^|\/)(vitest|jest|playwright)\./i;

/** Modules that only tests import. */
export const testModules = /^(vitest|jest|@jest\/globals|node:test|mocha|chai|ava|tap|supertest|@playwright\/test)$/;

/** A path as it is below the workspace folder, the innermost that it is in. */
export function pathInside(path: string, roots: readonly string[]): string {
  const inside = roots.filter((one) => path.startsWith(`${one}/`));
  return path.slice(Math.max(0, ...inside.map(({ length }) => length + 1)));
}
