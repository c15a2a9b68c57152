import type { Pool } from "../core/model.ts";
import { pathInside, pythonTestPath, testModules, testPath } from "../core/test-paths.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { definition } from "./text.ts";

const scriptPath =
  /(^|\/)(\.?scripts?|\.github|bin|tools?|migrations?|seeds?|seeders?|cli|examples?|samples?|alterations?)\/|(^|\/)(seed|migrate|migration|drizzle\.config|knexfile)[^/]*\.[cm]?[jt]s$/i;

const pythonTestModules = /^(pytest|unittest|hypothesis|nose|django\.test)\b/;
const pythonScriptPath =
  /(^|\/)(scripts?|bin|tools?|alembic|migrations?|seeds?|seeders?|cli|examples?|samples?|management\/commands|notebooks?)\/|(^|\/)(manage|setup|cli|noxfile|fabfile|seed[^/]*|migrate[^/]*)\.py$/;
/** Migrations; `env.py` wherever it stands. */
const pythonScriptModules = /^alembic\b/;
/** A file that serves or works off a queue is an application, whichever way it is started. */
const frameworks =
  /^(fastapi|flask|django|starlette|aiohttp|sanic|tornado|litestar|quart|falcon|bottle|uvicorn|gunicorn|hypercorn|celery|rq|dramatiq|arq|faust|grpc|streamlit|dash)\b/;

function pythonContext({ facts, functions }: FileNode, relative: string): Pool["context"] {
  const imports = (names: RegExp): boolean => facts.imports.some((one) => names.test(one.specifier));
  if (pythonTestPath.test(relative) || imports(pythonTestModules)) return "test";
  if (pythonScriptPath.test(relative) || imports(pythonScriptModules)) return "script";
  return functions[0] !== undefined && isStarted(functions[0]) && !imports(frameworks) ? "script" : "application";
}

/** `if __name__ == "__main__":` at the top of a module. */
const isStarted = (module: FunctionNode): boolean =>
  module.facts.blocks.some(({ end }) => {
    const test = end.kind === "branch" ? definition(module, end.test) : undefined;
    return (
      test?.op === "operation" &&
      test.operands.some((operand) => {
        const one = definition(module, operand);
        return one?.op === "global" && one.name === "__name__";
      })
    );
  });

/** What a file is for, by its path below the workspace folder and by what it imports. */
export function contextOf(file: FileNode, roots: readonly string[]): Pool["context"] {
  const relative = pathInside(file.path, roots);
  if (file.facts.language === "python") return pythonContext(file, relative);
  if (testPath.test(relative) || file.facts.imports.some((one) => testModules.test(one.specifier))) return "test";
  return scriptPath.test(relative) ? "script" : "application";
}
