import { pathInside, pythonTestPath } from "../core/test-paths.ts";

/**
 * Whether a source is a test by its path below the workspace folder. Never more than what the rules call a test (`flow/context.ts`): of those a session
 * that they did not open themselves begins no transaction.
 */
export const isPythonTest = (path: string, roots: readonly string[]): boolean =>
  pythonTestPath.test(pathInside(path, roots));
