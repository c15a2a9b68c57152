import { pythonTestPath } from "../core/test-paths.ts";

/**
 * Whether a source is a test by its path below the workspace folder. Never more than what the rules call a test (`flow/context.ts`): of those a session
 * that they did not open themselves begins no transaction.
 */
export function isPythonTest(path: string, roots: readonly string[]): boolean {
  const inside = roots.filter((one) => path.startsWith(`${one}/`));
  const root = Math.max(0, ...inside.map(({ length }) => length + 1));
  return pythonTestPath.test(path.slice(root));
}
