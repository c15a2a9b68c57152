import type { Pool } from "../core/model.ts";
import type { FileNode } from "./program.ts";

const testPath =
  /(^|\/)(tests?|__tests__|__mocks__|specs?|e2e|fixtures?|cypress|testing|test-utils?|benchmarks?|bench|perf-?tests?)\/|[.-](test|spec|e2e|bench|stories)\.[cm]?[jt]sx?$|[./-]test-?(utils?|helpers?|setup|support|data)\.[cm]?[jt]sx?$|(^|\/)(vitest|jest|playwright)\./i;
const testModules = /^(vitest|jest|@jest\/globals|node:test|mocha|chai|ava|tap|supertest|@playwright\/test)$/;
const scriptPath =
  /(^|\/)(\.?scripts?|bin|tools?|migrations?|seeds?|seeders?|cli|examples?|samples?|alterations?)\/|(^|\/)(seed|migrate|migration|drizzle\.config|knexfile)[^/]*\.[cm]?[jt]s$/i;

/** What a file is for, by its path below the workspace folder and by what it imports. */
export function contextOf(file: FileNode, roots: readonly string[]): Pool["context"] {
  const root = roots.filter((one) => file.path.startsWith(`${one}/`)).sort((a, b) => b.length - a.length)[0];
  const relative = root === undefined ? file.path : file.path.slice(root.length + 1);
  if (testPath.test(relative) || file.facts.imports.some((one) => testModules.test(one.specifier))) return "test";
  return scriptPath.test(relative) ? "script" : "application";
}
